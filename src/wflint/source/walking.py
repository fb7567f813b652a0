"""Walking the code tree without caring what its nodes are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from inspect import get_annotations
from typing import Final

from msgspec import Struct

from wflint.model.patterns import pattern
from wflint.source.code import (
    Attribute,
    Call,
    ClassDef,
    Constant,
    ExprT,
    FunctionDef,
    Lambda,
    Name,
    Node,
    Stmt,
    StmtT,
    TextRange,
)
from wflint.source.code.entered import ENTERED

_HOLDING: dict[type, tuple[str, ...]] = {}
"""For each kind of node, the fields that may hold others."""

WORD: Final = pattern(r"\w+")
"""What names and texts are made of."""

_PLAIN: Final = frozenset(
    ("TextRange", "bool", "int", "str", "str | None", "str | int | float | bool | None", "tuple[str, ...]")
)
"""How fields that hold none are annotated; so are choices among words."""


def children(node: Struct) -> list[Struct]:
    """The nodes that stand directly in a node; a function is looked into by that."""
    if type(node) is FunctionDef:
        ENTERED.add(node)
    return glimpsed(node)


def glimpsed(node: Struct) -> list[Struct]:
    """The same for those who go by nothing but the names and the texts in functions."""
    found: list[Struct] = []
    for name in _held_by(type(node)):
        value = getattr(node, name)
        if type(value) is tuple:
            found += structs(value)
        elif value is not None:
            found.append(value)
    return found


def _held_by(kind: type[Struct]) -> tuple[str, ...]:
    names = _HOLDING.get(kind)
    if names is None:
        names = _HOLDING[kind] = _holding(kind)
    return names


def _holding(kind: type[Struct]) -> tuple[str, ...]:
    written = annotations_of(kind)
    return tuple(name for name, text in written.items() if text not in _PLAIN and not text.startswith("Literal["))


def annotations_of(kind: type[Struct]) -> dict[str, str]:
    """How the fields of a kind of node are annotated, as it is written, in their order."""
    annotated: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        annotated |= get_annotations(base)
    return {name: annotated[name] for name in kind.__struct_fields__}


def structs(items: Iterable[object]) -> list[Struct]:
    """The nodes in a tuple of nodes, of tuples of nodes, and of what is neither."""
    found: list[Struct] = []
    for item in items:
        if isinstance(item, Struct):
            found.append(item)
        elif type(item) is tuple:
            found += structs(item)
    return found


def glimpsed_in(roots: Iterable[object]) -> Iterator[Struct]:
    """Every piece of the code tree below some, for those who look into no function by that."""
    pending = structs(roots)
    while pending:
        item = pending.pop()
        yield item
        pending += glimpsed(item)


def nodes_in(roots: Iterable[object]) -> Iterator[Node]:
    """Every node of some pieces of the code tree, in no order that matters.

    Code that is read for one thing after the other is walked once: that of a body that was walked lately is known.
    """
    root = _only(roots)
    if not _is_body(root):
        return _walked(roots)
    walk = _LATELY.pop(id(root), None) or _Walk(root, tuple(_walked((root,))))
    _LATELY[id(root)] = walk
    if len(_LATELY) > MOST_WALKS:
        del _LATELY[next(iter(_LATELY))]
    for function in walk.functions:
        ENTERED.add(function)
    return iter(walk.nodes)


def _walked(roots: Iterable[object]) -> Iterator[Node]:
    pending = structs(roots)
    while pending:
        item = pending.pop()
        if isinstance(item, Node):
            yield item
        pending += children(item)


class _Walk:
    """The nodes of a body, which is held so that its `id` is its own, and the functions among them."""

    __slots__ = ("functions", "nodes", "root")

    def __init__(self, root: object, nodes: tuple[Node, ...]) -> None:
        self.root = root
        self.nodes = nodes
        self.functions = [node for node in nodes if type(node) is FunctionDef]


_LATELY: dict[int, _Walk] = {}
"""The walks of bodies, the last one last."""
MOST_WALKS: Final = 32
"""A step's own function and what it calls are looked at by turns."""


def _only(roots: Iterable[object]) -> object:
    """The piece itself where there is one; a body is one piece."""
    if isinstance(roots, list | tuple) and len(roots) == 1:
        return _only(roots[0]) if type(roots[0]) is tuple else roots[0]
    return roots


def _is_body(root: object) -> bool:
    """Whether a piece of the code tree is worth being remembered."""
    return type(root) is FunctionDef or (type(root) is tuple and bool(root) and isinstance(root[0], Stmt))


def stands_in(roots: Iterable[object], place: TextRange) -> bool:
    """Whether one of the nodes of some pieces of the code tree is at a place."""
    return any(node.at == place for node in nodes_in(roots))


def around(roots: Iterable[object], place: TextRange) -> Iterator[Node]:
    """The nodes that a place stands in, outermost first; the range of a definition is that of its first line."""
    begin, end = place
    pending = _near((roots,) if type(roots) is tuple else roots, begin)
    while pending:
        item = pending.pop()
        if isinstance(item, Node):
            if item.at[0] <= begin and end <= item.at[1]:
                yield item
            elif not isinstance(item, FunctionDef | ClassDef):
                continue
        if type(item) is FunctionDef:
            ENTERED.add(item)
        pending += _near((getattr(item, name) for name in _held_by(type(item))), begin)


def _near(values: Iterable[object], begin: int) -> list[Struct]:
    """The nodes in some values; of statements in a row, those that a place which begins there may stand in.

    A definition reaches to the next statement, and its decorators stand before it.
    """
    found: list[Struct] = []
    for value in values:
        if type(value) is tuple and value and isinstance(value[0], Stmt):
            after = bisect_right(value, begin, key=_begin)
            first = bisect_left(value, _begin(value[after - 1]), key=_begin) if after else 0
            found += value[first : after + 1]
        else:
            found += structs((value,))
    return found


def _begin(statement: Stmt) -> int:
    return statement.at[0]


def body_of(function: FunctionDef | Lambda) -> tuple[StmtT, ...] | tuple[ExprT, ...]:
    """What a function runs; of a lambda, the expression that it gives."""
    return function.body if isinstance(function, FunctionDef) else (function.body,)


def called_name(call: Call) -> str:
    """The bare name of what is called."""
    match call.func:
        case Name(id=name) | Attribute(name=name):
            return name
        case _:
            return ""


def holds(outer: TextRange, inner: TextRange) -> bool:
    """Whether a stretch of text holds another, or is the same."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def names_in(node: object, attributes: frozenset[str] = frozenset()) -> set[str]:
    """Every name in a piece of the code tree, `name.attribute` for those of names, and `attributes` by themselves."""
    found: set[str] = set()
    for item in glimpsed_in((node,)):
        if isinstance(item, Name):
            found.add(item.id)
        elif isinstance(item, Attribute):
            if item.name in attributes:
                found.add(item.name)
            elif isinstance(item.value, Name):
                found.add(f"{item.value.id}.{item.name}")
    return found


def words_in(nodes: Iterable[object]) -> frozenset[str]:
    """The names and the texts in some pieces of the code tree."""
    words = (_word(item) for item in glimpsed_in(nodes))
    return frozenset(word for word in words if word is not None)


def _word(node: Struct) -> str | None:
    match node:
        case Name(id=text) | Constant(value=str(text)):
            return text
        case _:
            return None
