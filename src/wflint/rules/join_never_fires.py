"""WF503: a step waits for steps that never all run."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.half_joins import HalfJoin, half_joins
from wflint.analyses.flow.supersteps import Unexplored
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Related
from wflint.model.loss import LossKind
from wflint.model.workflow import Edge, Join, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every join that no play of the token game completes, and whose sources are known steps."""
    found = facts.concurrency
    stuck = () if isinstance(found, Unexplored) else found.stuck
    for index in stuck:
        join = workflow.joins[index]
        if any(source in facts.reachability.reached for source in join.sources):
            yield _observation(workflow, join, facts)
    for half in half_joins(workflow, facts.reachability):
        if half.index not in stuck:
            yield _half(half)
    for loss in workflow.losses:
        if loss.kind is LossKind.JOIN and loss.is_at(facts.reachability.reached):
            yield loss.observation


def _observation(workflow: Workflow, join: Join, facts: Facts) -> Observation:
    return Observation(
        message=f'step "{join.target}" waits for {listed(join.sources)}, but {_reason(join, facts)}, so the join '
        "never completes; use separate edges, or start all of them",
        span=join.span,
        key=(join.target, *join.sources),
        related=tuple(Related(edge.span, f'"{edge.target}" is chosen here') for edge in _choosing(workflow, join)),
        step=join.target,
        edge=(join.sources[0], join.target),
    )


def _half(half: HalfJoin) -> Observation:
    """A join that some decisions leave half filled."""
    join, choice = half.join, half.choice
    return Observation(
        message=f'step "{join.target}" waits for {listed(join.sources)}, but router "{choice.name}" may start '
        f'{listed(half.started)} without {listed(half.left_out)}: then "{join.target}" never runs, nor what follows; '
        "use separate edges, or start all of them",
        span=join.span,
        key=(join.target, *join.sources),
        related=(Related(choice.span, f'"{choice.name}" decides here'),),
        level=Level.WARNING,
        step=join.target,
        edge=(half.left_out[0], join.target),
    )


def _reason(join: Join, facts: Facts) -> str:
    lost = [source for source in join.sources if source not in facts.reachability.reached]
    if lost:
        return f"{listed(lost)} never run{'s' if len(lost) == 1 else ''}"
    late = [source for source in join.sources if not facts.reachability.precedes(source, join.target)]
    if late:
        return f'{listed(late)} only run{"s" if len(late) == 1 else ""} after "{join.target}" itself'
    return "a router starts only some of them"


def _choosing(workflow: Workflow, join: Join) -> tuple[Edge, ...]:
    return tuple(edge for edge in workflow.edges if edge.choice is not None and edge.target in join.sources)
