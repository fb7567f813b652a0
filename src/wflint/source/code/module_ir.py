"""A lowered file: its code tree, and what its comments say to wflint."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct

from wflint.source.code.expressions import TextRange
from wflint.source.code.statements import StmtT


class Ignore(Struct, frozen=True, tag=True, array_like=True):
    """A `# wflint: ignore[codes] reason` comment.

    `line` is the comment's own line, from 1. `alone` is true where nothing else stands on that line; `file_wide`
    where it stands alone above the first statement. No codes means all of them.
    """

    at: TextRange
    line: int
    codes: tuple[str, ...]
    reason: str
    alone: bool
    file_wide: bool


class Misread(Struct, frozen=True, tag=True, array_like=True):
    """A comment that speaks to wflint and cannot be understood; `order` is what it says after `wflint:`."""

    at: TextRange
    order: str


class Unread(Struct, frozen=True, tag=True, array_like=True):
    """A part of a source that could not be read while the rest could: why, and the line and column of the module."""

    reason: str
    line: int
    column: int


class ModuleIR(Struct, frozen=True, tag=True, array_like=True):
    """A file, lowered. A pure function of its bytes.

    `lines` are the offsets at which lines begin; `doc` is the module's docstring.
    """

    body: tuple[StmtT, ...]
    lines: tuple[int, ...]
    ignores: tuple[Ignore, ...]
    doc: str | None
    misread: tuple[Misread, ...] = ()
    unread: tuple[Unread, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1
