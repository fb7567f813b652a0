"""What a repository serves to others: routes, tools, agents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.link.interfaces.addresses import address_of, route_of
from wflint.link.interfaces.forms import declared_form, is_optional, last_name
from wflint.link.interfaces.module import Code, Made, argument, keys_of, nodes_below
from wflint.link.interfaces.routers import Routers, server_row
from wflint.link.interfaces.rows import CARDS, VERBS
from wflint.link.interfaces.texts import HOLE, text_of
from wflint.link.records import Channel, Contract, FieldSummary, Provided
from wflint.source.code import Attribute, Call, Display, FunctionDef, Parameter, Return
from wflint.source.code.expressions import ExprT

_HANDED_IN: Final = frozenset({"Context", "Request", "Response", "BackgroundTasks", "WebSocket", "Session"})
"""Types of parameters that the library fills in."""
_DEPENDENCIES: Final = frozenset({"Depends", "Security"})
"""Defaults that the library puts there itself."""
_PARTS: Final = frozenset({"Body", "Form", "File"})
"""Defaults that make a parameter one part of what is sent."""


def served(code: Code, routers: Routers) -> Iterator[Provided]:
    """What a file serves, in order."""
    for function in code.functions:
        for decorator in function.decorators:
            yield from _served_by(decorator, function, code, routers)
    for call in code.calls():
        if code.dotted(call.func) in CARDS:
            yield from _card(call, code)


def _served_by(decorator: ExprT, function: FunctionDef, code: Code, routers: Routers) -> Iterator[Provided]:
    call = decorator if isinstance(decorator, Call) else None
    way = call.func if call is not None else decorator
    made = code.constructed_by(way.value) if isinstance(way, Attribute) else None
    row = server_row(made) if made is not None else None
    if made is None or row is None or not isinstance(way, Attribute):
        return
    if row.channel is Channel.MCP and way.name == "tool":
        yield _tool(call, made, function, code)
    elif row.channel is Channel.HTTP and call is not None:
        for route in _routes(call, made, code, routers):
            for method in _methods(call, way.name, code):
                place = code.place(function.name_at)
                yield Provided(Channel.HTTP, route, place, _contract(call, function, code), method=method)


def _tool(call: Call | None, made: Made, function: FunctionDef, code: Code) -> Provided:
    """A tool takes its function's parameters, and nothing else."""
    given = text_of(argument(call, "name", 0), code) if call is not None else None
    server = text_of(argument(made.call, "name", 0), made.code)
    taken = [one for one in function.parameters if last_name(one.annotation) not in _HANDED_IN]
    closed = all(one.kind in {"either", "keyword", "positional"} for one in taken)
    return Provided(
        Channel.MCP,
        given if given and HOLE not in given else function.name,
        code.place(function.name_at),
        Contract(tuple(_parameter(one) for one in taken), needs_open=not closed),
        hosts=(server,) if server and HOLE not in server else (),
    )


def _parameter(found: Parameter) -> FieldSummary:
    return FieldSummary(found.name, last_name(found.annotation) or None, found.default is None)


def _routes(call: Call, made: Made, code: Code, routers: Routers) -> Iterator[str]:
    """The routes of a function: one for each way that its router is taken in."""
    path = text_of(argument(call, "path", 0), code)
    path = text_of(argument(call, "rule"), code) if path is None else path
    if path is not None and HOLE not in path:
        yield from (route_of(f"{prefix}/{path}") for prefix in routers.prefixes(made))


def _methods(call: Call, way: str, code: Code) -> tuple[str, ...]:
    if way in VERBS:
        return (way.upper(),)
    listed = argument(call, "methods")
    if way not in {"route", "api_route"}:
        return ()
    if not isinstance(listed, Display):
        return ("GET",) if listed is None else ()
    return tuple(sorted({text.upper() for item in listed.items if (text := text_of(item, code))}))


def _contract(call: Call, function: FunctionDef, code: Code) -> Contract:
    """What the body of a request has to hold, and what the answer does, where declared forms say it."""
    taken = [one for one in function.parameters if _default_of(one) not in _DEPENDENCIES]
    bodies = [(one, form) for one in taken if (form := declared_form(one.annotation, code)) is not None]
    whole = len(bodies) == 1 and bodies[0][0].default is None
    closed = whole and not any(is_optional(one.annotation) or _default_of(one) in _PARTS for one in taken)
    answer = declared_form(argument(call, "response_model") or function.returns, code)
    offers = answer if answer is not None else _returned(function)
    return Contract(bodies[0][1] if closed else (), offers or (), not closed, offers is None)


def _default_of(parameter: Parameter) -> str:
    """The name of what is called for a parameter that is not given; empty where nothing is."""
    return last_name(parameter.default.func) if isinstance(parameter.default, Call) else ""


def _returned(function: FunctionDef) -> tuple[FieldSummary, ...] | None:
    """The keys of the dict that every `return` writes out; None where one of them does not."""
    found: set[str] | None = None
    for node in nodes_below(function.body):
        if isinstance(node, Return):
            keys = keys_of(node.value)
            if keys is None or keys[1]:
                return None
            found = set(keys[0]) | (found or set())
    return tuple(FieldSummary(name) for name in sorted(found)) if found is not None else None


def _card(call: Call, code: Code) -> Iterator[Provided]:
    """An agent's card says what it is called and where it is."""
    name, url = text_of(argument(call, "name"), code), text_of(argument(call, "url"), code)
    address = address_of(url) if url is not None else None
    if name and HOLE not in name:
        hosts = (address.host,) if address is not None and address.host else ()
        yield Provided(Channel.A2A, name, code.place(call.at), hosts=hosts)
