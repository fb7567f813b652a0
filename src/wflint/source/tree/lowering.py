"""What every part of the lowering shares: the text, and where the nodes are in it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Final, TypeVar, cast

from wflint.model.patterns import pattern
from wflint.source.code import TextRange

_NodeT = TypeVar("_NodeT", bound=ast.AST)
_ResultT = TypeVar("_ResultT")

_BLANK: Final = pattern(r"(?:[ \t\f\r\n\\]|#[^\n]*+)*+")
_NEWLINE: Final = pattern(r"\n")
_CLOSING: Final = pattern(r"(?:[ \t\f\r\n\\]|#[^\n]*+)*+[),]")

LONGEST_CHAIN: Final = 100
"""Operands of one operator or clauses of one comprehension that are lowered without a look at how deep they nest."""


_Placed = ast.expr | ast.stmt | ast.excepthandler | ast.arg | ast.pattern


class Doubt(Exception):
    """This lowering is not sure what a piece of the text means, or how deep it nests."""


def visible(text: str, place: int) -> int:
    """The next place that is neither white space nor comment."""
    found = _BLANK.match(text, place)
    return place if found is None else found.end()


def _wide(text: str) -> dict[int, bytes]:
    """The lines, by number from 0, with characters of several bytes."""
    if text.isascii():
        return {}
    return {number: line.encode() for number, line in enumerate(text.split("\n")) if not line.isascii()}


class TreeLowering:
    """The lowering of one text: where its lines begin, and whether a `yield` came by.

    Python counts the bytes of a line, so the lines with characters of several bytes are kept as bytes.
    """

    __slots__ = ("_starts", "_wide", "text", "yields")

    def __init__(self, text: str, starts: Sequence[int], wide: dict[int, bytes]) -> None:
        self.text = text
        self.yields = False
        self._starts = starts
        self._wide = wide

    @classmethod
    def of(cls, text: str, starts: Sequence[int]) -> TreeLowering:
        """The lowering of a whole text."""
        return cls(text, starts, _wide(text))

    @classmethod
    def of_part(cls, text: str, start: int, part: str) -> TreeLowering:
        """The lowering of a part of a text that was parsed by itself: as long as what stands at `start`."""
        starts = [start]
        starts += [start + newline.end() for newline in _NEWLINE.finditer(part)]
        return cls(text, starts, _wide(part))

    def at(self, node: _Placed) -> TextRange:
        """The stretch of a node, with the parentheses that belong to it."""
        starts = self._starts
        if self._wide:
            return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[operator]

    def _offset(self, line: int | None, column: int | None) -> int:
        assert line is not None
        assert column is not None
        data = self._wide.get(line - 1)
        return self._starts[line - 1] + (column if data is None else len(data[:column].decode()))

    def closed(self, place: int, limit: int) -> int:
        """The end of the closing parentheses and commas behind a place, as far as `limit`."""
        while (found := _CLOSING.match(self.text, place, limit)) is not None:
            place = found.end()
        return place


TreeLower = Callable[[ast.AST, TreeLowering], _ResultT]
"""How a node of any type becomes a piece of the code tree."""


def row(
    kind: type[_NodeT], lower: Callable[[_NodeT, TreeLowering], _ResultT]
) -> tuple[type[ast.AST], TreeLower[_ResultT]]:
    """A row of a dispatch table.

    The one place where what takes one kind of node becomes what takes the node that is looked up.
    """
    return kind, cast("TreeLower[_ResultT]", lower)
