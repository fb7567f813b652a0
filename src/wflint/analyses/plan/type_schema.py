"""A declared type as JSON Schema, as far as the source tells; what it does not tell is left open, never guessed."""

from __future__ import annotations

import ast
from collections.abc import Iterable

JsonSchema = dict[str, object]
"""A JSON Schema: the one record here that is a mapping, because that is what it is on the wire."""

_NAMES = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "None": "null",
    "dict": "object",
    "Mapping": "object",
    "TypedDict": "object",
    "list": "array",
    "tuple": "array",
    "set": "array",
    "frozenset": "array",
    "Sequence": "array",
    "List": "array",
    "Dict": "object",
}
_LONGEST = 400
"""A type written longer than this is left open."""


def schema_of(type_name: str | None) -> JsonSchema:
    """The schema of a type as written; empty (anything goes) where it is unknown or not a type of JSON's."""
    if type_name is None or len(type_name) > _LONGEST:
        return {}
    try:
        return _schema(ast.parse(type_name, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}


def _schema(node: ast.expr) -> JsonSchema:
    match node:
        case ast.Constant(value=None):
            return {"type": "null"}
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return {"type": _NAMES[name]} if name in _NAMES else {}
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _union((_schema(left), _schema(right)))
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            return _parameterised(name, inner)
        case _:
            return {}


def _parameterised(name: str, inner: ast.expr) -> JsonSchema:
    parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    match name:
        case "Literal":
            values = [part.value for part in parts if isinstance(part, ast.Constant)]
            plain = all(value is None or isinstance(value, str | int) for value in values)
            return {"enum": values} if plain and len(values) == len(parts) else {}
        case "Optional":
            return _union((_schema(parts[0]), {"type": "null"}))
        case "Union":
            return _union(_schema(part) for part in parts)
        case "Annotated":
            return _schema(parts[0])
        case "tuple":
            return {"type": "array"}
        case _ if _NAMES.get(name) == "array":
            items = _schema(parts[0])
            return {"type": "array", "items": items} if items else {"type": "array"}
        case _:
            return {"type": _NAMES[name]} if name in _NAMES else {}


def _union(options: Iterable[JsonSchema]) -> JsonSchema:
    """Any of the options; one that is open leaves the whole open."""
    flat: list[object] = []
    for option in options:
        if not option:
            return {}
        inner = option.get("anyOf")
        flat += inner if isinstance(inner, list) else [option]
    return {"anyOf": flat}
