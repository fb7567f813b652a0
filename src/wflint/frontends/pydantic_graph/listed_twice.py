"""Joins that append whole lists where the next step takes a list of their items (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.types import name_of, show
from wflint.evaluate.values import Object, Value
from wflint.frontends.pydantic_graph.builder import Building, returned_by
from wflint.frontends.pydantic_graph.nodes import inputs_type
from wflint.frontends.pydantic_graph.table import JOIN, STEP
from wflint.model.loss import Loss, LossKind

APPENDING = "reduce_list_append"


def listed_twice(building: Building) -> Iterator[Loss]:
    """Each such join, where all annotations on the way say the same list."""
    for name, join in building.known.items():
        if not isinstance(join, Object) or join.path != JOIN or name_of(join.arguments.get("reducer", 0)) != APPENDING:
            continue
        edges = list(building.draft.edges.values())
        given = {_given(building, edge.source) for edge in edges if edge.target == name}
        taken = {_taken(building, edge.target) for edge in edges if edge.source == name}
        shown = next(iter(given)) if len(given) == 1 else None
        if shown is not None and taken == {shown}:
            yield Loss(
                LossKind.REDUCER,
                f'join "{name}"',
                join.site.span,
                f"appends each {shown} as one item, and what comes next takes {shown}: it gets a list of lists",
                "merge them with `reduce_list_extend`",
                next(edge.span for edge in edges if edge.source == name),
                name,
            )


def _given(building: Building, name: str) -> str | None:
    """The list that a step says it returns."""
    node = building.known.get(name)
    return _list(returned_by(building, node)) if node is not None else None


def _taken(building: Building, name: str) -> str | None:
    """The list that the context of a step says it is handed."""
    node = building.known.get(name)
    function = node.content.get("function") if isinstance(node, Object) and node.path == STEP else None
    return _list(inputs_type(building.interp, function)) if isinstance(function, Value) else None


def _list(type_: Value | None) -> str | None:
    shown = show(type_)
    return shown if shown is not None and shown.startswith("list[") else None
