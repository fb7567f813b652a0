"""WF502: a step where branches meet runs once for each branch."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.concurrency import Rerun
from wflint.analyses.flow.supersteps import Unexplored
from wflint.analyses.wording import step_named
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every step that a longer branch starts again after a shorter one."""
    del workflow
    found = facts.concurrency
    for rerun in () if isinstance(found, Unexplored) else found.reruns:
        yield _observation(rerun)


def _observation(rerun: Rerun) -> Observation:
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
    )
