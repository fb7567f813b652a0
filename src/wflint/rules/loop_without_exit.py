"""WF701: steps that go round for ever."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.loops import Loop
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.workflow import END, FaultKind, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable loop that nothing ends."""
    if not workflow.compiled and not workflow.index.edges_into(END):
        return  # it is completed elsewhere
    twice = {fault.subject for fault in workflow.faults if fault.kind is FaultKind.DUPLICATE_STEP}
    order = {step.id: index for index, step in enumerate(workflow.steps)}
    for loop in facts.loops:
        if twice.intersection(loop.steps):
            continue  # of two steps of one name, it is not told which edge is whose
        if loop.endless and facts.reachability.reached.issuperset(loop.steps):
            yield _observation(loop, order, workflow)
    for step in workflow.steps:
        handed = workflow.index.edges_from(step.id) if not workflow.is_imperative else ()  # results only, of ended runs
        leads = handed or step.id in workflow.open_sources
        if step.keeps_turn and not leads and workflow.complete_edges and step.id in facts.reachability.reached:
            yield Observation(
                message=f'step "{step.id}" never ends: it keeps its turn until it hands over, and it leads to no other '
                "step; let it hand over, or limit the run",
                span=step.span,
                key=(step.id,),
                step=step.id,
            )


def _observation(loop: Loop, order: dict[str, int], workflow: Workflow) -> Observation:
    back = max(loop.edges, key=lambda edge: (order[edge.source] - order[edge.target], edge.span))
    others = tuple(edge for edge in loop.edges if edge != back)
    if len(loop.steps) == 1:
        who = f'step "{loop.steps[0]}" is an endless loop'
    else:
        who = f"{listed(loop.steps)} form an endless loop"
    if loop.exits:
        reason = f'the edge from "{back.source}" to "{back.target}" always fires; make it conditional'
    elif all(edge.span in (workflow.span, *workflow.constructed_at) for edge in loop.edges):
        # nobody has written the edges: no place for another
        reason = "nothing ends it; give it a condition or a limit that does"
    else:
        reason = f'no edge leaves it; add a conditional edge after "{back.source}"'
    return Observation(
        message=f"{who}: {reason}",
        span=back.span,
        key=loop.steps,
        related=tuple(Related(edge.span, f'"{edge.source}" leads to "{edge.target}"') for edge in others),
        step=back.source,
        edge=(back.source, back.target),
    )
