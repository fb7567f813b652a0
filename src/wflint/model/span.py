"""A place in a file."""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True, order=True):
    """A stretch of source.

    `path` is relative and posix; lines and columns count from 1, the end column is one past the last character.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def covers(self, line: int) -> bool:
        """Whether `line` lies within this stretch."""
        return self.line <= line <= self.end_line
