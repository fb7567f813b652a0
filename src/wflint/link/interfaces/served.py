"""What a repository serves to others: routes, tools, agents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.link.interfaces.addresses import address_of, route_of
from wflint.link.interfaces.forms import Forms, is_optional, last_name
from wflint.link.interfaces.module import HOLE, Code, argument, keys_of, nodes_below
from wflint.link.interfaces.rows import CARDS, SERVERS, VERBS, Server
from wflint.link.records import Channel, Contract, FieldSummary, Provided
from wflint.source.code import Attribute, Call, Display, FunctionDef, Parameter, Return
from wflint.source.code.expressions import ExprT

_BY_CONSTRUCTOR: Final = {row.constructor: row for row in SERVERS}
_HANDED_IN: Final = frozenset({"Context", "Request", "Response", "BackgroundTasks", "WebSocket", "Session"})
"""Types of parameters that the library fills in."""


def served(code: Code, forms: Forms) -> Iterator[Provided]:
    """What a file serves, in order."""
    for function in code.functions:
        for decorator in function.decorators:
            yield from _served_by(decorator, function, code, forms)
    for call in code.calls():
        if code.dotted(call.func) in CARDS:
            yield from _card(call, code)


def _served_by(decorator: ExprT, function: FunctionDef, code: Code, forms: Forms) -> Iterator[Provided]:
    call = decorator if isinstance(decorator, Call) else None
    way = call.func if call is not None else decorator
    if not isinstance(way, Attribute):
        return
    made = code.constructed_by(way.value)
    row = _BY_CONSTRUCTOR.get(code.dotted(made.func)) if made is not None else None
    if made is None or row is None:
        return
    if row.channel is Channel.MCP and way.name == "tool":
        yield _tool(call, made, function, code)
    elif row.channel is Channel.HTTP and call is not None:
        yield from _routes(call, way.name, made, row, function, code, forms)


def _tool(call: Call | None, made: Call, function: FunctionDef, code: Code) -> Provided:
    """A tool takes its function's parameters, and nothing else."""
    given = code.text(argument(call, "name", 0)) if call is not None else None
    server = code.text(argument(made, "name", 0))
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


def _routes(
    call: Call, way: str, made: Call, row: Server, function: FunctionDef, code: Code, forms: Forms
) -> Iterator[Provided]:
    path = code.text(argument(call, "path", 0))
    prefix = code.text(argument(made, row.prefix)) if row.prefix else ""
    if path is None or HOLE in path or HOLE in (prefix or ""):
        return
    route = route_of(f"{prefix or ''}/{path}")
    for method in _methods(call, way, code):
        yield Provided(
            Channel.HTTP, route, code.place(function.name_at), _contract(call, function, forms), method=method
        )


def _methods(call: Call, way: str, code: Code) -> tuple[str, ...]:
    if way in VERBS:
        return (way.upper(),)
    listed = argument(call, "methods")
    if way not in {"route", "api_route"}:
        return ()
    if not isinstance(listed, Display):
        return ("GET",) if listed is None else ()
    return tuple(sorted({text.upper() for item in listed.items if (text := code.text(item))}))


def _contract(call: Call, function: FunctionDef, forms: Forms) -> Contract:
    """What the body of a request has to hold, and what the answer does, where declared forms say it."""
    bodies = [forms[name] for one in function.parameters if (name := last_name(one.annotation)) in forms]
    optional = any(is_optional(one.annotation) for one in function.parameters)
    needs = bodies[0] if len(bodies) == 1 and not optional else ()
    answer = forms.get(last_name(argument(call, "response_model") or function.returns))
    offers = answer if answer is not None else _returned(function)
    return Contract(needs, offers or (), len(bodies) != 1 or optional, offers is None)


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
    name, url = code.text(argument(call, "name")), code.text(argument(call, "url"))
    address = address_of(url) if url is not None else None
    if name and HOLE not in name:
        hosts = (address.host,) if address is not None and address.host else ()
        yield Provided(Channel.A2A, name, code.place(call.at), hosts=hosts)
