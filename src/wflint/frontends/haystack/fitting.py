"""Whether what one socket gives may go where another one takes it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from wflint.evaluate.class_values import Class
from wflint.evaluate.types import bare
from wflint.evaluate.values import Generic, Unknown, Value, last_of
from wflint.frontends.haystack.sockets import Socket
from wflint.source.python_parser import expression_in

KINDS = {
    "str": "text", "Secret": "text", "ChatMessage": "text",
    "int": "number", "float": "number", "bool": "number",
    "Document": "document", "ByteStream": "stream", "dict": "dict", "Dict": "dict",
}  # fmt: skip
"""Types that are told apart: texts and messages are made from each other, and so are numbers; so is one from a list."""
ROWS = frozenset({"list", "List", "Variadic", "GreedyVariadic", "Sequence", "Iterable", "tuple", "set"})
CHOICES = frozenset({"Optional", "Union", "Annotated"})
PLAIN = frozenset({"object", "BaseModel", "ABC"})
"""Classes of libraries that add nothing to what those below them are."""


def fit(given: Socket, taken: Socket) -> bool:
    """Whether what one socket gives may go where another takes it; so wherever the type of either is not known."""
    one, other = _kinds(given), _kinds(taken)
    return not one or not other or bool(one & other)


def classes_in(type_: Value | None) -> Iterator[tuple[str, frozenset[str]]]:
    """The classes of the source in a type, each by name with all that it is; none that may be more than is seen."""
    inner = bare(type_) if type_ is not None else None
    if isinstance(inner, Generic):
        for argument in inner.arguments:
            yield from classes_in(argument)
    elif isinstance(inner, Class) and not any(
        isinstance(base, Unknown) for one in inner.lineage() for base in one.bases
    ):
        named = {last_of(path) for path in inner.libraries()}
        if named <= PLAIN:
            yield inner.name, frozenset(str(one.location.span) for one in inner.lineage())


def _kinds(socket: Socket) -> frozenset[str] | None:
    """What a type is made of, None where that is not known for certain."""
    try:
        return _read(expression_in(socket.type or ""), dict(socket.classes))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _read(node: ast.expr, own: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    match node:
        case ast.Constant(value=None):
            return frozenset()
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return own.get(name) or (frozenset({KINDS[name]}) if name in KINDS else None)
        case ast.Subscript(value=ast.Name(id="dict" | "Dict") | ast.Attribute(attr="Dict")):
            return frozenset({KINDS["dict"]})
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _all([left, right], own)
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner) if name in ROWS | CHOICES:
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return _all(parts[:1] if name == "Annotated" else parts, own)
        case _:
            return None


def _all(nodes: list[ast.expr], own: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    found = [_read(node, own) for node in nodes]
    known = [kinds for kinds in found if kinds is not None]
    return frozenset().union(*known) if len(known) == len(found) else None
