"""A text with its syntax tree, and where in the text the nodes are."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import Final, TypeVar, cast

from msgspec import Struct

from wflint.model.fix import Edit
from wflint.model.grouping import grouped
from wflint.model.patterns import pattern
from wflint.model.span import Span
from wflint.source.python_parser import module_in

_BREAK: Final = pattern(r"\r\n?|\n")
_LINE: Final = attrgetter("lineno")

Node = TypeVar("Node", bound=ast.expr | ast.stmt)


class Range(Struct, frozen=True):
    """A stretch of a text, by offsets."""

    start: int
    end: int

    def holds(self, other: Range) -> bool:
        """Whether `other` lies within this one."""
        return self.start <= other.start and other.end <= self.end


Placed = ast.expr | ast.stmt


class Syntax(Struct, frozen=True):
    """A module that can be parsed; `starts` are the offsets of its lines, `nodes` its nodes by kind and line."""

    path: str
    text: str
    tree: ast.Module
    starts: tuple[int, ...]
    nodes: dict[type[Placed], list[Placed]]

    @classmethod
    def of(cls, path: str, text: str) -> Syntax | None:
        """The syntax of a text; None where this version of Python cannot parse it."""
        tree = parsed(text)
        if tree is None:
            return None
        placed = (node for node in ast.walk(tree) if isinstance(node, Placed))
        nodes: dict[type[Placed], list[Placed]] = grouped(placed, type)
        for alike in nodes.values():
            alike.sort(key=_LINE)
        return cls(path, text, tree, (0, *(found.end() for found in _BREAK.finditer(text))), nodes)

    def range_of(self, node: ast.expr | ast.stmt | ast.alias) -> Range:
        """Where a node is."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return Range(self._offset(node.lineno, node.col_offset), self._offset(end_line, end_column))

    def range_at(self, span: Span) -> Range:
        """The offsets of a span."""
        last = len(self.starts)
        start = self.starts[min(span.line, last) - 1] + span.column - 1
        return Range(start, self.starts[min(span.end_line, last) - 1] + span.end_column - 1)

    def said(self, node: ast.expr | ast.stmt) -> str:
        """What is written there."""
        found = self.range_of(node)
        return self.text[found.start : found.end]

    def within(self, span: Span, kind: type[Node]) -> Iterator[Node]:
        """The nodes of just this kind that lie within a span."""
        place, alike = self.range_at(span), self.nodes.get(cast("type[Placed]", kind), [])
        first, last = bisect_left(alike, span.line, key=_LINE), bisect_right(alike, span.end_line, key=_LINE)
        return (cast("Node", node) for node in alike[first:last] if place.holds(self.range_of(node)))

    def at(self, span: Span, kind: type[Node]) -> Node | None:
        """The node of a kind at just that place."""
        place = self.range_at(span)
        return next((node for node in self.within(span, kind) if self.range_of(node) == place), None)

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its break."""
        found = _BREAK.search(self.text, offset)
        return found.start() if found is not None else len(self.text)

    def indent(self, offset: int) -> str | None:
        """The white space before an offset, None where there is more than that on its line."""
        before = self.text[self.line_start(offset) : offset]
        return before if not before.strip(" \t") else None

    @property
    def newline(self) -> str:
        """How the text ends its lines."""
        found = _BREAK.search(self.text)
        return found[0] if found is not None else "\n"

    def edit(self, start: int, end: int, text: str) -> Edit:
        """The edit that replaces a stretch."""
        return Edit(Span(self.path, *self._position(start), *self._position(end)), text)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def _offset(self, line: int, column: int) -> int:
        """The offset of a place whose column counts bytes of UTF-8, as Python's parser does."""
        start = self.starts[line - 1]
        piece = self.text[start : start + column]
        if piece.isascii():
            return start + column
        return start + len(self.text[start : start + column].encode("utf-8")[:column].decode("utf-8", "ignore"))


def parsed(text: str) -> ast.Module | None:
    """The tree of a text, None where it is no module of this version of Python."""
    try:
        return module_in(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
