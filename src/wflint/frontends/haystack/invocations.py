"""Where a pipeline is run, and what each component is given there."""

from __future__ import annotations

from msgspec import Struct

from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Const, Mapping, Sequence, Text, Value, possibly_unbound
from wflint.frontends.haystack.pipeline import End
from wflint.frontends.haystack.table import BUILDING
from wflint.model.span import Span
from wflint.model.workflow import Invocation
from wflint.source.code import FunctionDef, Lambda


class Call(Struct, frozen=True):
    """A run with the inputs that it passes; `closed` where these are all.

    `strangers` are the names of no component that it passes inputs to, each with its place.
    """

    api_call: ApiCall
    passed: frozenset[End]
    closed: bool
    strangers: tuple[tuple[str, Span], ...] = ()

    def invocation(self) -> Invocation:
        """The call as the model knows it: the names of the inputs, whoever they are for."""
        keys = tuple(sorted({end.socket for end in self.passed if end.socket is not None}))
        return Invocation(keys, self.api_call.span, self.closed)


def calls_of(api_calls: list[ApiCall], components: frozenset[str]) -> tuple[Call, ...]:
    """The calls that run a pipeline of these components."""
    return tuple(_call(api_call, components) for api_call in api_calls)


def of_finished(calls: tuple[Call, ...], done: list[ApiCall]) -> tuple[Call, ...]:
    """The runs after which the same code does not go on to build: what others were given and gave is of a smaller one.

    `done` are the calls on the pipelines in order.
    """
    last = {_where(each): number for number, each in enumerate(done) if each.method in BUILDING}
    early = {id(each) for number, each in enumerate(done) if number < last.get(_where(each), 0)}
    return tuple(call for call in calls if id(call.api_call) not in early)


def _where(api_call: ApiCall) -> tuple[int, int]:
    """The pipeline of a call, and the function whose code makes it."""
    return id(api_call.subject), id(_around(api_call))


def _around(api_call: ApiCall) -> FunctionDef | Lambda | None:
    """The function whose code makes a call; None for a module's own."""
    function = api_call.stack[-1].function if api_call.stack else None
    return function.node if function is not None else None


def _call(api_call: ApiCall, components: frozenset[str]) -> Call:
    data = api_call.get("data", 0)
    if not isinstance(data, Mapping):
        return Call(api_call, frozenset(), closed=False)
    if any(_is_no_dict(value) for _, value in data.known()):
        return _flat(api_call, data)
    passed: set[End] = set()
    strangers: list[tuple[str, Span]] = []
    nested = all(isinstance(value, Mapping) for value in data.content.values())
    closed = data.closed and not api_call.arguments.open and api_call.shows(data)
    for key, value in data.known():
        if not isinstance(key, str) or possibly_unbound(value):
            closed = False
        elif isinstance(value, Mapping) and key in components:
            inner = {name for name, given in value.known() if isinstance(name, str)}
            passed |= {End(key, name) for name in inner}
            closed = closed and value.closed and not any(possibly_unbound(given) for _, given in value.known())
        elif key in components:
            closed = False
        elif nested and data.closed:
            strangers.append((key, data.locations.get(key, api_call.location).span))
        else:
            passed.add(End("", key))
    return Call(api_call, frozenset(passed), closed, tuple(strangers))


def _is_no_dict(value: Value) -> bool:
    return isinstance(value, Const | Text | Sequence)


def _flat(api_call: ApiCall, data: Mapping) -> Call:
    """Inputs by their own names: one value that is no dict makes the framework take all of them for that."""
    names = {key for key, _ in data.known() if isinstance(key, str)}
    closed = data.closed and not api_call.arguments.open and api_call.shows(data) and len(names) == len(data.content)
    closed = closed and not any(possibly_unbound(value) for _, value in data.known())
    return Call(api_call, frozenset(End("", name) for name in names), closed)
