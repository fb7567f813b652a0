"""Whether two steps of a workflow find the same values in the fields that both read."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.analyses.flow.reachability import Reachability
from wflint.model.contract import Certainty
from wflint.model.workflow import Step, Workflow


def find_the_same(workflow: Workflow, reachability: Reachability, one: str, other: str, fields: frozenset[str]) -> bool:
    """Whether `fields` hold the same for both steps, whichever comes first; False where that cannot be told.

    The same steps write them on the way to either, none does on the way from one to the other, and neither step is
    handed a payload in place of the shared state.
    """
    writers = writers_of(workflow, fields)
    before = [{name for name in writers if reachability.leads(name, target)} for target in (one, other)]
    kept = keep_until(workflow, reachability, one, other, fields) and keep_until(
        workflow, reachability, other, one, fields
    )
    return kept and before[0] == before[1]


def keep_until(workflow: Workflow, reachability: Reachability, first: str, second: str, fields: frozenset[str]) -> bool:
    """Whether `fields` hold what they held for `first` when a run has come from there to `second`."""
    incoming = (*workflow.index.edges_into(first), *workflow.index.edges_into(second))
    if any(edge.payload is not None or edge.fan_out for edge in incoming):
        return False
    return not any(_lies_between(reachability, first, name, second) for name in writers_of(workflow, fields))


def steps_between(reachability: Reachability, workflow: Workflow, first: str, second: str) -> list[Step]:
    """The steps that a run may go through from the first one on until it gets to the second one."""
    beyond = reachability.beyond([first], frozenset({second})) | {first}
    between = [step for step in workflow.steps if step.id in beyond and step.id != second]
    return [step for step in between if second in reachability.beyond([step.id])]


def hand_on(workflow: Workflow, steps: Iterable[Step], fields: frozenset[str]) -> bool:
    """Whether each of some steps certainly hands on just what it was handed in these fields, once."""
    for step in steps:
        same = {offer.name for offer in step.offers if offer.unchanged and offer.certainty is Certainty.CERTAIN}
        several = any(edge.fan_out for edge in workflow.index.edges_from(step.id))
        if step.offers_open or several or not fields <= same:
            return False
    return True


def writers_of(workflow: Workflow, fields: frozenset[str]) -> tuple[str, ...]:
    """The steps that may write one of the fields."""
    return tuple(step.id for step in workflow.steps if _may_write(step, fields))


def are_siblings(workflow: Workflow, reachability: Reachability, one: str, other: str) -> bool:
    """Whether the same steps lead to both and neither leads to the other: they begin from one and the same point."""
    fed = [_filled_by(workflow, name) for name in (one, other)]
    if _filled_with(fed[0]) != _filled_with(fed[1]):
        return False
    points = [step.id if step is not None else name for step, name in zip(fed, (one, other), strict=True)]
    sources = [{edge.source for edge in workflow.index.edges_into(name)} for name in points]
    begins = [name in reachability.entries for name in points]
    together = sources[0] == sources[1] and begins[0] == begins[1] and (bool(sources[0]) or all(begins))
    return together and not reachability.leads(one, other) and not reachability.leads(other, one)


def _filled_by(workflow: Workflow, name: str) -> Step | None:
    """The step that fills what a model is told, and does nothing else, where that is all that leads to its step."""
    sources = {edge.source for edge in workflow.index.edges_into(name)}
    found = workflow.step(sources.pop()) if len(sources) == 1 else None
    return found if found is not None and found.fills_prompt else None


def _filled_with(step: Step | None) -> frozenset[str]:
    return frozenset(need.name for need in step.needs) if step is not None else frozenset()


def _may_write(step: Step, fields: Iterable[str]) -> bool:
    offered = {offer.name for offer in step.offers} | {mutation.field for mutation in step.mutations}
    return step.offers_open or not offered.isdisjoint(fields)


def _lies_between(reachability: Reachability, first: str, name: str, second: str) -> bool:
    """Whether a run can come from `first` to `second` through `name`, or is changed by `first` itself."""
    from_first = reachability.beyond([first], frozenset({second}))
    if name == first:
        return reachability.leads(first, second)
    return name in from_first and name != second and second in reachability.beyond([name], frozenset({first}))
