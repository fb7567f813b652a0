"""WF502: a step where branches meet runs once for each branch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from wflint.analyses.facts import Facts
from wflint.analyses.flow.concurrency import Concurrency, Rerun
from wflint.analyses.flow.supersteps import Unexplored
from wflint.analyses.flow.wiring import always_fires
from wflint.analyses.wording import step_named
from wflint.model.finding import Level, Observation, Related
from wflint.model.fix import AddArgument, Fix
from wflint.model.workflow import END, Exchange, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every step that a longer branch starts again after a shorter one."""
    found = facts.concurrency
    for rerun in () if isinstance(found, Unexplored) else found.reruns:
        if not _ends_the_run(workflow, rerun.step):
            yield _observation(workflow, rerun)
    if not isinstance(found, Unexplored) and workflow.runs_per_arrival and workflow.exchange is Exchange.STATE:
        yield from _per_branch(workflow, found)


def _per_branch(workflow: Workflow, found: Concurrency) -> Iterator[Observation]:
    """Steps that a framework runs once for each branch that leads to them, where both always do."""
    for step in workflow.steps:
        ways = [edge for edge in workflow.index.edges_into(step.id) if always_fires(edge) and edge.join is None]
        pairs = combinations([edge for edge in ways if not edge.fan_out], 2) if not step.deferred else ()
        met = next((pair for pair in pairs if found.are_beside(pair[0].source, pair[1].source)), None)
        if met is not None and not _ends_the_run(workflow, step.id):
            one, other = met
            names = f'"{one.source}" and "{other.source}"'
            yield Observation(
                message=f'step "{step.id}" runs once for each branch that leads to it, from {names}, with the result '
                "of that branch alone; join them, if it needs both",
                span=other.span,
                key=(step.id, one.source, other.source),
                related=(Related(one.span, "the other branch arrives here"),),
                level=Level.NOTE,
                step=step.id,
                edge=(other.source, step.id),
            )


def _ends_the_run(workflow: Workflow, step: str) -> bool:
    """Whether nothing comes after a step's first turn."""
    onwards = workflow.index.edges_from(step)
    return workflow.ends_on_first and bool(onwards) and all(edge.target == END for edge in onwards)


def _observation(workflow: Workflow, rerun: Rerun) -> Observation:
    early, late = rerun.early.source, rerun.late.source
    return Observation(
        message=f'step "{rerun.step}" runs twice: {step_named(early)} starts it while "{rerun.behind}" still '
        f"runs, and {step_named(late)} starts it again; both branches start at {step_named(rerun.fork)}; "
        f'join them with one edge, or defer "{rerun.step}"',
        span=rerun.late.span,
        key=(rerun.step, early, late),
        related=(Related(rerun.early.span, "the shorter branch arrives here"),),
        step=rerun.step,
        edge=(late, rerun.step),
        fix=_fix(workflow, rerun),
    )


def _fix(workflow: Workflow, rerun: Rerun) -> Fix | None:
    """The step waits, where its call adds no other one."""
    idioms, added = workflow.idioms, [step for step in workflow.steps if step.id == rerun.step]
    if not idioms.wait_keyword or sum(step.span == added[0].span for step in workflow.steps) != 1:
        return None
    waits = AddArgument(added[0].span, idioms.wait_keyword, "True", 2, idioms.wait_method)
    return Fix(f'defer "{rerun.step}"', (waits,))
