"""Edits put into a text, and patches sorted by who comes first."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.model.fix import Edit, Patch
from wflint.source.fixing.syntax import Syntax


def compatible(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Those that can be applied at once: where two want the same stretch, the first has it.

    An edit that two have in common, such as an import, is made once.
    """
    chosen: list[Patch] = []
    taken: set[Edit] = set()
    for patch in patches:
        new = [edit for edit in patch.edits if edit not in taken]
        if new and not any(_clash(edit, other) for edit in new for other in taken):
            chosen.append(patch)
            taken.update(new)
    return tuple(chosen)


def edits_in(path: str, patches: Iterable[Patch]) -> tuple[Edit, ...]:
    """The edits of a file, each once, in order."""
    return tuple(sorted({edit for patch in patches for edit in patch.edits if edit.span.path == path}))


def applied(path: str, text: str, edits: Iterable[Edit]) -> str | None:
    """The text with the edits; None where one of the two cannot be parsed."""
    syntax = Syntax.of(path, text)
    if syntax is None:
        return None
    changed = text
    for edit in sorted(edits, reverse=True):
        place = syntax.range_at(edit.span)
        changed = changed[: place.start] + edit.text + changed[place.end :]
    return changed if Syntax.of(path, changed) is not None else None


def _clash(one: Edit, other: Edit) -> bool:
    """Whether two edits touch: which of two texts at one place comes first, nobody could say."""
    if one.span.path != other.span.path:
        return False
    first, second = sorted((_ends(one), _ends(other)))
    return second[0] <= first[1]


def _ends(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    span = edit.span
    return (span.line, span.column), (span.end_line, span.end_column)
