"""WF701: steps that go round for ever."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.loops import Loop
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable loop that nothing ends."""
    order = {step.id: index for index, step in enumerate(workflow.steps)}
    for loop in facts.loops:
        if loop.endless and facts.reachability.reached.issuperset(loop.steps):
            yield _observation(loop, order)


def _observation(loop: Loop, order: dict[str, int]) -> Observation:
    back = max(loop.edges, key=lambda edge: (order[edge.source] - order[edge.target], edge.span))
    others = tuple(edge for edge in loop.edges if edge != back)
    if len(loop.steps) == 1:
        who = f'step "{loop.steps[0]}" leads back to itself'
    else:
        who = f"steps {listed(loop.steps)} go round"
    if loop.exits:
        reason = f'the edge from "{back.source}" to "{back.target}" is always taken, whatever else is'
    else:
        reason = "no edge leads out"
    return Observation(
        message=f'{who} for ever: {reason}; let a router after "{back.source}" choose another round or the end',
        span=back.span,
        key=loop.steps,
        related=tuple(Related(edge.span, f'"{edge.source}" leads to "{edge.target}"') for edge in others),
        step=back.source,
        edge=(back.source, back.target),
    )
