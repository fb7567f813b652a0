"""WF302: a step that leads nowhere, although the others say where the run ends."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.workflow import END, Edge, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable step without a way on, in a workflow that marks its end elsewhere."""
    ends = [edge for edge in workflow.edges if edge.target == END and edge.source in facts.reachability.reached]
    leading = {edge.source for edge in workflow.edges} | {choice.source for choice in workflow.choices}
    stuck = leading | workflow.open_sources | {item.source for item in workflow.unresolved_names} | {END}
    for step in workflow.steps:
        if ends and step.id not in stuck and step.id in facts.reachability.reached:
            yield _observation(step, ends[0], facts)


def _observation(step: Step, end: Edge, facts: Facts) -> Observation:
    lost = [region.head for region in facts.reachability.unreachable()]
    hint = f", and no edge leads to {listed(lost)} (missing edge?)" if lost else ""
    return Observation(
        message=f'step "{step.id}" has no outgoing edge, while "{end.source}" has one to the end{hint}; add an edge '
        f'from "{step.id}" to the next step or to the end',
        span=step.span,
        key=(step.id,),
        related=(Related(end.span, f'"{end.source}" leads to the end here'),),
        step=step.id,
    )
