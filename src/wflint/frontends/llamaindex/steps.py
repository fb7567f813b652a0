"""One step of a workflow: the events it takes and gives, and what its code does with them."""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.in_loops import stands_in_loop
from wflint.assembly.function_summary import FunctionSummary, summarize, summarize_for
from wflint.assembly.sequences import may_be_set
from wflint.evaluate.class_values import Class
from wflint.evaluate.contents import item_if_there
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    NONE,
    Bound,
    Const,
    Function,
    Location,
    Object,
    RepeatedElement,
    Sequence,
    Value,
    alternatives,
)
from wflint.frontends.llamaindex.events import (
    EventType,
    Named,
    accepted,
    either,
    event_of,
    event_type,
    returned,
)
from wflint.frontends.llamaindex.table import ADDING, CATCHING, mark_of
from wflint.model.span import Span
from wflint.source.code import Attribute, Call, Name
from wflint.source.walking import body_of, nodes_in

SUBCLASSES = "accept_event_subclasses"
"""What makes a step take events of subclasses, too."""


class Given(Struct, frozen=True):
    """An event that a step hands on: returned, or sent through the context; `made` where its making is seen.

    `listed` is true where it is returned in a list, `addressed` where it is sent to one step and to no other,
    `is_repeated` where one run of the step may send several.
    """

    event: EventType
    location: Location
    certain: bool
    sent: bool = False
    made: Object | None = None
    listed: bool = False
    addressed: bool = False
    is_repeated: bool = False


class Collecting(Struct, frozen=True):
    """A call, or a list of parameters, that waits until all events of a list have arrived.

    `open` is true where the list is not all known; else `all` has each event as often as the list does. `counts` is
    true where it is as long as code works out.
    """

    events: tuple[EventType, ...]
    span: Span
    open: bool
    all: tuple[EventType, ...] = ()
    counts: bool = False


class FlowStep(Struct):
    """A step as its annotations and its code show it; `taken_in` is what its parameters take, one by one.

    `parameter` is the name of the first of them. `outside` is true where it is a function outside of the class.
    `readings` are what its code was seen to do with each class of events, where it takes one of several.
    """

    name: str
    function: Function
    accepts: Named
    returns: Named
    subclasses: bool = False
    catches: bool = False
    retries: bool = False
    given: list[Given] = field(default_factory=list)
    collecting: list[Collecting] = field(default_factory=list)
    summary: FunctionSummary | None = None
    taken_in: tuple[Named, ...] = ()
    outside: bool = False
    readings: tuple[tuple[EventType, FunctionSummary], ...] = ()
    parameter: str = ""

    @property
    def gathers(self) -> bool:
        """Whether it takes a list of events."""
        return self.accepts.several

    def repeats(self, event: EventType) -> bool:
        """Whether one run of the step may hand on several events of a class."""
        ways = [given for given in self.given if given.event == event]
        listed = self.returns.several and any(given.listed for given in ways)
        return listed or any(given.is_repeated for given in ways) or sum(given.certain for given in ways) > 1

    @property
    def span(self) -> Span:
        return self.function.location.span

    def takes(self, event: EventType) -> bool:
        """Whether the framework hands events of this class to the step."""
        if event in self.accepts.events:
            return True
        return self.subclasses and any(event.descends_from(wanted) for wanted in self.accepts.events)

    @property
    def undeclared(self) -> tuple[Given, ...]:
        """The events that are sent or returned although no return annotation names them: they are handed on."""
        return tuple(given for given in self.given if given.event not in self.returns.events)


def steps_of(interp: Interpreter, cls: Class, instance: Value) -> Iterator[FlowStep]:
    """The steps of a workflow class, inherited ones first."""
    seen: dict[str, Function] = {}
    for ancestor in reversed(list(cls.lineage())):
        for name, value in ancestor.content.items():
            if isinstance(name, str) and isinstance(value, Function):
                seen.pop(name, None)
                seen[name] = value
    for name, function in seen.items():
        mark = mark_of(function)
        if mark is not None:
            callee = function if function.binding == "static" else Bound(function, instance)
            yield _step(interp, name, function, mark, callee)
    yield from _outside(interp, cls)


def argument(step: FlowStep, name: str) -> Value | None:
    """What the decorator of a step is given by name."""
    mark = mark_of(step.function)
    return mark[1].arguments.get(name) if mark is not None and mark[1] is not None else None


def _outside(interp: Interpreter, cls: Class) -> Iterator[FlowStep]:
    """The functions outside of a class that are made steps of it."""
    for api_call in additions(interp, cls):
        function = api_call.get("func", 0)
        mark = mark_of(function) if isinstance(function, Function) else None
        if isinstance(function, Function) and mark is not None:
            step = _step(interp, function.name, function, mark, function)
            step.outside = True
            yield step


def additions(interp: Interpreter, cls: Class) -> list[ApiCall]:
    """The calls that make functions outside of a class, or of one that it is made from, steps of it."""
    lineage = [id(ancestor) for ancestor in cls.lineage()]
    return [api_call for api_call in interp.api_calls if api_call.path == ADDING and id(api_call.subject) in lineage]


def _step(
    interp: Interpreter, name: str, function: Function, mark: tuple[str, Object | None], callee: Function | Bound
) -> FlowStep:
    kind, made = mark
    taken_in = accepted(interp, function)
    accepts = taken_in[0][1] if len(taken_in) == 1 else either(named for _, named in taken_in)
    step = FlowStep(name, function, accepts, returned(interp, function), catches=kind == CATCHING)
    step.taken_in = tuple(named for _, named in taken_in)
    if made is not None:
        step.subclasses = made.arguments.get(SUBCLASSES) == Const(value=True)
        step.retries = (made.arguments.get("retry_policy") or NONE) != NONE
    step.parameter = taken_in[0][0].name if taken_in else ""
    step.summary = summarize(interp, callee, None, function.location, taking=step.parameter or None)
    if len(taken_in) == 1 and len(accepts.events) > 1 and not step.subclasses:
        step.readings = tuple(_readings(interp, callee, step))
    if step.summary is not None:
        step.given = list(_given(step.summary))
        step.collecting = list(_collecting(step.summary))
    if len(taken_in) > 1:
        single = all(len(named.events) == 1 and not named.open for _, named in taken_in)
        step.collecting.append(Collecting(accepts.events, step.span, open=not single))
    return step


def _readings(
    interp: Interpreter, callee: Function | Bound, step: FlowStep
) -> Iterator[tuple[EventType, FunctionSummary]]:
    """What the code does with each class of events of the source that it may be handed."""
    for event in step.accepts.events if not step.accepts.several else ():
        if event.cls is not None:
            summary = summarize_for(interp, callee, event.cls, step.function.location, step.parameter)
            if summary is not None and summary.complete:
                yield event, summary


def _given(summary: FunctionSummary) -> Iterator[Given]:
    for site in summary.returns:
        bare = alternatives(site.value)
        for value, certain in _events(site.value, certain=site.certain):
            event = event_of(value)
            if event is not None:
                listed = all(value is not option for option in bare)
                yield Given(event, site.location or summary.location, certain, made=_object(value), listed=listed)
    for call in summary.calls:
        if call.method != "send_event":
            continue
        message, addressed = call.get("message", 0), may_be_set(call.get("step", 1))
        for value, certain in _events(message, certain=call.certain) if message is not None else ():
            event = event_of(value)
            if event is not None:
                made, again = _object(value), stands_in_loop(summary, call)
                sent = Given(event, call.location, certain, sent=True, made=made)
                yield replace(sent, addressed=addressed, is_repeated=again)


def gives_all_shown(step: FlowStep) -> bool:
    """Whether every event that the code of a step gives is seen, and its context goes nowhere else."""
    summary = step.summary
    if summary is None or not summary.complete or step.returns.open or getattr(summary.function.node, "yields", False):
        return False
    known = all(site.value == NONE or any(True for _ in _known_events(site.value)) for site in summary.returns)
    sends = all(event_of(value) is not None for call in summary.calls for value in _sent(call))
    return known and sends and not lends(step)


def _known_events(value: Value) -> Iterator[EventType]:
    found = [event_of(option) for option, _ in _events(value, certain=True)]
    if None not in found:
        yield from (event for event in found if event is not None)


def _sent(call: LibraryCall) -> Iterator[Value]:
    message = call.get("message", 0) if call.method == "send_event" else None
    yield from (value for value, _ in _events(message, certain=True)) if message is not None else ()


def lends(step: FlowStep) -> bool:
    """Whether a step hands itself, or what it is given beside the event, to other code than functions seen running."""
    node = step.function.node
    lent = {parameter.name for parameter in node.parameters} - {step.parameter}
    seen = step.summary.source_calls if step.summary is not None and step.summary.complete else ()
    running = {call.location.at: call.function for call in seen if call.location.module is step.function.module}
    return _uses(body_of(node), lent) > sum(
        _borrowed(item, running[item.at], lent)
        for item in nodes_in(body_of(node))
        if isinstance(item, Call) and item.at in running
    )


def _uses(body: object, names: Container[str]) -> int:
    """How often some names are used otherwise than to get at an attribute."""
    used = plain = 0
    for item in nodes_in((body,)):
        used += isinstance(item, Name) and item.id in names
        plain += isinstance(item, Attribute) and isinstance(item.value, Name) and item.value.id in names
    return used - plain


def _borrowed(call: Call, function: Function, names: Container[str]) -> int:
    """How many arguments of a call have one of the names, and are used by the function for calls of its own alone."""
    parameters = function.node.parameters
    own = isinstance(call.func, Attribute) and parameters and parameters[0].name == "self"
    taking = [*zip((parameter.name for parameter in parameters[1 if own else 0 :]), call.args, strict=False)]
    taking += [(keyword.name or "", keyword.value) for keyword in call.keywords]
    lent = [name for name, value in taking if isinstance(value, Name) and value.id in names]
    return sum(not _uses(body_of(function.node), (name,)) for name in lent)


def _object(value: Value) -> Object | None:
    return value if isinstance(value, Object) else None


def _events(value: Value, *, certain: bool) -> Iterator[tuple[Value, bool]]:
    """The values that a value may be, those in lists too."""
    options = alternatives(value)
    for option in options:
        sure = certain and len(options) == 1
        if isinstance(option, Sequence):
            for item in option.content:
                inner = item_if_there(item)
                if inner is not None:
                    yield from _events(inner, certain=sure and not isinstance(item, RepeatedElement))
        else:
            yield option, sure


def _collecting(summary: FunctionSummary) -> Iterator[Collecting]:
    for call in summary.calls:
        expected = call.get("expected", 1)
        if call.method == "collect_events" and expected is not None:
            yield _expected(call, expected)


def _expected(call: LibraryCall, expected: Value) -> Collecting:
    found: list[EventType] = []
    closed = counted = isinstance(expected, Sequence) and expected.closed
    shown = isinstance(expected, Sequence)
    for item in expected.content if isinstance(expected, Sequence) else ():
        options = alternatives(item.value if isinstance(item, RepeatedElement) else item)
        counted = counted and len(options) == 1 and not isinstance(item, RepeatedElement)
        for option in options:
            event = event_type(option)
            shown = shown and event is not None
            if event is not None:
                found.append(event)
    each = tuple(dict.fromkeys(found))
    known = closed and shown
    return Collecting(each, call.span, not known, tuple(found) if counted and shown else each, shown and not counted)
