"""WF603: the text of a failure goes on as if it were a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.analyses.data.inputs import channels
from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.conduct import ErrorText, FalseSuccess, Outlet
from wflint.model.contract import Certainty, Outcome
from wflint.model.finding import Observation, Related
from wflint.model.patterns import pattern
from wflint.model.workflow import Exchange, Step, StepKind, Workflow

FAILURE = pattern(r"\b(?:error|exception|fail|unsuccessful)", re.IGNORECASE)
"""Words of a prompt that speaks of failures."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such field that a later model is given, or that goes out, and that no code looks at before."""
    for step in workflow.steps:
        for claim in step.conduct.false_successes if step.id in facts.reachability.reached else ():
            yield _claimed(step, claim)
        for error in step.conduct.error_texts if step.id in facts.reachability.reached else ():
            if _is_looked_at(workflow, step, error.field) or _is_dropped(workflow, error.field):
                continue
            readers = _readers(workflow, facts, step, error.field)
            if readers:
                yield _told_models(step, error, readers)
            elif outlets := _outlets(workflow, facts, step, error.field):
                yield _let_out(step, error, outlets)


def _is_dropped(workflow: Workflow, field: str) -> bool:
    """Whether the state has no such field, so that nobody further on is handed it."""
    state = workflow.state
    if state is None or not state.closed or workflow.exchange is not Exchange.STATE:
        return False
    return state.on_undeclared_write is not Outcome.KEPT and field not in channels(workflow)


def _claimed(step: Step, claim: FalseSuccess) -> Observation:
    """A tool, or the step's own code, says of a failure what it says of a success."""
    who = f'step "{step.id}"'
    if claim.function in step.tools:
        who = f'"{claim.function}", a tool of {who},'
    return Observation(
        message=f"{who} swallows a failure here and says what it says when all went well: nobody can tell the two "
        "apart; say that it failed, or let it fail",
        span=claim.span,
        key=(claim.function, "success"),
        step=step.id,
    )


def _readers(workflow: Workflow, facts: Facts, step: Step, field: str) -> list[Step]:
    """The models further on that are given the field."""
    beyond = _given(workflow, facts, step, field)
    found = [reader for reader in workflow.steps if reader.id in beyond and reader.id != step.id and _asks(reader)]
    return [reader for reader in found if any(need.name == field for need in reader.needs) and not _is_warned(reader)]


def _is_warned(step: Step) -> bool:
    """Whether its model is told of failures, so that it may tell one when it sees one."""
    return step.prompt is not None and any(FAILURE.search(text.text) for text in step.prompt.texts)


def _given(workflow: Workflow, facts: Facts, step: Step, field: str) -> frozenset[str]:
    """The steps that find what a step hands on in a field; messages get as far as each hands them on."""
    if workflow.exchange is Exchange.STATE:
        return facts.reachability.beyond([step.id])
    found: set[str] = set()
    pending = [step.id]
    while pending:
        for edge in workflow.index.edges_from(pending.pop()):
            target = workflow.step(edge.target)
            if target is not None and target.id not in found:
                found.add(target.id)
                pending += [target.id] if _hands_on(target, field) else []
    return frozenset(found)


def _hands_on(step: Step, field: str) -> bool:
    """Whether what a step hands on in a field holds what it was given there: a part of a library sorts, or joins."""
    library = step.definition is None and step.kind is StepKind.FUNCTION
    taken = library and any(need.name == field for need in step.needs)
    return any(offer.name == field and (offer.unchanged or taken) for offer in step.offers)


def _outlets(workflow: Workflow, facts: Facts, step: Step, field: str) -> list[tuple[Step, Outlet]]:
    """The calls further on that send the field to somebody, or keep it."""
    beyond = _given(workflow, facts, step, field)
    after = [reader for reader in workflow.steps if reader.id in beyond and reader.id != step.id]
    return [(reader, outlet) for reader in after for outlet in reader.conduct.outlets if outlet.field == field]


def _asks(step: Step) -> bool:
    """Whether its model is asked whatever the field says."""
    if step.fills_prompt:
        return True
    calls = [call for call in step.conduct.remote_calls if call.of_model]
    if calls:
        return any(call.certainty is Certainty.CERTAIN for call in calls)
    return step.kind in (StepKind.AGENT, StepKind.SUBWORKFLOW)


def _is_looked_at(workflow: Workflow, step: Step, field: str) -> bool:
    """Whether a router, or code that looks for words, may tell a failure from a result.

    Where messages are handed on, what the step itself is given is another one, whatever its fields are called.
    """
    others = [other for other in workflow.steps if other is not step or workflow.exchange is Exchange.STATE]
    routed = any(need.name == field for choice in workflow.choices for need in choice.needs)
    open_ = any(choice.source == step.id and choice.needs_open for choice in workflow.choices)
    needs = [need for other in others for need in other.needs if need.name == field]
    tested = any(field in other.conduct.tested for other in others)
    return routed or open_ or tested or any(need.expectations or need.asked for need in needs)


def _told_models(step: Step, error: ErrorText, readers: list[Step]) -> Observation:
    needs = [need for reader in readers for need in reader.needs if need.name == error.field]
    taken = f"the model of {listed([reader.id for reader in readers])} takes it for a result"
    return _observation(step, error, taken, [Related(need.span, "the field is read here") for need in needs])


def _let_out(step: Step, error: ErrorText, outlets: list[tuple[Step, Outlet]]) -> Observation:
    reader, first = outlets[0]
    taken = f'step "{reader.id}" {"keeps" if first.keeps else "sends"} it as a result with {first.callee}'
    places = [Related(outlet.span, f"it is {'kept' if outlet.keeps else 'sent'} here") for _, outlet in outlets]
    return _observation(step, error, taken, places)


def _observation(step: Step, error: ErrorText, taken: str, places: list[Related]) -> Observation:
    return Observation(
        message=f'when step "{step.id}" fails, it hands on the error as "{error.field}", and {taken}; let it fail, or '
        "set a field that is routed on",
        span=error.span,
        key=(step.id, error.field),
        related=tuple(places),
        step=step.id,
    )
