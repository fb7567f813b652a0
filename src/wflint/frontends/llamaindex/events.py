"""Classes of events, and the events that annotations name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.assembly.coded_step import parameter_type, returned_type
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import MAPPINGS, SEQUENCES, TRANSPARENT, UNIONS, name_of
from wflint.evaluate.values import NONE, ExternalName, Function, Generic, Object, Unknown, Value, last_of
from wflint.frontends.llamaindex.table import root_of
from wflint.source.code import Parameter

START_EVENT, STOP_EVENT = "StartEvent", "StopEvent"
ASKING, ANSWERING = "InputRequiredEvent", "HumanResponseEvent"
FAILED = "StepFailedEvent"
OTHERS = frozenset(
    {
        "AgentInput", "AgentSetup", "AgentOutput", "AgentStream", "AgentStreamStructuredOutput", "ToolCall",
        "ToolCallResult",
    }
)  # fmt: skip
"""Events of the framework that are not called so."""
CALLED_OTHERWISE = {"HumanInputEvent": ASKING}
"""What the framework's servers call its kinds of events."""
KINDS = frozenset({"Event", START_EVENT, STOP_EVENT, ASKING, ANSWERING, FAILED}) | OTHERS
PLAIN = frozenset({"BaseModel", "Generic", "ABC", "Protocol", "object"})
"""Ancestors that make nothing else of an event."""
OWN_FIELDS = {STOP_EVENT: "result", ASKING: "prefix", ANSWERING: "response"}
"""What the framework's own events carry."""


class EventType(Struct, frozen=True):
    """A class of events; `cls` is its code, None where it is the framework's own."""

    name: str
    cls: Class | None = None

    def kinds(self) -> frozenset[str]:
        """The names of the framework's events that it is one of."""
        names = [self.name] if self.cls is None else [last_of(path) for path in self.cls.libraries() if root_of(path)]
        return frozenset(CALLED_OTHERWISE.get(name, name) for name in names)

    @property
    def undisclosed(self) -> bool:
        """Whether it may be of a kind that the source does not tell: an ancestor is in a library of somebody else."""
        if self.cls is None:
            return not self.kinds() <= KINDS
        unknown = any(isinstance(base, Unknown) for ancestor in self.cls.lineage() for base in ancestor.bases)
        names = {last_of(path) for path in self.cls.libraries()} - PLAIN - CALLED_OTHERWISE.keys()
        return unknown or not names <= KINDS

    def descends_from(self, other: EventType) -> bool:
        """Whether events of this class are events of the other one as well."""
        if self == other or other.name == "Event":
            return True
        return (
            other.cls in self.cls.lineage()
            if self.cls is not None and other.cls is not None
            else (other.cls is None and other.name in self.kinds())
        )


def event_type(value: Value | None) -> EventType | None:
    """The event class that a type is; None for other types."""
    match value:
        case ExternalName(path=path) if root_of(path) and (last_of(path).endswith("Event") or last_of(path) in OTHERS):
            return EventType(last_of(path))
        case Class() as cls if _is_event(cls):
            return EventType(cls.name, cls)
        case Generic(base=Class() | ExternalName() as base):
            return event_type(base)
        case _:
            return None


def _is_event(cls: Class) -> bool:
    """Whether the framework's base is among the ancestors, or may be."""
    if any(event_type(ExternalName(path)) is not None for path in cls.libraries()):
        return True
    unknown = any(isinstance(base, Unknown) for ancestor in cls.lineage() for base in ancestor.bases)
    return unknown and cls.name.endswith("Event")


def event_of(value: Value) -> EventType | None:
    """The class of an event that code made."""
    match value:
        case Object(cls=Class() as cls):
            return event_type(cls)
        case Object(path=str(path)):
            return event_type(ExternalName(path))
        case _:
            return None


class Named(Struct, frozen=True):
    """The events that an annotation names.

    `optional` where it allows None, `several` where it allows a list, `open` where a part of it is not known.
    `only_listed` are those that it allows in a list and not by themselves.
    """

    events: tuple[EventType, ...] = ()
    optional: bool = False
    several: bool = False
    open: bool = False
    only_listed: frozenset[EventType] = frozenset()


def named_in(type_: Value | None) -> Named:
    """What an annotation names."""
    if type_ is None:
        return Named(open=True)
    parts = list(_parts(type_, inside=False))
    found = dict.fromkeys(event for value, _ in parts if (event := event_type(value)) is not None)
    unknown = any(isinstance(value, Unknown) for value, _ in parts)
    by_themselves = {event_type(value) for value, inside in parts if not inside}
    return Named(
        tuple(found),
        any(value == NONE for value, _ in parts),
        any(inside for value, inside in parts if event_type(value) is not None),
        unknown,
        frozenset(event for event in found if event not in by_themselves),
    )


def _parts(type_: Value, *, inside: bool) -> Iterator[tuple[Value, bool]]:
    """The alternatives of a type, each with whether it stands in a list."""
    match type_:
        case Generic(base=base, arguments=arguments) if name_of(base) in UNIONS:
            for argument in arguments:
                yield from _parts(argument, inside=inside)
            if name_of(base) == "Optional":
                yield NONE, inside
        case Generic(base=base, arguments=(first, *_)) if name_of(base) in TRANSPARENT:
            yield from _parts(first, inside=inside)
        case Generic(base=base, arguments=(first, *_)) if name_of(base) in SEQUENCES - MAPPINGS:
            yield from _parts(first, inside=True)
        case _:
            yield type_, inside


def accepted(interp: Interpreter, function: Function) -> tuple[tuple[Parameter, Named], ...]:
    """The parameters of a step that take events, each with the events that it may be; a step with several waits."""
    found: list[tuple[Parameter, Named]] = []
    for parameter in function.node.parameters:
        if parameter.annotation is None:
            continue
        type_ = parameter_type(interp, function, parameter)
        marks = type_.arguments[1:] if isinstance(type_, Generic) else ()
        if any(isinstance(mark, Object) and last_of(mark.path).startswith("Resource") for mark in marks):
            continue  # filled in by the framework
        named = named_in(type_)
        if named.events:
            found.append((parameter, named))
    unread = [(p, Named(open=True)) for p in function.node.parameters if p.name in ("ev", "event")]
    return tuple(found or unread[:1])


def either(named: Iterable[Named]) -> Named:
    """What several parameters take together; nothing is known where there is none."""
    parts = tuple(named)
    events = tuple(dict.fromkeys(event for part in parts for event in part.events))
    several = any(part.several for part in parts)
    return Named(events, several=several, open=not parts or any(part.open for part in parts))


def returned(interp: Interpreter, function: Function) -> Named:
    """The events that the return annotation of a step names."""
    return named_in(returned_type(interp, function))
