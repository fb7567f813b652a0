"""Tests of which one holds where the other does not, whatever they are about: `a < b` and `a >= b`."""

from __future__ import annotations

from msgspec import Struct

from wflint.source import code
from wflint.source.walking import children, structs

OPPOSITES = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
OPPOSITES |= {"in": "not in", "not in": "in", "is": "is not", "is not": "is"}
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
STEADY = frozenset({"len", "str", "int", "float", "bool", "isinstance", "get", "lower", "upper", "strip"})
"""Functions and methods that give the same when they are asked twice."""


def holds_otherwise(first: code.ExprT, second: code.ExprT) -> bool:
    """Whether the second test holds wherever the first does not; ordered things are taken to be in one order."""
    match first, second:
        case code.Unary(operator="not", operand=inner), _:
            return _is_same(inner, second)
        case _, code.Unary(operator="not", operand=inner):
            return _is_same(first, inner)
        case code.Compare(operators=(one,), rights=(right,)), code.Compare(operators=(other,), rights=(beside,)):
            wanted = OPPOSITES[one]
            straight = other == wanted and _is_same(first.left, second.left) and _is_same(right, beside)
            turned = other == MIRRORED.get(wanted) and _is_same(first.left, beside) and _is_same(right, second.left)
            return straight or turned
        case _:
            return False


def _is_same(one: code.ExprT, other: code.ExprT) -> bool:
    """Whether two expressions are written alike, and give the same one after the other."""
    return _shape(one) == _shape(other) is not None


def _shape(node: code.ExprT) -> str | None:
    """An expression without its places; None for one that may do something."""
    if any(not _is_steady(each) for each in _all(node)):
        return None
    plain = [_plain(each) for each in _all(node)]
    return " ".join(plain)


def _all(node: Struct) -> list[Struct]:
    found: list[Struct] = []
    queue: list[Struct] = [node]
    while queue:
        each = queue.pop()
        found.append(each)
        queue += children(each)
    return found


def _plain(node: Struct) -> str:
    """The kind of a node, how many it holds, and what it says besides."""
    fields = (getattr(node, name) for name in node.__struct_fields__ if name != "at")
    words = (repr(value) for value in fields if not isinstance(value, Struct) and not structs((value,)))
    return f"{type(node).__name__}({len(children(node))}, {', '.join(words)})"


def _is_steady(node: Struct) -> bool:
    match node:
        case code.Call(func=code.Name(id=name) | code.Attribute(name=name)):
            return name in STEADY
        case code.Call() | code.Await() | code.Yield() | code.NamedExpr() | code.Opaque() | code.Lambda():
            return False
        case _:
            return True
