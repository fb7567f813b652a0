"""Sets of fields, where "every field" is a value too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from msgspec import Struct


class FieldSet(Struct, frozen=True):
    """Some fields, or every field there may be."""

    names: frozenset[str] = frozenset()
    everything: bool = False

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """The fields of these names."""
        return cls(frozenset(names))

    def __contains__(self, name: str) -> bool:
        return self.everything or name in self.names

    def __or__(self, other: FieldSet) -> FieldSet:
        return FieldSet(self.names | other.names, self.everything or other.everything)

    def __and__(self, other: FieldSet) -> FieldSet:
        if self.everything:
            return other
        return self if other.everything else FieldSet(self.names & other.names)


NOTHING = FieldSet()
EVERYTHING = FieldSet(everything=True)
