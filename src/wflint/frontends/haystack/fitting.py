"""Whether what one socket gives may go where another one takes it."""

from __future__ import annotations

import ast

KINDS = {
    "str": "text", "Secret": "text", "ChatMessage": "text",
    "int": "number", "float": "number", "bool": "number",
    "Document": "document", "ByteStream": "stream",
}  # fmt: skip
"""Types that are told apart: texts and messages are made from each other, and so are numbers; so is one from a list."""
ROWS = frozenset({"list", "List", "Variadic", "GreedyVariadic", "Sequence", "Iterable", "tuple", "set"})
CHOICES = frozenset({"Optional", "Union", "Annotated"})


def fit(given: str | None, taken: str | None) -> bool:
    """Whether a value of one declared type may go where another is taken; so wherever either is not known."""
    one, other = _kinds(given), _kinds(taken)
    return not one or not other or bool(one & other)


def _kinds(type_: str | None) -> frozenset[str] | None:
    """What a type is made of, None where that is not known for certain."""
    try:
        return _read(ast.parse(type_ or "", mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _read(node: ast.expr) -> frozenset[str] | None:
    match node:
        case ast.Constant(value=None):
            return frozenset()
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return frozenset({KINDS[name]}) if name in KINDS else None
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _all([left, right])
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner) if name in ROWS | CHOICES:
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return _all(parts[:1] if name == "Annotated" else parts)
        case _:
            return None


def _all(nodes: list[ast.expr]) -> frozenset[str] | None:
    found = [_read(node) for node in nodes]
    known = [kinds for kinds in found if kinds is not None]
    return frozenset().union(*known) if len(known) == len(found) else None
