"""A place in a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
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
