"""What was found in files, where it stands once they were edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import is_
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from wflint.model.span import Span
from wflint.source.versions import Versions

T = TypeVar("T")


class _Lost(Exception):
    """A place of which nobody can say where it is now."""


class Moving:
    """Puts what was found in older versions of files where it stands in the newer ones.

    `is_even` as long as nothing that was moved takes more lines or fewer than before.
    """

    def __init__(self, versions: Mapping[str, Sequence[Versions]]) -> None:
        self._versions = versions
        self._known: dict[int, tuple[Struct, Struct]] = {}
        self.is_even = True

    def moved(self, value: T) -> T | None:
        """The same with all places in it moved; None where one of them is lost."""
        try:
            return cast("T", self._at_its_place(value))
        except _Lost:
            return None

    def _at_its_place(self, value: object) -> object:
        match value:
            case Span(path=path):
                return self._span(value) if path in self._versions else value
            case Struct():
                known = self._known.get(id(value))
                if known is None:
                    known = self._known[id(value)] = (value, self._struct(value))
                return known[1]
            case tuple():
                found = tuple(map(self._at_its_place, value))
                return value if all(map(is_, found, value)) else found
            case dict():
                return {self._at_its_place(key): self._at_its_place(each) for key, each in value.items()}
            case _:
                return value

    def _struct(self, value: Struct) -> Struct:
        fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
        moved = {name: now for name, each in fields if (now := self._at_its_place(each)) is not each}
        return replace(value, **moved) if moved else value

    def _span(self, span: Span) -> Span:
        places = (versions.moved(span) for versions in self._versions[span.path])
        found = next((place for place in places if place is not None), None)
        if found is None:
            raise _Lost
        self.is_even &= found.end_line - found.line == span.end_line - span.line
        return found
