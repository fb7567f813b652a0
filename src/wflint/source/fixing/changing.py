"""What a rule asks to be changed, worked out against the text."""

from __future__ import annotations

from collections.abc import Callable

from wflint.model.fix import (
    AddArgument,
    AddEntry,
    AddField,
    AppendLists,
    Change,
    Edit,
    Fix,
    Patch,
    ReadDefault,
    RemoveEntry,
    Respell,
)
from wflint.source.fixing.calls import add_argument
from wflint.source.fixing.declarations import append_lists, declare
from wflint.source.fixing.dicts import add_entry, remove_entry
from wflint.source.fixing.names import read_default, respell
from wflint.source.fixing.syntax import Syntax


class Workbench:
    """The texts of a run, each parsed once, when somebody wants to change it."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._parsed: dict[str, Syntax | None] = {}

    def patch(self, fix: Fix) -> Patch | None:
        """The edits that a fix comes to; None where one of its changes cannot be made."""
        edits: set[Edit] = set()
        for change in fix.changes:
            syntax = self._syntax(change.span.path)
            found = _edits(change, syntax) if syntax is not None else None
            if not found:
                return None
            edits.update(found)
        return Patch(fix.title, fix.safe, tuple(sorted(edits))) if edits else None

    def _syntax(self, path: str) -> Syntax | None:
        if path not in self._parsed:
            self._parsed[path] = Syntax.of(path, self._read(path)) if path.endswith((".py", ".pyi")) else None
        return self._parsed[path]


def _edits(change: Change, syntax: Syntax) -> tuple[Edit, ...] | None:
    match change:
        case Respell():
            return respell(syntax, change)
        case AddArgument():
            return add_argument(syntax, change)
        case AddEntry():
            return add_entry(syntax, change)
        case RemoveEntry():
            return remove_entry(syntax, change)
        case ReadDefault():
            return read_default(syntax, change)
        case AddField():
            return declare(syntax, change)
        case AppendLists():
            return append_lists(syntax, change)
