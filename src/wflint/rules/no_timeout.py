"""WF604: a remote call that may take for ever."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.execution.safeguards import Exposed, awaited, without_limit
from wflint.analyses.facts import Facts
from wflint.analyses.flow.supersteps import Unexplored
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Persona, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such call; for auditors only where the limit is not switched off and nobody waits for others as well."""
    found = facts.concurrency
    waiting = awaited(workflow, None if isinstance(found, Unexplored) else found)
    for exposed in without_limit(workflow, facts.reachability):
        joined = sorted(waiting.intersection(exposed.steps)) if not exposed.call.of_model else []
        yield _observation(exposed, joined)


def _observation(exposed: Exposed, joined: list[str]) -> Observation:
    call = exposed.call
    why = "its time limit is switched off" if exposed.written else "nothing limits its time"
    others = f", and with {listed(joined)} all that runs beside it" if joined else ""
    loud = exposed.off or bool(joined)
    return Observation(
        message=f"{exposed.told}, and {why}: where no answer comes, the run hangs{others}; pass a timeout",
        span=exposed.span,
        key=(*exposed.steps, call.callee),
        related=(Related(call.span, "the call"),) if exposed.span != call.span else (),
        level=None if loud else Level.NOTE,
        persona=None if loud or exposed.written else Persona.AUDITOR,
        step=exposed.steps[0],
    )
