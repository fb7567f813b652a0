"""WF003: a prompt names a tool or an agent that its model does not have."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.prose.named_parts import NamedPart, missing_parts
from wflint.analyses.wording import listed, suggestion
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such name in the prompt of a step that is reached."""
    for part in missing_parts(workflow):
        if part.step.id in facts.reachability.reached:
            yield _observation(part)


def _observation(part: NamedPart) -> Observation:
    step, name = part.step, part.name
    what, has = ("hand over to agent", "hand over") if part.is_agent else ("use tool", "use")
    advice = suggestion(name, part.known) or f"; give it to the step, or name one that it has: {listed(part.known)}"
    return Observation(
        message=f'step "{step.id}" is told to {what} "{name}", which it cannot {has}{" to" if part.is_agent else ""}'
        f"{advice}",
        span=part.text.span,
        key=(step.id, name),
        related=(Related(step.span, "the step is made here"),) if step.span != part.text.span else (),
        step=step.id,
    )
