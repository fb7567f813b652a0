"""Texts that stand in files of their own, and what an evaluation has read of such files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from wflint.evaluate.values import Const, Location

if TYPE_CHECKING:
    from wflint.source.yaml import Node


class FileText(Const, frozen=True):
    """A text that code reads from a file of the repository; like any other one, but it is known where it stands."""

    location: Location

    @property
    def is_whole(self) -> bool:
        """Whether it is all that the file says."""
        start, end = self.location.at
        return start == 0 and end == len(str(self.value))


class FilesRead(Struct):
    """What code has read so far, however often: `texts` by path and encoding, None where there is none.

    `documents` are trees by path, each with the steps that it takes to have it. `written` are the names of files that
    the code writes itself.
    """

    texts: dict[tuple[str, str], FileText | None] = field(default_factory=dict)
    documents: dict[str, tuple[Node | None, int] | None] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
