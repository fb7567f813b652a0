"""WF608: a step that runs again on failure does something that must not happen twice."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.finding import Confidence, Level, Observation, Persona, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every effect of a step with retries that carries no key; for auditors only where it may be none."""
    for step in workflow.steps:
        if not step.retries or step.id not in facts.reachability.reached:
            continue
        for effect in step.side_effects:
            sure = effect.likely and effect.followed is not None
            after = (Related(effect.followed, "this may fail after it"),) if effect.followed is not None else ()
            yield Observation(
                message=f'step "{step.id}" calls {effect.callee} and is retried when it fails: the call is made again; '
                "pass an idempotency key, or do it in a step of its own",
                span=effect.span,
                key=(step.id, effect.callee),
                related=(*after, Related(step.span, "the retries are set here")),
                level=None if sure else Level.NOTE,
                confidence=None if sure else Confidence.LOW,
                persona=None if sure else Persona.AUDITOR,
                step=step.id,
            )
