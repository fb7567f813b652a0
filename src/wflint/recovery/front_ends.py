"""The front ends of a run: wflint's own, and those that the configuration adds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from wflint.assembly.census.constructors import Vocabulary
    from wflint.assembly.frontend import DocumentKind, FrontEnd
    from wflint.evaluate.library import LibraryModel


class FrontEnds(Struct, frozen=True, dict=True):
    """What a run knows of frameworks; wflint's own take long to load, so that a run that has all it needs does not.

    `further` are those of other packages, and `key` tells what is stored of a run with them from one without.
    """

    further: tuple[FrontEnd, ...] = ()
    key: str = ""

    @cached_property
    def all(self) -> tuple[FrontEnd, ...]:
        """Each of them; what a later one says of a name goes before what an earlier one says."""
        from wflint.frontends import FRONT_ENDS

        return (*FRONT_ENDS, *self.further)

    @cached_property
    def table(self) -> LibraryModel:
        """What the interpreter is told."""
        from wflint.evaluate.library import merge

        return merge(tuple(end.table for end in self.all))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What constructs workflows."""
        from wflint.assembly.census.constructors import Vocabulary

        return Vocabulary((end.name, each) for end in self.all for each in end.constructors)

    @cached_property
    def documents(self) -> tuple[DocumentKind, ...]:
        """The kinds of documents that describe workflows without any code."""
        return tuple(kind for end in self.all for kind in end.documents)

    def kinds_of(self, path: str, data: bytes) -> tuple[int, ...]:
        """The numbers of the kinds that a document is of."""
        marks = (kind.marks for kind in self.documents)
        return tuple(number for number, mark in enumerate(marks) if mark.admit(path) and mark.found(data))
