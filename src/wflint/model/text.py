"""What is written in a source, and where a stretch of it is found by people and by programs.

A span counts the lines of a module. For a Python file these are the lines of the file. For a notebook they are the
lines of its code cells, one below the other: people look for a cell and a line in it, programs for a line of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from wflint.model.span import Span


class Cell(Struct, frozen=True):
    """A code cell of a notebook.

    `number` counts all cells, from 1, and `first` is the line of the module at which the cell begins. `text` is what
    is written in it.
    """

    number: int
    first: int
    text: str


class Spot(Struct, frozen=True):
    """A span as people find it: its lines count from the top of `cell`, or of the file where that is None."""

    span: Span
    cell: int | None
    text: str


class SourceText(Protocol):
    """A source as it is written."""

    @property
    def module(self) -> str:
        """The text whose lines spans count; empty where it cannot be read any more."""

    @property
    def file(self) -> str:
        """The text of the file."""

    def cell(self, line: int) -> Cell | None:
        """The cell that a line of the module belongs to, None in what is no notebook."""

    def in_file(self, span: Span) -> Span:
        """The same stretch in lines and columns of the file."""


Texts = Callable[[str], SourceText]
"""The text of a source by its path in the output."""


class PlainText(Struct, frozen=True):
    """A file that is a module itself; it is read each time it is asked for."""

    read: Callable[[], str]

    @property
    def module(self) -> str:
        return self.read()

    @property
    def file(self) -> str:
        return self.read()

    def cell(self, line: int) -> Cell | None:  # noqa: ARG002  # there are none
        """None: this is no notebook."""
        return None

    def in_file(self, span: Span) -> Span:
        """The same span."""
        return span


def spot(span: Span, texts: Texts) -> Spot:
    """Where people find a span, with the text that they find there."""
    text = texts(span.path)
    cell = text.cell(span.line)
    if cell is None:
        return Spot(span, None, text.module)
    above = cell.first - 1
    moved = replace(span, line=span.line - above, end_line=span.end_line - above)
    return Spot(moved, cell.number, cell.text)
