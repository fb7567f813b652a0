"""WF608: a step that runs again on failure does something that must not happen twice."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.conduct import SideEffect
from wflint.model.finding import Confidence, Level, Observation, Persona, Related
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every effect that retries make again and that carries no key; for auditors only where it may be none."""
    for step in workflow.steps:
        if step.id not in facts.reachability.reached:
            continue
        for effect in step.side_effects:
            if step.retries or effect.retried is not None:
                yield _observation(step, effect)


def _observation(step: Step, effect: SideEffect) -> Observation:
    """What is said of one; code that makes the very call again means that it may fail."""
    sure = effect.likely and (effect.followed is not None or effect.retried is not None)
    own = effect.outer if effect.retried is None else None  # the step is run again, whichever function it calls
    inside = (Related(effect.span, f"{effect.callee} is called here"),) if own is not None else ()
    after = (Related(effect.followed, "this may fail after it"),) if effect.followed is not None else ()
    what = "its code retries it" if effect.retried is not None else "is retried when it fails"
    again = "; pass an idempotency key, or do it in a step of its own"
    if effect.renewed is not None:
        inside = (*inside, Related(effect.renewed, "the key is made here"))
        again = " with another idempotency key; make the key in a step before it"
    return Observation(
        message=f'step "{step.id}" calls {effect.callee} and {what}: the call is made again{again}',
        span=own or effect.span,
        key=(step.id, effect.callee),
        related=(*inside, *after, Related(effect.retried or step.span, "the retries are set here")),
        level=None if sure else Level.NOTE,
        confidence=None if sure else Confidence.LOW,
        persona=None if sure else Persona.AUDITOR,
        step=step.id,
    )
