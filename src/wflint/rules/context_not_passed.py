"""WF113: a step is told to use another step's result, which does not get to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from wflint.analyses.facts import Facts
from wflint.analyses.prose.unpassed import Unpassed
from wflint.analyses.wording import dependents
from wflint.model.finding import Observation, Related
from wflint.model.hidden_result import HiddenReason
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every statement that asks for the result of a step that is kept from the one that is told so."""
    for found in facts.unpassed:
        yield _observation(workflow, facts, found)


def _observation(workflow: Workflow, facts: Facts, found: Unpassed) -> Observation:
    source = workflow.step(found.hidden.step)
    assert source is not None
    sure = "" if found.similarity == 1 else f" ({found.similarity:.2f})"
    return Observation(
        message=f'step "{found.step}" is told to use "{found.phrase}", the result of step "{source.id}"'
        f"{sure}, but {_reason(found, source.id)}{dependents(facts.impact, found.step)}",
        span=found.hidden.span,
        key=(found.step, source.id),
        related=(
            Related(found.statement.span, f'"{found.statement.sentence}" is written here'),
            Related(source.span, f'step "{source.id}" is here'),
        ),
        step=found.step,
    )


def _reason(found: Unpassed, source: str) -> str:
    match found.hidden.reason:
        case HiddenReason.LEFT_OUT:
            return f'"{source}" is not in its context; add it to the context'
        case HiddenReason.FORGOTTEN:
            return f'it is shown nothing of "{source}"; put the value into its prompt with a placeholder'
        case HiddenReason.CONCURRENT:
            return f'both run concurrently; run "{source}" first'
    assert_never(found.hidden.reason)
