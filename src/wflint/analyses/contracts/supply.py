"""Who consumes what in a workflow, and whether it gets there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum

from msgspec import Struct

from wflint.analyses.data.gaps import Gap, GapKind
from wflint.analyses.data.inputs import channels
from wflint.analyses.data.reads import Read
from wflint.analyses.facts import Facts
from wflint.analyses.flow.wiring import replaces_state
from wflint.analyses.wording import step_named
from wflint.model.contract import Certainty, Offer, Outcome, Part, Shape
from wflint.model.span import Span
from wflint.model.workflow import Edge, Exchange, Invocation, Step, Workflow


class Arrival(IntEnum):
    """Whether a field gets to who needs it, the best first."""

    ALWAYS = 0
    """On every way."""
    UNSEEN = 1
    """Nobody in sight writes it, and it cannot be told that nobody does."""
    SOMETIMES = 2
    """On some ways only."""
    BY_CALLER = 3
    """If every caller passes it: no step writes it."""
    NEVER = 4
    """Nobody writes it."""


class ConsumerName(Struct, frozen=True):
    """A consumer of a field, by names that survive moved lines."""

    reader: str
    field: str


class Supply(Struct, frozen=True):
    """What a consumer is given: by whom, of which types and forms, and which parts of it are used.

    `is_required` is false where the consumer copes without. `is_checked` is true where every value had to have a form.
    """

    arrival: Arrival
    span: Span
    is_required: bool
    producers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    parts: tuple[Part, ...] = ()
    is_checked: bool = False


ARRIVALS: Mapping[GapKind, Arrival] = {
    GapKind.UNDECLARED: Arrival.NEVER,
    GapKind.NEVER: Arrival.NEVER,
    GapKind.UNSET: Arrival.NEVER,
    GapKind.EMPTY: Arrival.NEVER,
    GapKind.CALLER: Arrival.BY_CALLER,
    GapKind.SOME_CALLS: Arrival.SOMETIMES,
    GapKind.AROUND: Arrival.SOMETIMES,
    GapKind.CONDITIONAL: Arrival.SOMETIMES,
}


def supplies(facts: Facts) -> Mapping[ConsumerName, Supply]:
    """Every consumer of the workflow with what it is given."""
    found: dict[ConsumerName, Supply] = {}
    for name, supply in (*_reads(facts), *_payloads(facts.workflow), *_callers(facts.workflow)):
        known = found.get(name)
        if known is None or supply.arrival > known.arrival:
            found[name] = supply
    return found


def _reads(facts: Facts) -> Iterator[tuple[ConsumerName, Supply]]:
    """Steps and decisions that read the state or a message."""
    gaps = {_identity(gap.read): gap for gap in facts.gaps}
    reads = {_identity(read): read for read in (*(gap.read for gap in facts.gaps), *facts.reads.all)}
    for identity, read in reads.items():
        if read.step in facts.reachability.reached:
            yield ConsumerName(read.reader, read.need.name), _supply(facts, read, gaps.get(identity))


def _identity(read: Read) -> tuple[str, str]:
    return read.reader, read.need.name


def _supply(facts: Facts, read: Read, gap: Gap | None) -> Supply:
    made = facts.definitions.reaching(read)
    field = facts.workflow.state.field(read.need.name) if facts.workflow.state is not None else None
    declared = field.type if field is not None else None
    shapes = [offer.shape for _, offer in made if offer.shape is not None]
    if field is not None and field.shape is not None:
        shapes.append(field.shape)
    types = {offer.type or declared for _, offer in made} or {declared}
    return Supply(
        arrival=_arrival(facts, read, gap, made),
        span=read.need.span,
        is_required=read.crashes or bool(read.demanded_by),
        producers=tuple(dict.fromkeys(step.id for step, _ in made)),
        types=tuple(sorted(each for each in types if each is not None)),
        shapes=tuple(shapes),
        parts=read.need.parts,
        is_checked=bool(made) and all(offer.check is not None for _, offer in made),
    )


def _arrival(facts: Facts, read: Read, gap: Gap | None, made: tuple[tuple[Step, Offer], ...]) -> Arrival:
    if gap is not None:
        return ARRIVALS[gap.kind]
    if read.need.name in facts.inputs.given:
        return Arrival.ALWAYS
    if not made:
        return Arrival.UNSEEN
    if _is_dropped(facts, read.need.name):
        return Arrival.NEVER
    # In a shared state the gaps tell; a message is there if it is always sent.
    sent = any(offer.certainty is Certainty.CERTAIN for _, offer in made)
    return Arrival.ALWAYS if sent or facts.workflow.exchange is Exchange.STATE else Arrival.SOMETIMES


def _is_dropped(facts: Facts, name: str) -> bool:
    """Whether the state has no place for a field, whoever writes it."""
    state = facts.workflow.state
    if facts.workflow.exchange is Exchange.MESSAGES or state is None or name in facts.channels:
        return False
    return state.on_undeclared_write is not Outcome.KEPT


def _payloads(workflow: Workflow) -> Iterator[tuple[ConsumerName, Supply]]:
    """Workers of a fan-out, which see their payload only."""
    for edge in workflow.edges:
        target = workflow.step(edge.target)
        if target is None or edge.payload is None or not replaces_state(edge):
            continue
        for need in target.needs:
            name = ConsumerName(f"{step_named(target.id)}, sent by {step_named(edge.source)},", need.name)
            is_required = need.required and need.certainty is Certainty.CERTAIN
            yield name, Supply(_sent(edge, need.name), need.span, is_required, (edge.source,))


def _sent(edge: Edge, name: str) -> Arrival:
    payload = edge.payload
    assert payload is not None
    if name in payload.keys:
        return Arrival.ALWAYS
    return Arrival.NEVER if payload.closed else Arrival.UNSEEN


def _callers(workflow: Workflow) -> Iterator[tuple[ConsumerName, Supply]]:
    """Visible callers, which use fields of the result."""
    for call in workflow.invocations:
        for name in call.takes:
            yield ConsumerName(f"the caller in {call.span.path}", name), _returned(workflow, call, name)


def _returned(workflow: Workflow, call: Invocation, name: str) -> Supply:
    writers = tuple(step.id for step, _ in workflow.index.writers(name))
    outputs = workflow.outputs
    hidden = outputs is not None and outputs.closed and outputs.field(name) is None
    lacking = not writers and name not in channels(workflow)
    given = not hidden and (writers or name in call.keys)
    arrival = Arrival.NEVER if hidden or lacking else Arrival.ALWAYS if given else Arrival.UNSEEN
    return Supply(arrival, call.span, is_required=True, producers=writers)
