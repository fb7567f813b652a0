"""A notebook, read: its cells as one module, and the way back from the module to the cells and to the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from wflint.errors import UnreadableSource
from wflint.model.patterns import pattern
from wflint.model.span import Span
from wflint.model.text import Cell
from wflint.source.notebook.document import CodeCell, code_cells
from wflint.source.notebook.magics import without_magics
from wflint.source.notebook.positions import Source, sources

LARGEST_MODULE: Final = 2_000_000
"""Characters of code in one notebook; what makes notebooks large is their output."""

_APART: Final = "\n\n"
"""Between cells: an empty line, over which neither a backslash nor a comment on the line above reaches."""
_NEWLINE: Final = pattern(r"\r\n?|\n")


class ModuleCell(Struct, frozen=True):
    """A code cell as a part of the module: `code` is its text without magics, `fault` why it could not be had."""

    cell: Cell
    code: str
    fault: str | None


def module_cells(text: str) -> tuple[ModuleCell, ...]:
    """The code cells of a notebook in order; raises `UnreadableSource` for what is no notebook."""
    found = code_cells(text)
    if sum(len(cell.text) for cell in found) > LARGEST_MODULE:
        raise UnreadableSource(f"more than {LARGEST_MODULE // 1_000_000} MB of code in a notebook, so it was not read")
    return tuple(_placed(found))


def joined(codes: Iterable[str]) -> str:
    """The code of cells as one module."""
    return "".join(code + _APART for code in codes)


def _placed(cells: Iterable[CodeCell]) -> Iterable[ModuleCell]:
    line = 1
    for each in cells:
        yield ModuleCell(Cell(each.number, line, each.text), without_magics(each.text), each.fault)
        line += len(_NEWLINE.findall(each.text + _APART))


class NotebookText:
    """The text of a notebook that can be read; `file` is the notebook as it is stored."""

    __slots__ = ("_firsts", "_lines", "_sources", "cells", "file")

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells = module_cells(file)
        self._firsts = tuple(each.cell.first for each in self.cells)
        self._lines: tuple[int, ...] = ()
        self._sources: tuple[Source, ...] = ()

    @property
    def module(self) -> str:
        """The code of all cells, as it is written."""
        return joined(each.cell.text for each in self.cells)

    def cell(self, line: int) -> Cell | None:
        """The cell that a line of the module belongs to."""
        index = bisect_right(self._firsts, line) - 1
        return self.cells[index].cell if index >= 0 else None

    def in_file(self, span: Span) -> Span:
        """The stretch of the file in which the strings with this code are written."""
        cell = self.cell(span.line)
        if cell is None:
            return span
        if not self._sources:
            self._sources = sources(self.file)
            self._lines = _line_starts(self.file)
        source = self._sources[cell.number - 1]
        start, end = _offset(cell, span.line, span.column), _offset(cell, span.end_line, span.end_column)
        begin = source.begin(self.file, start)
        behind = source.end(self.file, end) if end > start else begin
        return Span(span.path, *self._place(begin), *self._place(behind))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def _offset(cell: Cell, line: int, column: int) -> int:
    """The offset in a cell's text of a line and column of the module, no further than its end."""
    starts = _line_starts(cell.text)
    row = min(line - cell.first, len(starts) - 1)
    return min(starts[row] + column - 1, len(cell.text))


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(newline.end() for newline in _NEWLINE.finditer(text)))
