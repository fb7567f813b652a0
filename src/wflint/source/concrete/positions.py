"""Where the nodes of a libcst tree are, counted while libcst writes the tree out again.

libcst keeps every character but no positions; its own provider costs more than the parse does. Writing the tree to a
sink that only counts costs less than a third of the parse.
"""

from __future__ import annotations

import libcst as cst
from libcst._nodes.internal import CodegenState

from wflint.source.code import TextRange

_NOTED = frozenset(
    (
        cst.Arg,
        cst.FormattedStringExpression,
        cst.FormattedStringText,
        cst.IndentedBlock,
        cst.Param,
        cst.SimpleStatementSuite,
    )
)
"""Kinds whose beginning libcst does not record by itself, but lowering asks for."""


class Offsets(CodegenState):
    """A sink that counts characters.

    `spans` holds, by the identity of a node, the stretch libcst calls its syntactic position (parentheses around an
    expression and white space left out); `starts` the beginnings of the `_NOTED` kinds; `size` the characters so far;
    `comments` offset and text of each comment, if they are asked for.
    It is its own context manager, because libcst opens one for every node and a new object each would cost more than
    all the rest.
    """

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.tokens.append("")  # libcst takes a sink without tokens for an empty file and adds a newline
        self.size = 0
        self.spans: dict[int, TextRange] = {}
        self.starts: dict[int, int] = {}
        self.comments: list[tuple[int, str]] = []
        self._pending: list[tuple[cst.CSTNode, int, cst.CSTNode | None]] = []

    def add_token(self, value: str) -> None:
        self.size += len(value)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.size += len(token)

    def before_codegen(self, node: cst.CSTNode) -> None:
        if node.__class__ in _NOTED:
            self.starts[id(node)] = self.size

    def pop_trailing_newline(self) -> None:
        """Takes back the newline that libcst writes after a last line that has none."""
        if self.size:
            self.size -= len(self.default_newline)

    def record_syntactic_position(  # type: ignore[override]  # libcst only ever enters it
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,  # noqa: ARG002  # nothing asks for the blocks that use it
        end_node: cst.CSTNode | None = None,
    ) -> Offsets:
        self._pending.append((node, self.size, end_node))
        return self

    def __enter__(self) -> None:
        """Begins the node that was announced last."""

    def __exit__(self, *_: object) -> None:
        node, start, last = self._pending.pop()
        end = self.size
        if last is not None:
            end = self.spans.get(id(last), (start, end))[1]
        self.spans[id(node)] = (start, end)


class _OffsetsAndComments(Offsets):
    """A sink that keeps the comments, too."""

    def before_codegen(self, node: cst.CSTNode) -> None:
        """Called by libcst at the beginning of a node."""
        super().before_codegen(node)
        if isinstance(node, cst.Comment):
            self.comments.append((self.size, node.value))


def measure(module: cst.Module) -> Offsets:
    """The offsets of a module's nodes."""
    return _written(module, Offsets(module))


def measure_with_comments(module: cst.Module) -> Offsets:
    """The offsets of a module's nodes, with its comments."""
    return _written(module, _OffsetsAndComments(module))


def _written(module: cst.Module, sink: Offsets) -> Offsets:
    module._codegen(sink)  # noqa: SLF001  # what libcst's own position provider calls
    return sink
