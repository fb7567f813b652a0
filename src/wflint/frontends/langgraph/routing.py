"""Where control goes next: routers of conditional edges, and gotos in the code of steps."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.assembly.routes import Chosen, Routes, Sending, Target, label_of
from wflint.evaluate.events import inputs
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, literals, name_of
from wflint.evaluate.values import (
    NONE,
    Generic,
    Location,
    Object,
    RepeatedElement,
    Sequence,
    Value,
    alternatives,
    bound_part,
)
from wflint.frontends.langgraph.table import COMMAND, SEND
from wflint.source import code

SENDING = Sending(SEND, "node", "arg")


def routes_of(
    interp: Interpreter, router: Value, state: Value | None, attached: Location
) -> tuple[Routes, FunctionSummary | None]:
    """What a router can return, through its helpers; unknown where it is not code of the source."""
    routes = Routes(SENDING)
    summary = summarize(interp, router, state, attached)
    if summary is None:
        return routes, None
    for site in summary.returns:
        location = site.location or summary.location
        assumes = tuple(
            sorted(
                {s.access_path[0] for s in inputs(site.narrowing) if s.root is summary.root and len(s.access_path) == 1}
            )
        )
        if site.value != NONE:
            routes.collect(interp, Chosen(site.value, location, site.certain, assumes))
        elif site.location is not None or not _tells_classes_apart(summary.function.node.body):
            routes.none = site.location or summary.location
    routes.declared = declared_labels(interp, summary.returns_type)
    routes.sticks_to_declared = is_literal(summary.returns_type)
    if not summary.complete:
        routes.unknown.append(summary.location)
    return routes, summary


def _tells_classes_apart(body: object) -> bool:
    """Whether code ends with a choice between several classes of one value: its author lists all that it may be of."""
    last = body[-1] if isinstance(body, tuple) and body else None
    tested: list[object] = []
    while isinstance(last, code.If):
        match last.test:
            case code.Call(func=code.Name(id="isinstance"), args=(code.Name(id=subject), _)):
                tested.append(subject)
            case _:
                return False
        last = last.orelse[0] if len(last.orelse) == 1 else None
    return len(tested) > 1 and len(set(tested)) == 1


def declared_labels(interp: Interpreter, type_: Value | None) -> tuple[str, ...] | None:
    """The labels of a `Literal` return annotation (alone, in a list, or beside `Send`); None without one."""
    labels: list[str] = []
    for part in _alternatives(type_):
        labels += [label for value in literals(interp, part) if (label := label_of(value)) is not None]
    return tuple(dict.fromkeys(labels)) or None


def is_literal(type_: Value | None) -> bool:
    """Whether a type is `Literal[...]` by itself, in no list and no union."""
    return isinstance(type_, Generic) and name_of(type_.base) == "Literal"


def _alternatives(type_: Value | None) -> Iterator[Value]:
    inner = bare(type_)
    match inner:
        case Generic(base=base, arguments=arguments) if name_of(base) in ("Union", "Optional"):
            for argument in arguments:
                yield from _alternatives(argument)
        case Generic(base=base, arguments=(element, *_)) if name_of(base) in ("list", "List", "Sequence"):
            yield from _alternatives(element)
        case None:
            return
        case _:
            yield inner


def declared_gotos(interp: Interpreter, type_: Value | None) -> tuple[str, ...] | None:
    """The targets of a `Command[Literal[...]]` return annotation; None without one."""
    labels: list[str] = []
    for part in _alternatives(type_):
        if isinstance(part, Generic) and name_of(part.base) == "Command":
            for argument in part.arguments:
                labels += declared_labels(interp, argument) or ()
    return tuple(dict.fromkeys(labels)) or None


def commands_in(value: Value) -> Iterator[Object]:
    """The `Command`s among the alternatives of a returned value, in lists too."""
    for option in alternatives(value):
        inner = bound_part(option)
        if isinstance(inner, Object) and inner.path == COMMAND:
            yield inner
        elif isinstance(inner, Sequence):
            for item in inner.content:
                yield from commands_in(item.value if isinstance(item, RepeatedElement) else item)


def sends_in(value: Value) -> Iterator[Object]:
    """The payloads for workers that a step may return by themselves; a list of them is none."""
    for option in map(bound_part, alternatives(value)):
        if isinstance(option, Object) and option.path == SEND:
            yield option


def is_parent(command: Object) -> bool:
    """Whether a `Command` speaks to the graph around this one, and never to its own."""
    graph = command.arguments.get("graph")
    return graph is not None and graph != NONE and not may_be_parent(command)


def may_be_parent(command: Object) -> bool:
    """Whether a `Command` speaks to either: some code sets its `graph` on some ways only."""
    graph = command.arguments.get("graph")
    return graph is not None and len({option == NONE for option in alternatives(graph)}) > 1


def gotos_of(interp: Interpreter, summary: FunctionSummary) -> tuple[Routes, list[Target]]:
    """Where the code of a step sends control itself, and where in the graph around it."""
    routes, above = Routes(SENDING), Routes(SENDING)
    routes.declared = declared_gotos(interp, summary.returns_type)
    for site in summary.returns:
        commands, sent = list(commands_in(site.value)), list(sends_in(site.value))
        for send in sent:
            routes.collect(interp, Chosen(send, send.location or site.location or summary.location, site.certain))
        if not commands and len(sent) < len(alternatives(site.value)):
            routes.none = site.location or summary.location
        for command in commands:
            goto = command.arguments.get("goto", 0 if not command.arguments.positional else None)
            if goto is None:
                routes.none = command.location or site.location or summary.location
                continue
            location = command.location or site.location or summary.location
            for where in (above,) if is_parent(command) else (routes, above) if may_be_parent(command) else (routes,):
                known = len(where.targets)
                where.collect(interp, Chosen(goto, location, site.certain))
                if may_be_parent(command):
                    where.targets[known:] = [replace(target, either=True) for target in where.targets[known:]]
    return routes, above.targets
