"""WF102: a step returns a field that the state does not declare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from wflint.analyses.data.gaps import GapKind
from wflint.analyses.data.inputs import channels
from wflint.analyses.data.reads import Read, reads_of
from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, misspelt, nearest
from wflint.model.contract import Certainty, Offer, Outcome, Schema
from wflint.model.finding import Cause, Level, Observation, Related
from wflint.model.fix import DeclareField, Fix, Respell
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every offer that the closed state schema lacks; what a nested workflow hands back is a rule of its own."""
    losses = (loss for loss in workflow.losses if loss.kind is LossKind.OUTPUT)
    yield from (loss.observation for loss in losses if loss.is_at(facts.reachability.reached))
    if workflow.state is None or not workflow.state.closed or workflow.exchange is not Exchange.STATE:
        return
    if workflow.state.on_undeclared_write is Outcome.KEPT:
        return
    declared = channels(workflow)
    by_place: dict[tuple[str, Span], list[str]] = defaultdict(list)
    for writer in workflow.steps:
        for offer in writer.offers:
            by_place[offer.name, offer.span].append(writer.id)
    for step in workflow.steps:
        if step.workflow is None or step.maps_fields:
            shown = _shown_to_choices(workflow, step)
            given = (offer for offer in step.offers if offer.name not in declared and offer.name not in shown)
            lost = {offer.name: offer for offer in given if _is_sure(step, offer)}
            meant = _unwritten_behind(step, facts) if len(lost) == 1 else None
            for offer in lost.values():
                others = tuple(name for name in by_place[offer.name, offer.span] if name != step.id)
                yield _observation(workflow, workflow.state, step, offer, meant, others)


def _shown_to_choices(workflow: Workflow, step: Step) -> frozenset[str]:
    """What a decision right after the step reads of its output, which it is shown before any of it is dropped."""
    if workflow.state is None or workflow.state.on_undeclared_write is not Outcome.LOST:
        return frozenset()
    choices = (choice for choice in workflow.choices if choice.source == step.id and choice.sees_update)
    return frozenset(need.name for choice in choices for need in choice.needs)


def _unwritten_behind(step: Step, facts: Facts) -> Read | None:
    """The read of the one field that steps after this one require and no step writes; None where it may be an input."""
    alone = [gap.read for gap in facts.gaps if gap.kind in (GapKind.NEVER, GapKind.CALLER) and gap.read.need.required]
    early = {read.need.name for read in alone if not facts.reachability.precedes(step.id, read.step)}
    behind = [read for read in alone if read.need.name not in early]
    return behind[0] if len({read.need.name for read in behind}) == 1 else None


def _is_sure(step: Step, offer: Offer) -> bool:
    """A step whose updates are not all seen shows for certain only what it always returns."""
    return offer.certainty is Certainty.CERTAIN or not step.offers_open


def _observation(
    workflow: Workflow, state: Schema, step: Step, offer: Offer, meant: Read | None, others: tuple[str, ...]
) -> Observation:
    """What a step writes in vain; `others` are the steps that write it by the same code."""
    readers = [read for read in reads_of(workflow) if read.need.name == offer.name and _is_other(read, step)]
    own = {other.name for other in step.offers}
    near = nearest(offer.name, (name for name in channels(workflow).names if name not in own))
    vain = f"; {readers[0].reader} reads it in vain" if readers and state.on_undeclared_write is Outcome.LOST else ""
    advice = f'did you mean "{near}"?' if near else f"declare it in {state.name} or drop it"
    if not near and not readers and meant is not None:
        advice = f'did you mean "{meant.need.name}", which {meant.reader} reads and no step writes?'
    return Observation(
        message=f'step "{step.id}"{_as_do(others)} writes "{offer.name}", which {state.name} does not declare, so '
        f"{_outcome(state)}{vain}; {advice}",
        span=offer.span,
        key=(step.id, offer.name),
        related=(
            *(Related(read.need.span, f'{read.reader} reads "{offer.name}"') for read in readers),
            *((Related(meant.need.span, f'{meant.reader} reads "{meant.need.name}"'),) if meant is not None else ()),
            *((Related(state.span, f"the fields of {state.name}"),) if state.span is not None else ()),
        ),
        level=_level(step, offer, read=bool(readers), near=near is not None),
        step=step.id,
        fix=_fix(workflow, state, step, offer, near=near, read=bool(readers)),
        cause=Cause("undeclared field", (offer.name,)),
    )


def _fix(workflow: Workflow, state: Schema, step: Step, offer: Offer, *, near: str | None, read: bool) -> Fix | None:
    """The declared name, where it is misspelt; a field of that name, where somebody reads it."""
    meant = misspelt(offer.name, channels(workflow).names)
    if meant is not None and all(other.name != meant for other in step.offers):
        return Fix(f'write "{meant}"', (Respell(offer.span, offer.name, meant),))
    if near is None and read and state.mapping and state.span is not None:
        return Fix(f'declare "{offer.name}" in {state.name}', (DeclareField(state.span, offer.name, offer.type or ""),))
    return None


def _as_do(others: tuple[str, ...]) -> str:
    return f" (as do{'es' if len(others) == 1 else ''} {listed(others)})" if others else ""


def _outcome(state: Schema) -> str:
    return "the run fails" if state.on_undeclared_write is Outcome.FAILS else "it is dropped"


def _is_other(read: Read, step: Step) -> bool:
    return read.step != step.id or read.choice is not None


def _level(step: Step, offer: Offer, *, read: bool, near: bool) -> Level:
    """What nobody misses is lost all the same, but only what is always returned is worth a warning then.

    What a step sets in its own copy of the state, and goes on to use, may be meant for nobody else. A similar name
    alone proves nothing.
    """
    kept = any(m.field == offer.name and m.span == offer.span and m.used for m in step.mutations)
    match offer.certainty:
        case _ if kept and not read:
            return Level.NOTE
        case Certainty.CERTAIN if read:
            return Level.ERROR
        case Certainty.POSSIBLE if not read and not near:
            return Level.NOTE
        case _:
            return Level.WARNING
