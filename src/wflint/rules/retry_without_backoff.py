"""WF602: a failed call is made again for ever, or at once."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.conduct import RetryScheme, Waiting
from wflint.model.finding import Level, Observation, Persona
from wflint.model.workflow import StepKind, Workflow

PACE = {Waiting.NONE: "without a pause", Waiting.FIXED: "after the same pause each time"}
"""How schemes wait that do not back off."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every retry in code that has no end, and every one that does not wait; the bounded ones as a note."""
    steps: dict[RetryScheme, list[str]] = {}
    for step in workflow.steps:
        for scheme in step.conduct.retry_schemes if step.id in facts.reachability.reached else ():
            steps.setdefault(scheme, []).append(step.id)
    made = [(scheme, f"makes a failed call of step {listed(names)} again", names) for scheme, names in steps.items()]
    runs = (scheme for call in workflow.invocations for scheme in call.retry_schemes)
    made += [(scheme, "starts a failed run again", []) for scheme in dict.fromkeys(runs) if _is_remote(workflow)]
    found = (_observation(scheme, does, names) for scheme, does, names in made)
    yield from (observation for observation in found if observation is not None)


def _is_remote(workflow: Workflow) -> bool:
    """Whether some step asks a model or a service, so that a run may fail because of one."""
    return any(step.kind is StepKind.AGENT or step.conduct.remote_calls for step in workflow.steps)


def _observation(scheme: RetryScheme, does: str, names: list[str]) -> Observation | None:
    pace = PACE.get(scheme.wait)
    if not scheme.endless and scheme.wait is not Waiting.NONE:
        return None
    how = " and ".join(part for part in ("for ever" if scheme.endless else "", pace or "") if part)
    loud = scheme.endless and pace is not None
    return Observation(
        message=f"{scheme.what} {does} {how}: a service that is down or "
        f"refuses is hammered{' and the run never ends' if scheme.endless else ''}; {_advice(scheme)}",
        span=scheme.span,
        key=(*names, scheme.what),
        level=None if loud else Level.NOTE,
        persona=None if loud else Persona.PEDANTIC,
        step=names[0] if names else None,
    )


def _advice(scheme: RetryScheme) -> str:
    if not scheme.endless:
        return "wait longer before each attempt"
    return "bound the attempts" if scheme.wait is Waiting.GROWING else "bound the attempts and wait longer before each"
