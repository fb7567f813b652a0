"""WF110: a model is asked for something that nobody reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from wflint.analyses.facts import Facts
from wflint.analyses.flow.wiring import UNCERTAIN_KINDS, targets_of
from wflint.analyses.labels.effort import effort_of
from wflint.analyses.wording import listed
from wflint.model.contract import Offer
from wflint.model.finding import Level, Observation, Persona, Related
from wflint.model.loss import LossKind
from wflint.model.test_paths import is_test_path
from wflint.model.workflow import END, Edge, Exchange, Invocation, Step, StepKind, Workflow

MOST_WRITERS = 4
"""So many places are shown."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every model step, not among the last, none of whose fields anybody reads; and what is handed on in vain."""
    unread = (loss for loss in workflow.losses if loss.kind is LossKind.UNREAD)
    yield from (replace(loss.observation, level=Level.WARNING) for loss in unread)
    if workflow.exchange is not Exchange.STATE or workflow.state is None or workflow.parents:
        return
    read = {need.name for step in workflow.steps for need in step.needs}
    read |= {need.name for choice in workflow.choices for need in choice.needs}
    read |= {field for call in workflow.invocations for field in call.takes}
    told: set[str] = set()
    for step in workflow.steps:
        idle = step.kind is StepKind.AGENT and step.offers and not step.offers_open and not step.forwards_state
        if idle and not any(offer.name in read for offer in step.offers) and _is_overlooked(workflow, facts, step):
            yield _observation(workflow, facts, step)
            told |= {offer.name for offer in step.offers}
    yield from _fields(workflow, facts, read | told)


def _fields(workflow: Workflow, facts: Facts, known: set[str]) -> Iterator[Observation]:
    """Single fields that nobody reads, whoever writes them, for those who want every field in order."""
    merged = {field.name for field in workflow.state.fields if field.reducer} if workflow.state is not None else set()
    by_field: dict[str, list[tuple[Step, Offer]]] = defaultdict(list)
    for step in workflow.steps:
        for offer in step.offers:
            if offer.name not in known | merged:
                by_field[offer.name].append((step, offer))
    for name, writers in by_field.items():
        if all(_is_unread(workflow, facts, step) for step, _ in writers):
            yield _field(name, writers)


def _is_unread(workflow: Workflow, facts: Facts, step: Step) -> bool:
    """Whether a step is in the middle, and nobody after it may read more than is shown."""
    after = facts.reachability.beyond([step.id])
    seen = not any(other.needs_open for other in workflow.steps if other.id in after)
    choices = [choice for choice in workflow.choices if choice.source in after | {step.id}]
    known = seen and not any(choice.needs_open for choice in choices)
    followed = step.id in facts.reachability.reached and _is_followed(workflow, after, step)
    return known and followed and not step.interrupts and not step.reaches_sink


def _field(name: str, writers: list[tuple[Step, Offer]]) -> Observation:
    steps = [step.id for step, _ in writers]
    what = "step" if len(steps) == 1 else "steps"
    write = "writes" if len(steps) == 1 else "write"
    return Observation(
        message=f'{what} {listed(steps)} {write} "{name}", which no step and no router reads; unless a caller takes it '
        "from the result, read it or remove it",
        span=writers[0][1].span,
        key=(*steps, name),
        related=tuple(Related(offer.span, f'"{step.id}" writes it here') for step, offer in writers[1:MOST_WRITERS]),
        level=Level.NOTE,
        persona=Persona.PEDANTIC,
        step=steps[0],
    )


def _is_overlooked(workflow: Workflow, facts: Facts, step: Step) -> bool:
    """Whether the step is in the middle, writes plain fields, and nobody after it may read more than is shown."""
    after = facts.reachability.beyond([step.id])
    merged = {field.name for field in workflow.state.fields if field.reducer} if workflow.state is not None else set()
    choices = [choice for choice in workflow.choices if choice.source in after | {step.id}]
    unseen = any(other.needs_open for other in workflow.steps if other.id in after)
    unseen = unseen or any(choice.needs_open for choice in choices)
    return (
        step.id in facts.reachability.reached
        and not unseen
        and _is_followed(workflow, after, step)
        and not any(offer.name in merged for offer in step.offers)
        and not step.interrupts
        and not step.reaches_sink
        and not _decides(workflow, step)
    )


def _decides(workflow: Workflow, step: Step) -> bool:
    """Whether the step's own code picks the way: what its model says may be what it goes by."""
    choices = (choice for choice in workflow.choices if choice.source == step.id and choice.is_goto)
    return any(len(targets_of(choice)) > 1 for choice in choices)


def _is_followed(workflow: Workflow, after: frozenset[str], step: Step) -> bool:
    """Whether others always work on after the step; what the last steps write is what a run is for."""
    leaving = [edge for edge in workflow.edges if edge.source == step.id]
    ends = any(edge.target == END or _is_up_to_it(edge) for edge in leaving)
    return not ends and any(other.id in after and other.offers for other in workflow.steps if other.id != step.id)


def _is_up_to_it(edge: Edge) -> bool:
    """Whether the step itself picks the way, as who calls others as tools or hands over: it answers when it likes."""
    return edge.choice is None and edge.kind in UNCERTAIN_KINDS


def _indifferent(workflow: Workflow) -> tuple[Invocation, ...]:
    """The calls of the workflow, where all that use it are in sight and show what they take; a test is not a use."""
    shown = all(call.takes_all_shown for call in workflow.invocations)
    used = any(not is_test_path(call.span.path) for call in workflow.invocations)
    return workflow.invocations if shown and used and not workflow.externally_callable else ()


def _waste(workflow: Workflow, step: Step) -> str:
    """What the call costs, and its share of the workflow."""
    models = sum(other.kind is StepKind.AGENT for other in workflow.steps)
    share = f", 1 of {models} model steps" if models > 1 else ""
    return f"about {effort_of(step, workflow):,} effective tokens a run{share}"


def _observation(workflow: Workflow, facts: Facts, step: Step) -> Observation:
    names = [offer.name for offer in step.offers]
    it = "it" if len(names) == 1 else "them"
    followers = [name for name in facts.reachability.successors.get(step.id, ()) if name != END]
    callers = _indifferent(workflow)
    wasted = f"the model call is wasted ({_waste(workflow, step)})"
    if workflow.outputs is not None and workflow.outputs.closed and not workflow.outputs.names & set(names):
        level, fate = Level.WARNING, f"and {workflow.outputs.name} hides {it} from the caller: {wasted}"
    elif callers:
        level, fate = Level.WARNING, f"and no caller uses {it}: {wasted}"
    else:
        level, fate = Level.NOTE, f"so {wasted} unless a caller uses {it}"
    return Observation(
        message=f'step "{step.id}" calls a model for {listed(names)}, but no step or router reads {it}, {fate}; '
        f"read {it} in {listed(followers)} or remove the step",
        span=step.offers[0].span,
        key=(step.id, *names),
        related=(
            Related(step.span, "the step is added here"),
            *(Related(call.span, f"this call does not use {it}") for call in callers),
        ),
        level=level,
        step=step.id,
        edge=(step.id, followers[0]) if followers else None,
    )
