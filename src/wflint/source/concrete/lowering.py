"""What every part of the lowering shares: where nodes are, and tables that are dispatched by node type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import libcst as cst

from wflint.source.code import TextRange
from wflint.source.concrete.positions import Offsets

_NodeT = TypeVar("_NodeT", bound=cst.CSTNode)
_ResultT = TypeVar("_ResultT")


class Lowering:
    """The lowering of one file: its text, its nodes' places, and whether a `yield` came by.

    `yields` is what a function sets to false before its body and reads after it.
    """

    __slots__ = ("_spans", "_starts", "text", "yields")

    def __init__(self, text: str, offsets: Offsets) -> None:
        self.text = text
        self.yields = False
        self._spans = offsets.spans
        self._starts = offsets.starts

    def at(self, node: cst.CSTNode) -> TextRange:
        """The stretch of an expression or statement."""
        return self._spans[id(node)]

    def start(self, node: cst.CSTNode) -> int:
        """The beginning of an argument, a parameter, a suite or a piece of an f-string."""
        return self._starts[id(node)]

    def header(self, node: cst.CSTNode, body: cst.BaseSuite) -> TextRange:
        """The stretch of a compound statement up to the colon before its body."""
        return self._spans[id(node)][0], self._starts[id(body)]


Lower = Callable[[cst.CSTNode, Lowering], _ResultT]
"""How a node of any type becomes a piece of the code tree."""


def row(kind: type[_NodeT], lower: Callable[[_NodeT, Lowering], _ResultT]) -> tuple[type[cst.CSTNode], Lower[_ResultT]]:
    """A row of a dispatch table.

    The one place where what takes one kind of node becomes what takes the node that is looked up.
    """
    return kind, cast("Lower[_ResultT]", lower)
