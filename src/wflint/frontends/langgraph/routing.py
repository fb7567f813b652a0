"""Where control goes next: routers of conditional edges, and gotos in the code of steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, literals, name_of
from wflint.evaluate.values import (
    NONE,
    Const,
    Generic,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Value,
    alternatives,
    bound_part,
    possibly_unbound,
    text_of,
)
from wflint.frontends.langgraph.table import COMMAND, SEND
from wflint.model.contract import Payload


@dataclass(frozen=True, slots=True)
class Target:
    """A name that control may go to.

    `payload` is what is sent there in place of the state; `many` where it may be sent there several times at once.
    """

    label: str
    location: Location
    certain: bool
    sends: bool = False
    many: bool = False
    payload: Payload | None = None
    assumes: tuple[str, ...] = ()


@dataclass(slots=True)
class Routes:
    """What a router or a goto can choose; `unknown` is the place of a choice that cannot be read.

    `sets` are the labels that are chosen at once, a set for each value that may be returned.
    """

    targets: list[Target] = field(default_factory=list)
    unknown: list[Location] = field(default_factory=list)
    several: bool = False
    sets: list[tuple[str, ...]] = field(default_factory=list)
    none: Location | None = None
    declared: tuple[str, ...] | None = None

    def labels(self) -> list[str]:
        """The labels, each once, in order."""
        return list(dict.fromkeys(target.label for target in self.targets))

    def together(self) -> tuple[tuple[str, ...], ...] | None:
        """What is chosen at once, where every value that may be returned can be read."""
        return tuple(dict.fromkeys(self.sets)) if self.several and not self.unknown else None


def label_of(value: Value) -> str | None:
    """The label a value stands for: a text, or a boolean or number as Python would print it."""
    text = text_of(value)
    if text is not None:
        return text
    if isinstance(value, Const) and isinstance(value.value, bool | int):
        return str(value.value)
    return None


def routes_of(
    interp: Interpreter, router: Value, state: Value | None, attached: Location
) -> tuple[Routes, FunctionSummary | None]:
    """What a router can return, through its helpers; unknown where it is not code of the source."""
    routes = Routes()
    summary = summarize(interp, router, state, attached)
    if summary is None:
        return routes, None
    for site in summary.returns:
        location = site.location or summary.location
        assumes = tuple(
            sorted({s.access_path[0] for s in site.narrowing if s.root is summary.root and len(s.access_path) == 1})
        )
        if site.value == NONE:
            routes.none = site.location or summary.location
        else:
            collect(interp, routes, site.value, location, site.certain, assumes)
    routes.declared = declared_labels(interp, summary.returns_type)
    if not summary.complete:
        routes.unknown.append(summary.location)
    return routes, summary


def collect(
    interp: Interpreter,
    routes: Routes,
    value: Value,
    location: Location,
    certain: bool,  # noqa: FBT001 - a fact about the value, not a switch
    assumes: tuple[str, ...] = (),
    *,
    many: bool = False,
) -> None:
    """Add what one returned or given value stands for."""
    for option in interp.possibilities(value):
        match option:
            case Sequence(content=items):
                before, sets = len(routes.targets), len(routes.sets)
                routes.several = (
                    routes.several or len(items) > 1 or any(isinstance(item, RepeatedElement) for item in items)
                )
                for item in items:
                    inner = item.value if isinstance(item, RepeatedElement) else bound_part(item)
                    sure = certain and not isinstance(item, RepeatedElement) and not possibly_unbound(item)
                    if inner is not None:
                        collect(interp, routes, inner, location, sure, assumes, many=isinstance(item, RepeatedElement))
                labels = tuple(dict.fromkeys(target.label for target in routes.targets[before:]))
                del routes.sets[sets:]
                whole = len(items) == len(labels) and not any(
                    isinstance(i, RepeatedElement) or possibly_unbound(i) for i in items
                )
                routes.sets += [labels, *(() if whole else ((label,) for label in labels))]
            case Object(path=path) if path == SEND:
                before = len(routes.targets)
                _send(interp, routes, option, certain=certain, many=many)
                routes.sets += [(target.label,) for target in routes.targets[before:]]
            case _ if (label := label_of(option)) is not None:
                routes.targets.append(Target(label, location, certain, assumes=assumes))
                routes.sets.append((label,))
            case _ if option == NONE:
                pass
            case _:
                routes.unknown.append(location)


def _send(interp: Interpreter, routes: Routes, send: Object, *, certain: bool, many: bool) -> None:
    location = send.location
    assert location is not None
    node = send.arguments.get("node", 0)
    payload = _payload(send.arguments.get("arg", 1), location)
    for option in interp.possibilities(node) if node is not None else ():
        label = label_of(option)
        if label is None:
            routes.unknown.append(location)
        else:
            routes.targets.append(Target(label, location, certain, sends=True, many=many, payload=payload))


def _payload(value: Value | None, location: Location) -> Payload:
    keys: set[str] | None = None
    closed = value is not None
    for option in alternatives(value):
        if isinstance(option, Mapping):
            named = {key for key, inner in option.known() if isinstance(key, str) and not possibly_unbound(inner)}
            keys = named if keys is None else keys & named
            closed = closed and option.closed
        else:
            closed = False
    return Payload(tuple(sorted(keys or ())), location.span, closed)


def declared_labels(interp: Interpreter, type_: Value | None) -> tuple[str, ...] | None:
    """The labels of a `Literal` return annotation (alone, in a list, or beside `Send`); None without one."""
    labels: list[str] = []
    for part in _alternatives(type_):
        labels += [label for value in literals(interp, part) if (label := label_of(value)) is not None]
    return tuple(dict.fromkeys(labels)) or None


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


def is_parent(command: Object) -> bool:
    """Whether a `Command` speaks to the graph around this one."""
    graph = command.arguments.get("graph")
    return graph is not None and graph != NONE


def gotos_of(interp: Interpreter, summary: FunctionSummary) -> tuple[Routes, list[Target]]:
    """Where the code of a step sends control itself, and where in the graph around it."""
    routes, above = Routes(), Routes()
    routes.declared = declared_gotos(interp, summary.returns_type)
    for site in summary.returns:
        commands = list(commands_in(site.value))
        if not commands:
            routes.none = site.location or summary.location
        for command in commands:
            goto = command.arguments.get("goto", 0 if not command.arguments.positional else None)
            if goto is None:
                routes.none = command.location or site.location or summary.location
                continue
            location = command.location or site.location or summary.location
            collect(interp, above if is_parent(command) else routes, goto, location, site.certain)
    return routes, above.targets
