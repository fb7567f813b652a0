"""What a step needs and offers: the fields of events, and what its code does with them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.coded_step import coded, unread
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.fixed_numbers import fixed_number, held, is_carried
from wflint.assembly.contracts.origins import origins_in, parts_of
from wflint.assembly.contracts.pauses import pauses_of
from wflint.assembly.contracts.prompts import free_answer
from wflint.assembly.contracts.replayed import replayed_in
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.side_effects import side_effects_of
from wflint.assembly.contracts.stale_writes import stale_writes
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    NONE,
    Const,
    Location,
    Object,
    alternatives,
)
from wflint.frontends.llamaindex.contexts import sent_again
from wflint.frontends.llamaindex.events import (
    OWN_FIELDS,
    EventType,
)
from wflint.frontends.llamaindex.steps import FlowStep, Given, argument
from wflint.frontends.llamaindex.time_limits import waits_of
from wflint.model.conduct import StaleWrite
from wflint.model.contract import Certainty, Check, CheckKind, Offer
from wflint.model.workflow import Step, StepKind
from wflint.source.code import Attribute, Call, Constant, ExprT, FunctionDef, Name


def as_step(interp: Interpreter, step: FlowStep) -> Step:
    """The step with its contract."""
    summary, bare = step.summary, Step(step.name, StepKind.FUNCTION, step.span, definition=step.span)
    known = coded(bare, summary, interp) if summary is not None else unread(bare)
    return replace(
        known,
        offers=tuple(_offers(interp, step, _events(step))),
        needs=() if step.catches else tuple(need for need in known.needs if not need.name.startswith("_")),
        offers_open=_offers_open(step),
        deferred=bool(step.collecting) or step.gathers,
        interrupts=summary is not None and any(call.method == "wait_for_event" for call in summary.calls),
        retries=step.retries,
        limited=True,
        checks=_checks(step),
        side_effects=(*side_effects_of(summary), *sent_again(step)),
        pauses=pauses_of(summary, WAITING),
        conduct=replace(
            known.conduct,
            replayed=replayed_in(summary, WAITING),
            may_decline=_may_decline(step),
            stale_writes=tuple(_stale_writes(step)),
            waits=tuple(waits_of(step)),
        ),
        description=getattr(step.function.node, "doc", None) or "",
    )


def _stale_writes(step: FlowStep) -> Iterator[StaleWrite]:
    """What a step sets of the workflow's own object from before it waited; it is run side by side unless it says no."""
    function = step.function
    if not isinstance(function.node, FunctionDef) or argument(step, "num_workers") == Const(1) or step.outside:
        return
    owner = next((parameter.name for parameter in function.node.parameters), "")
    for name, read, at in stale_writes(function.node.body, lambda value: _of_object(value, owner)):
        yield StaleWrite(name, Location(function.module, at).span, Location(function.module, read).span)


def _of_object(value: ExprT, owner: str) -> str | None:
    """The attribute of an object that an expression is, or the key of the store that it is about."""
    match value:
        case Attribute(value=Name(id=found), name=name) if found == owner:
            return f"{owner}.{name}"
        case Call(func=Attribute(value=Attribute(name="store"), name="get" | "set"), args=(Constant(value=key), *_)):
            return key if isinstance(key, str) else None
        case _:
            return None


def _may_decline(step: FlowStep) -> bool:
    """Whether its code returns no event for some that it takes; one that collects events only waits for more."""
    if step.summary is None or step.collecting:
        return False
    return any(NONE in alternatives(site.value) for site in step.summary.returns)


def _checks(step: FlowStep) -> tuple[Check, ...]:
    """An event is not made from what does not fit its class; a step that fails so is tried again if it ever is."""
    forms = (event.cls for event in _events(step))
    return tuple(
        Check(CheckKind.MESSAGE, cls.name, step.span, retries=step.retries)
        for cls in forms
        if isinstance(cls, Class) and cls.declared()
    )


def _offers_open(step: FlowStep) -> bool:
    """Whether some event that the step gives is made where nobody sees it, or is filled from something unknown."""
    seen = {given.event for given in step.given}
    unseen = any(event not in seen for event in step.returns.events)
    spread = any(given.made is None or given.made.arguments.open for given in step.given)
    return step.returns.open or unseen or spread or step.summary is None or not step.summary.complete


def message_of(interp: Interpreter, step: FlowStep, event: EventType) -> tuple[Offer, ...] | None:
    """The fields of one of the events that a step gives; None where it gives no others."""
    return tuple(_offers(interp, step, (event,))) if len(_events(step)) > 1 else None


def _events(step: FlowStep) -> tuple[EventType, ...]:
    return tuple(dict.fromkeys([*step.returns.events, *(given.event for given in step.given)]))


def _offers(interp: Interpreter, step: FlowStep, events: tuple[EventType, ...]) -> Iterator[Offer]:
    """The fields of events that a step gives: those their classes declare, and those it sets beside."""
    found: dict[str, Offer] = {}
    for event in events:
        ways = [given for given in step.given if given.event == event]
        location = ways[0].location if ways else step.function.location
        sure = certainty(len(events) == 1)
        for offer in (*_declared(interp, event, location, sure), *_set(ways, sure)):
            found.setdefault(offer.name, replace(offer, from_model=_is_answered(offer.name, ways)))
    made = [given.made for given in step.given if given.made is not None and given.event in events]
    for name, offer in found.items():
        origins = origins_in(*parts_of(made, name), persons=WAITING)
        yield replace(_counted(offer, step), origins=origins)


def _counted(offer: Offer, step: FlowStep) -> Offer:
    """The same, with what is known of it as a count; nothing is where an event is made out of sight."""
    made = [given.made for given in step.given if given.made is not None]
    if step.summary is None or len(made) < len(step.given):
        return offer
    values = [*held([one for one in made if _has(one, offer.name)], offer.name)]
    return replace(offer, fixed=fixed_number(values), unchanged=is_carried(values, offer.name, step.summary.root))


def _has(made: Object, name: str) -> bool:
    """Whether an event is made with such a field, or its class declares one."""
    declared = isinstance(made.cls, Class) and name in made.cls.declared()
    return declared or made.arguments.open or made.arguments.get(name) is not None


WAITING = frozenset({"wait_for_event"})
"""How a step waits for what somebody answers."""
RAISED = frozenset({"WaitingForEvent"})
"""What such a wait raises, by the name of its class."""


def _is_answered(name: str, ways: list[Given]) -> bool:
    """Whether every event that a step gives has there what a model wrote as it liked."""
    values = [given.made.arguments.get(name) if given.made is not None else None for given in ways]
    known = [value for value in values if value is not None]
    return bool(known) and len(known) == len(values) and all(free_answer(value) is not None for value in known)


def _declared(interp: Interpreter, event: EventType, location: Location, sure: Certainty) -> Iterator[Offer]:
    for kind in sorted(event.kinds() & OWN_FIELDS.keys()):
        yield Offer(OWN_FIELDS[kind], location.span, sure)
    schema = schema_of(interp, event.cls, location) if event.cls is not None else None
    for item in schema.fields if schema is not None else ():
        yield Offer(item.name, location.span, sure, item.type, item.description, shape=item.shape)


def _set(ways: list[Given], sure: Certainty) -> Iterator[Offer]:
    names = dict.fromkeys(name for given in ways if given.made is not None for name, _ in given.made.arguments.keywords)
    for name in names:
        setting = [g for g in ways if g.made is not None and g.made.arguments.get(name) is not None]
        always = len(setting) == len(ways)
        yield Offer(name, setting[0].location.span, sure if always else Certainty.POSSIBLE)
