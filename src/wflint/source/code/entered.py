"""Which functions somebody has looked into: all others may be written anew, and nobody would notice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class EnteredFunctions:
    """The functions whose bodies were asked for while notes were taken, by the identity of their nodes."""

    __slots__ = ("_noted",)

    def __init__(self) -> None:
        self._noted: set[int] | None = None

    def add(self, function: object) -> None:
        """The body of this one is looked at."""
        if self._noted is not None:
            self._noted.add(id(function))

    @contextmanager
    def noted(self) -> Iterator[set[int]]:
        """Inside, what is looked into is put into this set."""
        outer, self._noted = self._noted, set()
        try:
            yield self._noted
        finally:
            self._noted = outer


ENTERED = EnteredFunctions()
"""One for all trees: a node has no place for a note, since it is the same in each evaluation that reads its file."""
