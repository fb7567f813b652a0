"""WF301: a step that no way from the start leads to, one that nothing connects, or something that never becomes one."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.reachability import Region
from wflint.analyses.flow.unconnected import Unconnected
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Step, Unused, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation for each unreachable or unconnected part, where the way in is missing, and each unused one."""
    yield from map(_unused, workflow.unused)
    yield from map(_unconnected, facts.unconnected)
    if len(facts.reachability.reached) <= len(facts.reachability.entries):
        return  # the graph has no entry at all: that is another rule's
    if any(item.source in facts.reachability.reached for item in workflow.unresolved_names):
        return  # so is a misspelt name, and this step may be what it means
    waiting = {item.target for item in workflow.unresolved_names}
    for region in facts.reachability.unreachable():
        step = workflow.step(region.head)
        if step is not None and step.id not in waiting and not _is_reached_elsewhere(step, workflow, facts):
            yield _observation(workflow, step, region)


def _is_reached_elsewhere(step: Step, workflow: Workflow, facts: Facts) -> bool:
    """Whether another build of the workflow, from the same place, has the step, and edges lead to it there."""
    built = {workflow.span, *workflow.constructed_at}
    others = (other for other in facts.program.workflows if other.id != workflow.id)
    twins = (
        (other, other.step(step.id)) for other in others if not built.isdisjoint({other.span, *other.constructed_at})
    )
    return any(
        twin is not None
        and twin.span == step.span
        and any(edge.source != step.id for edge in other.index.edges_into(step.id))
        for other, twin in twins
    )


def _observation(workflow: Workflow, step: Step, region: Region) -> Observation:
    sources = {edge.source for edge in workflow.edges if edge.target == step.id} - {step.id}
    reason = f"its sources are unreachable too ({listed(sorted(sources))})" if sources else "no edge leads to it"
    behind = f", which also cuts off {listed(region.followers)}" if region.followers and not sources else ""
    refused = ", so the framework refuses the workflow" if workflow.must_connect else ""
    followers = (workflow.step(name) for name in region.followers)
    return Observation(
        message=f'step "{step.id}" is unreachable: {reason}{behind}{refused}; add an edge or remove the step',
        span=step.span,
        key=(step.id,),
        related=tuple(Related(other.span, f'"{other.id}" is only reached from here') for other in followers if other),
        level=Level.ERROR if workflow.must_connect else None,
        step=step.id,
    )


def _unconnected(found: Unconnected) -> Observation:
    reader, writer = found.reader.id, found.writer.id
    return Observation(
        message=f'nothing connects step "{reader}" with step "{writer}": "{reader}" needs "{found.need.name}", '
        f'and "{found.offer.name}", which "{writer}" makes, goes nowhere; connect them',
        span=found.reader.span,
        key=(reader, writer),
        related=(Related(found.writer.span, f'"{writer}" is here'),),
        step=reader,
    )


def _unused(unused: Unused) -> Observation:
    return Observation(
        message=f'{unused.role} "{unused.name}" is unused: {unused.reason}; use it or remove it',
        span=unused.span,
        key=(unused.name,),
        step=unused.name,
    )
