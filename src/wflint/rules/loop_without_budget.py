"""WF702: a loop that ends only when a model says so."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.loops import Loop
from wflint.analyses.wording import listed
from wflint.model.contract import Certainty
from wflint.model.finding import Observation, Related
from wflint.model.fix import AddArgument, Fix
from wflint.model.workflow import Choice, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable loop all of whose ways out hang on fields that only models in the loop write."""
    if workflow.invocations and all(call.recursion_limit is not None for call in workflow.invocations):
        return
    for loop in facts.loops:
        choices = _deciding(workflow, loop)
        if choices and facts.reachability.reached.issuperset(loop.steps) and not _may_end_otherwise(workflow, loop):
            fields = sorted({need.name for choice in choices for need in choice.needs})
            if all(_is_told_by_model(workflow, loop, field) for field in fields):
                yield _observation(workflow, loop, choices[0], fields)


def _deciding(workflow: Workflow, loop: Loop) -> tuple[Choice, ...]:
    """The decisions about all ways out, where all that they look at is known."""
    numbers = {edge.choice for edge in loop.exits}
    if not numbers or None in numbers or loop.stoppable or loop.endless:
        return ()
    found = tuple(workflow.choices[number] for number in sorted(n for n in numbers if n is not None))
    known = all(choice.needs and not choice.needs_open and not choice.is_goto for choice in found)
    return found if known else ()


def _may_end_otherwise(workflow: Workflow, loop: Loop) -> bool:
    """Whether a step of the loop waits for a person, or does what cannot be seen."""
    steps = [workflow.step(name) for name in loop.steps]
    return any(step is None or step.interrupts or step.offers_open or step.workflow is not None for step in steps)


def _is_told_by_model(workflow: Workflow, loop: Loop, field: str) -> bool:
    """Whether all that writes a field in the loop is what a model answers as it likes."""
    writers = [step for name in loop.steps if (step := workflow.step(name)) is not None and _writes(step, field)]
    offers = [offer for step in writers for offer in step.offers if offer.name == field]
    return bool(offers) and all(offer.from_model and field not in offer.derived_from for offer in offers)


def _writes(step: Step, field: str) -> bool:
    return step.forwards_state or any(offer.name == field for offer in step.offers)


def _observation(workflow: Workflow, loop: Loop, choice: Choice, fields: list[str]) -> Observation:
    sure = [edge for edge in loop.edges if edge.certainty is Certainty.CERTAIN]
    return Observation(
        message=f'{listed(loop.steps)} form a loop that ends only when router "{choice.name}" likes what a model wrote '
        f"in {listed(fields)}: no round is counted{_otherwise(workflow)}; count them, or pass a limit to the call",
        span=choice.span,
        key=loop.steps,
        related=tuple(Related(edge.span, f'"{edge.source}" leads to "{edge.target}"') for edge in sure),
        step=choice.source,
        fix=_fix(workflow),
    )


def _otherwise(workflow: Workflow) -> str:
    """What ends the run all the same."""
    limit = workflow.limit
    return f", and the run fails only at the framework's `{limit.name}`, {limit.most:,}" if limit is not None else ""


def _fix(workflow: Workflow) -> Fix | None:
    """A limit at each call that has none."""
    idioms, calls = workflow.idioms, dict.fromkeys(c.span for c in workflow.invocations if c.recursion_limit is None)
    if not calls or not idioms.limit_keyword:
        return None
    limits = (AddArgument(s, idioms.limit_keyword, idioms.limit_value, idioms.limit_position) for s in calls)
    return Fix("limit the run", tuple(limits))
