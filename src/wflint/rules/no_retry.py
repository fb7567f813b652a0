"""WF601: a remote call that nobody makes again when it fails."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.execution.safeguards import Exposed, fanned_out, without_retry
from wflint.analyses.facts import Facts
from wflint.model.finding import Level, Observation, Persona, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such call; a note where a fan-out sends plain requests, for auditors only where it is made once."""
    workers = fanned_out(workflow)
    for exposed in without_retry(workflow, facts.reachability):
        copies = sorted(workers.intersection(exposed.steps))
        yield _observation(exposed, copies)


def _observation(exposed: Exposed, copies: list[str]) -> Observation:
    call = exposed.call
    why = "retries are switched off here" if exposed.off else "the client does not retry"
    many = " once for each item of a fan-out" if copies else ""
    loud = exposed.off or (bool(copies) and call.of_model)
    return Observation(
        message=f"{exposed.told}{many}, and {why}: one failure, such as a rate limit, ends "
        "the run; let the client or the step retry",
        span=exposed.span,
        key=(*exposed.steps, call.callee),
        related=(Related(call.span, "the call"),) if exposed.span != call.span else (),
        level=None if loud else Level.NOTE,
        persona=None if loud or copies else Persona.AUDITOR,
        step=exposed.steps[0],
    )
