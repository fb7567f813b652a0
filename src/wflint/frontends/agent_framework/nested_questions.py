"""What a nested workflow asks a person: a message to the next step, unless the outer one is told to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wflint.evaluate.types import bare, name_of
from wflint.evaluate.values import Const, Object, last_of
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.table import WORKFLOW
from wflint.model.loss import Loss, LossKind

REQUEST = "SubWorkflowRequestMessage"
"""The class of such a message."""


def unheard_questions(building: Building, asking: Callable[[Object], list[str]]) -> Iterator[Loss]:
    """Questions of nested workflows that no step behind takes; `asking` tells which steps of a workflow ask."""
    for name, value in building.values.items():
        inner = _nested(value) if isinstance(value, Object) else None
        asked = asking(inner) if inner is not None and not _is_taken(building, name) else []
        if asked and isinstance(value, Object):
            yield Loss(
                LossKind.ROUTE,
                f'what "{asked[0]}" in the nested workflow "{name}" asks',
                value.site.span,
                f"is dropped: it is a message to the next step, and none takes a {REQUEST}",
                "pass `propagate_request=True`, or write a handler for it",
                step=name,
            )


def _nested(made: Object) -> Object | None:
    """The workflow that a step runs without asking in its name."""
    if last_of(made.path) != "WorkflowExecutor" or made.cls is not None or made.arguments.open:
        return None
    inner, propagates = made.arguments.get("workflow", 0), made.arguments.get("propagate_request")
    plain = propagates in (None, Const(value=False))
    return inner if plain and isinstance(inner, Object) and inner.path == WORKFLOW else None


def _is_taken(building: Building, name: str) -> bool:
    """Whether a step behind takes questions, for all that is known."""
    behind = [building.read.get(target) for source, target in building.draft.edges if source == name]
    if building.draft.unresolved or any(read is None or not read.handles for read in behind):
        return True
    types = [bare(type_) for read in behind if read is not None for type_ in read.handles]
    return any(type_ is None or name_of(type_) in (REQUEST, "Any", "object", "") for type_ in types)
