"""Loops that end only when a model says so: no round is counted, and the run has no limit of its own."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wflint.analyses.flow.loops import Loop
from wflint.model.contract import Origin
from wflint.model.workflow import Choice, Step, Workflow

FORMED = (Origin.MODEL_FORM,)
"""What writes a field that a model answers in a declared form."""


class OpenEnded(Struct, frozen=True):
    """A loop all of whose ways out hang on `fields` that only models in it write; `choices` decide about them.

    There are no fields where the steps that decide ask models themselves, and no choices either where a word that
    somebody says ends the conversation.
    """

    loop: Loop
    choices: tuple[Choice, ...] = ()
    fields: tuple[str, ...] = ()


def open_ended(workflow: Workflow, loops: Iterable[Loop]) -> tuple[OpenEnded, ...]:
    """Every such loop, unless each call of the workflow sets a limit, or a run that takes too long is ended."""
    if workflow.timed:
        return ()
    if workflow.invocations and all(call.recursion_limit is not None for call in workflow.invocations):
        return ()
    if workflow.ends_by_word:
        return tuple(OpenEnded(loop) for loop in loops if not loop.endless)
    found = (_judged(workflow, loop) for loop in loops)
    return tuple(one for one in found if one is not None)


def _judged(workflow: Workflow, loop: Loop) -> OpenEnded | None:
    if _goes_on_at_will(workflow, loop):
        numbers = sorted({edge.choice for edge in loop.edges if edge.choice is not None})
        return OpenEnded(loop, tuple(workflow.choices[number] for number in numbers))
    choices = _deciding(workflow, loop)
    looked_at = {need.name for choice in choices for need in choice.needs}
    fields = tuple(sorted(looked_at.union(*(_heeded(workflow, choice) for choice in choices))))
    judged = all(len(_ways(workflow, choice)) <= len(("on", "out")) for choice in choices)
    told = bool(choices) and all(_is_told_by_model(workflow, loop, field, judged=judged) for field in fields)
    return OpenEnded(loop, choices, fields) if told and not _may_end_otherwise(workflow, loop) else None


def _ways(workflow: Workflow, choice: Choice) -> set[str]:
    """The steps that a decision may lead to."""
    edges = workflow.index.edges_from(choice.source)
    return {edge.target for edge in edges if edge.choice is not None and workflow.choices[edge.choice] == choice}


def _goes_on_at_will(workflow: Workflow, loop: Loop) -> bool:
    """Whether agents hand over to each other as they like, in a run whose caller takes every limit away."""
    unlimited = any(call.unlimited for call in workflow.invocations)
    return unlimited and loop.handed_round and all(edge.choice is not None for edge in loop.edges)


def _deciding(workflow: Workflow, loop: Loop) -> tuple[Choice, ...]:
    """The decisions about all ways out, where all that they look at is known."""
    numbers = {edge.choice for edge in loop.exits}
    numbers |= {edge.choice for edge in loop.edges if edge.source in loop.undecided}
    if not numbers or None in numbers or (loop.stoppable and not loop.undecided) or loop.endless:
        return ()
    found = tuple(workflow.choices[number] for number in sorted(n for n in numbers if n is not None))
    idle = [choice for choice in found if choice.source in loop.undecided]
    if not all(choice.is_goto for choice in idle) or {choice.source for choice in idle} != {*loop.undecided}:
        return ()
    return found if all(_is_known(workflow, choice) for choice in found) else ()


def _is_known(workflow: Workflow, choice: Choice) -> bool:
    """Whether all that a decision looks at is known: fields, or what the step's own model says."""
    if choice.is_goto:
        step = workflow.step(choice.source)
        return step is not None and (step.conduct.heeds_only_model or bool(step.conduct.heeded))
    return bool(choice.needs) and not choice.needs_open


def _heeded(workflow: Workflow, choice: Choice) -> tuple[str, ...]:
    """The fields that the code of a step which decides itself looks at."""
    step = workflow.step(choice.source) if choice.is_goto else None
    return step.conduct.heeded if step is not None and not step.conduct.heeds_only_model else ()


def _may_end_otherwise(workflow: Workflow, loop: Loop) -> bool:
    """Whether a step of the loop waits for a person, or does what cannot be seen."""
    steps = [workflow.step(name) for name in loop.steps]
    return any(step is None or step.interrupts or step.offers_open or step.workflow is not None for step in steps)


def _is_told_by_model(workflow: Workflow, loop: Loop, field: str, *, judged: bool) -> bool:
    """Whether all that writes a field in the loop is what a model answers as it likes.

    Where it is `judged` whether to go on or out, an answer in a declared form is a verdict like any other; one that
    chooses among more ways hands out work.
    """
    writers = [step for name in loop.steps if (step := workflow.step(name)) is not None and _writes(step, field)]
    offers = [offer for step in writers for offer in step.offers if offer.name == field]
    said = (offer.from_model or (judged and offer.origins == FORMED) for offer in offers)
    return bool(offers) and all(said) and not any(field in offer.derived_from for offer in offers)


def _writes(step: Step, field: str) -> bool:
    return step.forwards_state or any(offer.name == field for offer in step.offers)
