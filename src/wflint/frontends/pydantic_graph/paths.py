"""Edge paths of the builder: what `edge_from(a).map().to(b)` and decisions lead to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.speculation import called_once
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import name_of, show
from wflint.evaluate.values import (
    Arguments,
    ExternalAttribute,
    Function,
    Generic,
    Object,
    Sequence,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.frontends.pydantic_graph.nodes import plain
from wflint.frontends.pydantic_graph.table import DECISION
from wflint.model.span import Span

INTERMEDIATE = frozenset({"map", "transform", "label"})


class Arrival(Struct, frozen=True):
    """A node that an edge path ends at, and how it gets there; `many` where it is run for each of many items.

    `transforms` are the functions on the way that make something else of what is handed over, the last one first.
    `awaited` is true where the map says which join waits for its items, so that it runs for none as well.
    """

    node: Value
    span: Span
    label: str | None = None
    decided: bool = False
    spread: bool = False
    many: bool = False
    transforms: tuple[Value, ...] = ()
    awaited: bool = False


def sources_of_path(path: Object) -> tuple[Value, ...] | None:
    """The nodes that an edge path begins with; None where that is not known."""
    part: Value | None = path
    for _ in range(64):
        if not isinstance(part, Object):
            return None
        if last_of(part.path) == "edge_from":
            return tuple(map(plain, part.arguments.positional))
        part = part.receiver
    return None


def arrivals(interp: Interpreter, path: Value, depth: int = 8) -> Iterator[Arrival]:
    """Where an edge path, or a branch of a decision, ends."""
    if not isinstance(path, Object) or not depth:
        return
    mapped, label = _on_the_way(path)
    transforms = tuple(_transforms(path))
    last = last_of(path.path)
    if last == "to":
        nodes = path.arguments.positional
        for node in nodes:
            spread = mapped or len(nodes) > 1
            found = Arrival(plain(node), path.site.span, label, spread=spread, many=mapped, transforms=transforms)
            found = replace(found, awaited=_names_a_join(path))
            yield from _through(interp, found, depth)
    elif last == "broadcast":
        for fork in _forks(interp, path):
            for arrival in arrivals(interp, fork, depth - 1):
                yield replace(arrival, spread=True, label=arrival.label or label)  # its path has all that comes before
    elif last == "match_node":
        matched = path.arguments.get("source", 0)
        if matched is not None:
            yield Arrival(plain(matched), path.site.span, label)


def _on_the_way(path: Object) -> tuple[bool, str | None]:
    """Whether items are spread on the way, and the last label."""
    spread, label = False, None
    part: Value | None = path.receiver
    while isinstance(part, Object) and last_of(part.path) in INTERMEDIATE:
        spread = spread or last_of(part.path) == "map"
        if last_of(part.path) == "label" and label is None:
            label = text_of(part.arguments.get("label", 0))
        part = part.receiver
    if isinstance(part, Object) and last_of(part.path) == "match" and label is None:
        label = _matched(part.arguments.get("source", 0))
    return spread, label


def _transforms(path: Object) -> Iterator[Value]:
    """The functions of a path that make something else of what goes along it, the last one first."""
    for part in _parts_before(path):
        function = part.arguments.get("func", 0) if last_of(part.path) == "transform" else None
        if function is not None:
            yield function


def _names_a_join(path: Object) -> bool:
    """Whether every map of a path says which join waits for its items."""
    maps = (part for part in _parts_before(path) if last_of(part.path) == "map")
    return all(each.arguments.open or each.arguments.get("downstream_join_id") is not None for each in maps)


def _parts_before(path: Object) -> Iterator[Object]:
    """What a path was made of, call by call, the last one first."""
    part: Value | None = path.receiver
    while isinstance(part, Object):
        yield part
        part = part.receiver


def _matched(type_: Value | None) -> str | None:
    """What a branch matches, as people would say it: a type, or the one text that a literal allows."""
    match type_:
        case Generic(base=base, arguments=(inner,)) if name_of(base) == "TypeExpression":
            return _matched(inner)
        case Generic(base=base, arguments=(only,)) if name_of(base) == "Literal" and text_of(only) is not None:
            return text_of(only)
        case _:
            return show(type_)


def _through(interp: Interpreter, arrival: Arrival, depth: int) -> Iterator[Arrival]:
    """The node itself or, where it is a decision, what its branches lead to."""
    node = arrival.node
    if not (isinstance(node, Object) and node.path == DECISION):
        yield arrival
        return
    for branch in branches_of(node):
        for found in arrivals(interp, branch, depth - 1):
            spread, many = found.spread or arrival.spread, found.many or arrival.many
            passed = (*found.transforms, *arrival.transforms)
            yield replace(found, decided=True, spread=spread, many=many, transforms=passed)


def branches_of(decision: Object) -> list[Value]:
    """The branches of a decision in order; each was made from the decision before it."""
    found: list[Value] = []
    part: Value | None = decision
    while isinstance(part, Object) and part.path == DECISION:
        branch = part.arguments.get("branch", 0)
        if branch is not None and part.receiver is not None and not text_of(branch):
            found.append(branch)
        part = part.receiver
    return list(reversed(found))


def _forks(interp: Interpreter, path: Object) -> Iterator[Value]:
    """The paths that a broadcast's function makes of the path so far."""
    function = path.arguments.get("get_forks", 0)
    if not isinstance(function, Function) or path.receiver is None:
        return
    made = called_once(interp, function, Arguments((path.receiver,)), path.site)
    for option in alternatives(made):
        if isinstance(option, Sequence):
            yield from option.content


def end_of(node: Value) -> str | None:
    """`start` or `end` where a node is one of the builder's own ends."""
    if isinstance(node, ExternalAttribute) and node.name in ("start_node", "end_node"):
        return node.name.removesuffix("_node")
    return None
