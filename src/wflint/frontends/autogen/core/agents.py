"""Agents: which messages their code takes, and what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from operator import itemgetter

from msgspec import Struct

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.assembly.speculation import made_for_reading
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Bound, Const, Function, Location, Object, Unknown, Value, alternatives, last_of
from wflint.frontends.autogen.core.messages import ANY, Kinds, MessageType, Sent, kinds_in, sent_by
from wflint.frontends.autogen.core.rows import AGENTS, CORE, TOOLS
from wflint.source.code import Parameter


class Delivery(StrEnum):
    """Which messages of its class a handler takes."""

    ALL = "message_handler"
    """All of them."""
    PUBLISHED = "event"
    """Those that are published."""
    ASKED = "rpc"
    """Those that are sent to the agent, whose sender waits for the answer."""


_OTHERS = {True: Delivery.PUBLISHED, False: Delivery.ASKED}


class MessageHandler(Struct, frozen=True, eq=False):
    """A function that takes messages; `chooses` where a test of its own decides which of them it takes."""

    function: Function
    takes: Kinds
    delivery: Delivery
    summary: FunctionSummary | None
    sent: tuple[Sent, ...]
    chooses: bool = False

    @property
    def ways(self) -> tuple[bool, ...]:
        """Which messages it takes: those that are asked (true), those that are published."""
        return tuple(asked for asked in (False, True) if self.delivery is not _OTHERS[asked])

    def takes_a(self, kind: MessageType, *, asked: bool) -> bool:
        """Whether a message of a class, sent in that way, comes to it."""
        return asked in self.ways and (kind in self.takes.types or ANY in self.takes.types)

    @property
    def answer(self) -> Location | None:
        """Where it gives something back to who has sent the message."""
        sites = self.summary.returns if self.summary is not None else ()
        return next((site.location for site in sites if site.value != NONE and site.location is not None), None)

    @property
    def only_confirms(self) -> bool:
        """Whether all that it gives back is written out in its code: that it has run, and nothing that it has made."""
        sites = self.summary.returns if self.summary is not None else ()
        return all(_is_written_out(site.value) for site in sites)


def _is_written_out(value: Value) -> bool:
    match value:
        case Const():
            return True
        case Object(arguments=given):
            return not given.open and all(map(_is_written_out, given))
        case _:
            return False


class Agent(Struct, frozen=True):
    """What takes the messages of one agent type; `open` where it may take others than its handlers do.

    `cls` is the class that was registered, whose decorators subscribe it, `made` an agent of it. `takes_note` is true
    where its code is told of messages that no handler takes.
    """

    handlers: tuple[MessageHandler, ...]
    cls: Class | None
    made: Value | None
    open: bool = False
    takes_note: bool = False

    @property
    def runs_tools(self) -> bool:
        """Whether it is the framework's own agent that runs tools."""
        return isinstance(self.made, Object) and self.made.path == TOOLS and self.made.cls is None

    @property
    def takes_all(self) -> tuple[MessageType, ...]:
        """The classes that its handlers take."""
        return tuple(dict.fromkeys(kind for handler in self.handlers for kind in handler.takes.types))

    def takes_a(self, kind: MessageType, *, asked: bool) -> bool:
        """Whether it has a handler for a message of a class that is sent in that way."""
        if self.runs_tools and kind == "FunctionCall":
            return True
        return self.handler_of(kind, asked=asked) is not None

    def handler_of(self, kind: MessageType, *, asked: bool) -> MessageHandler | None:
        """The first handler that takes a message of a class that is sent in that way."""
        return next((handler for handler in self.handlers if handler.takes_a(kind, asked=asked)), None)


def agent_of(interp: Interpreter, registration: Object) -> Agent:
    """The agent that a registration is for."""
    closure = registration.arguments.get("closure", 2)
    if registration.content.get("agent") is None and isinstance(closure, Function | Bound):
        return Agent(tuple(_closure(interp, closure)), None, None)
    cls = registration.receiver if isinstance(registration.receiver, Class) else None
    made = next((option for option in _made(interp, registration, cls) if isinstance(option, Object)), None)
    if made is None:
        return Agent((), cls, None, open=True)
    found = made.cls if isinstance(made.cls, Class) else None
    handlers = tuple(_handler(interp, function, made) for function in handlers_of(found)) if found is not None else ()
    takes_note = found is not None and found.find("on_unhandled_message") is not None
    agent = Agent(handlers, cls or found, made, found is None or _is_open(found), takes_note)
    return Agent((), cls, made) if agent.runs_tools else agent


def _made(interp: Interpreter, registration: Object, cls: Class | None) -> Iterator[Value]:
    """The agents that a factory may make; where it is not seen to make any, one of the class that is registered."""
    yield from alternatives(registration.content.get("agent"))
    if cls is not None:
        yield made_for_reading(interp, cls)


def _is_open(cls: Class) -> bool:
    """Whether a class takes messages in its own way, or inherits from what is not in the source."""
    unknown = any(isinstance(base, Unknown) for ancestor in cls.lineage() for base in ancestor.bases)
    foreign = any(path.startswith("autogen") and last_of(path) not in KNOWN for path in cls.libraries())
    return unknown or foreign or cls.find("on_message_impl") is not None or _has_unknown_marks(cls)


def _has_unknown_marks(cls: Class) -> bool:
    """Whether a method is decorated with something that cannot be told, and may be a handler."""
    methods = (value for ancestor in cls.lineage() for value in ancestor.content.values())
    marks = (mark for each in methods if isinstance(each, Function) for mark in each.unmodelled_decorators)
    return any(isinstance(mark, Unknown) for mark in marks)


KNOWN = frozenset(map(last_of, AGENTS))


def handlers_of(cls: Class) -> tuple[tuple[Function, Value], ...]:
    """The methods of a class that take messages, each with its mark, in the order in which the framework asks them."""
    seen: dict[str, Value] = {}
    for ancestor in cls.lineage():
        for name, value in ancestor.content.items():
            seen.setdefault(str(name), value)
    methods = [value for _, value in sorted(seen.items(), key=itemgetter(0)) if isinstance(value, Function)]
    return tuple((method, mark) for method in methods if (mark := mark_of(method)) is not None)


def mark_of(function: Function) -> Value | None:
    """The decorator that makes a method a handler of messages."""
    for mark in function.unmodelled_decorators:
        path = path_of(mark)
        if path.startswith(f"{CORE}.") and last_of(path) in set(Delivery):
            return mark
    return None


def _handler(interp: Interpreter, marked: tuple[Function, Value], made: Object) -> MessageHandler:
    function, mark = marked
    parameter = _parameter(function, "message", 1)
    summary = _read(interp, Bound(function, made), function, parameter)
    chooses = isinstance(mark, Object) and mark.arguments.get("match") not in (None, NONE)
    takes = kinds_in(parameter_type(interp, function, parameter))
    sent = tuple(sent_by(summary)) if summary is not None else ()
    return MessageHandler(function, takes, Delivery(last_of(path_of(mark))), summary, sent, chooses)


def _closure(interp: Interpreter, closure: Function | Bound) -> Iterator[MessageHandler]:
    """The function that an agent is made of: it takes its agent, a message, and a context."""
    function = closure if isinstance(closure, Function) else closure.function
    if isinstance(function, Function):
        parameter = _parameter(function, "message", 1 if isinstance(closure, Function) else 2)
        summary = _read(interp, closure, function, parameter)
        takes = kinds_in(parameter_type(interp, function, parameter))
        sent = tuple(sent_by(summary)) if summary is not None else ()
        yield MessageHandler(function, takes, Delivery.ALL, summary, sent)


def _parameter(function: Function, name: str, position: int) -> Parameter | None:
    """The parameter that takes the message: called so, or else the one at a position."""
    parameters = function.node.parameters
    named = next((each for each in parameters if each.name == name), None)
    return named or (parameters[position] if position < len(parameters) else None)


def _read(
    interp: Interpreter, callee: Function | Bound, function: Function, parameter: Parameter | None
) -> FunctionSummary | None:
    return summarize(interp, callee, None, function.location, taking=parameter.name if parameter is not None else None)
