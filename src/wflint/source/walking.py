"""Walking the code tree without caring what its nodes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from wflint.source.code import Node

_HOLDING: dict[type, tuple[str, ...]] = {}
"""For each kind of node, the fields that may hold others."""


def children(node: msgspec.Struct) -> list[msgspec.Struct]:
    """The nodes that stand directly in a node."""
    kind = type(node)
    names = _HOLDING.get(kind)
    if names is None:
        names = _HOLDING[kind] = tuple(name for name in kind.__struct_fields__ if name not in ("at", "id"))
    found: list[msgspec.Struct] = []
    for name in names:
        value = getattr(node, name)
        if isinstance(value, msgspec.Struct):
            found.append(value)
        elif type(value) is tuple:
            found += structs(value)
    return found


def structs(items: Iterable[object]) -> list[msgspec.Struct]:
    """The nodes in a tuple of nodes, of tuples of nodes, and of what is neither."""
    found: list[msgspec.Struct] = []
    for item in items:
        if isinstance(item, msgspec.Struct):
            found.append(item)
        elif type(item) is tuple:
            found += structs(item)
    return found


def nodes_in(roots: Iterable[object]) -> Iterator[Node]:
    """Every node of some pieces of the code tree, in no order that matters."""
    pending = structs(roots)
    while pending:
        item = pending.pop()
        if isinstance(item, Node):
            yield item
        pending += children(item)
