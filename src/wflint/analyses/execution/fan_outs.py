"""Fan-outs that call a model or a service once for each item, with nothing that bounds how many at a time."""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgspec import Struct

from wflint.model.conduct import RemoteCall, StartedTogether
from wflint.model.contract import Origin
from wflint.model.workflow import Edge, Step, StepKind, Workflow


class FanOut(Struct, frozen=True):
    """Such a fan-out; `of_data` where the items come of a search, a file or a service, so that there may be many."""

    edge: Edge
    worker: Step
    of_data: bool


def unbounded_fan_outs(workflow: Workflow) -> Iterator[FanOut]:
    """Every one that some visible caller does not bound; none where nobody is seen to run the workflow."""
    unbounded = workflow.is_imperative or any(not call.limits_concurrency for call in workflow.invocations)
    seen: set[str] = set()
    for edge in workflow.edges if unbounded else ():
        worker = workflow.step(edge.target)
        if worker is None or edge.limited or not edge.fan_out or worker.id in seen or not _is_remote(worker):
            continue
        seen.add(worker.id)
        yield FanOut(edge, worker, _is_data(workflow, edge))


class StepFanOut(Struct, frozen=True):
    """The same within the code of one step."""

    step: Step
    call: RemoteCall
    started: StartedTogether
    of_data: bool


def fan_outs_in_steps(workflow: Workflow) -> Iterator[StepFanOut]:
    """The first of each step: calls that its own code starts for all items of a list at once."""
    for step in workflow.steps:
        found = ((call, call.together) for call in step.conduct.remote_calls)
        for call, started in ((call, together) for call, together in found if together is not None):
            yield StepFanOut(step, call, started, _is_from_outside(workflow, {started.items}))
            break


def _is_remote(step: Step) -> bool:
    calls = step.conduct.remote_calls
    return any(not call.admitted for call in calls) if calls else step.kind is StepKind.AGENT


def _is_data(workflow: Workflow, edge: Edge) -> bool:
    """Whether all that the fan-out is made of comes from outside."""
    if edge.choice is None:
        return False
    return _is_from_outside(workflow, {need.name for need in workflow.choices[edge.choice].needs})


def _is_from_outside(workflow: Workflow, fields: Container[str]) -> bool:
    """Whether all that is written to some fields is what a search, a file or a service gave."""
    offers = [offer for step in workflow.steps for offer in step.offers if offer.name in fields]
    outside = {Origin.LOOKUP, Origin.OUTSIDE}
    return bool(offers) and all(offer.origins and outside.issuperset(offer.origins) for offer in offers)
