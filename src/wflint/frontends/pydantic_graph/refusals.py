"""What the builder refuses when a graph is built (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.draft import Draft
from wflint.evaluate.class_values import Class
from wflint.evaluate.values import Const, Object
from wflint.frontends.pydantic_graph.builder import Building
from wflint.model.span import Span
from wflint.model.workflow import END, START, Aspect, Fault, FaultKind


def is_checked(built: Object) -> bool:
    """Whether `build` is not told to leave the checks out."""
    checked = built.arguments.get("validate_graph_structure")
    return not built.arguments.open and checked in (None, Const(value=True))


def add_refusals(building: Building, built: Object) -> None:
    """The faults of a graph all of which is known."""
    draft = building.draft
    known = not any(item.aspect is not Aspect.CONTRACT for item in draft.unresolved)
    if draft.steps and known and is_checked(built) and not built.speculative:
        draft.faults += _unregistered(building) or _loose(draft)


def of_nodes(span: Span) -> Fault:
    """A graph of a list of node classes, which not all releases make."""
    return Fault(FaultKind.REFUSED, "Graph(nodes=...)", span, detail="use GraphBuilder")


def _unregistered(building: Building) -> list[Fault]:
    """Node classes that others return and that were never added, so that nothing follows them."""
    return [
        Fault(
            FaultKind.REFUSED,
            f'node "{name}", which is returned but not added',
            node.location.span,
            building.draft.span,
        )
        for name, node in building.known.items()
        if isinstance(node, Class) and name not in building.registered
    ]


def _loose(draft: Draft) -> list[Fault]:
    """Graphs without a beginning or an end, and nodes from which none gets there."""
    if not any(source == START for source, _ in draft.edges):
        return [Fault(FaultKind.NO_ENTRY, draft.name, draft.span)]
    if not any(target == END for _, target in draft.edges):
        return [Fault(FaultKind.NO_EXIT, draft.name, draft.span)]
    return list(_stranded(draft))


def _stranded(draft: Draft) -> Iterator[Fault]:
    leaving, entered = {source for source, _ in draft.edges}, {target for _, target in draft.edges}
    for name, step in draft.steps.items():
        if name not in leaving and name in entered:
            text = f'step "{name}", which leads nowhere'
            yield Fault(FaultKind.REFUSED, text, step.span, detail="the graph does not build")
