"""How code makes a call again that failed: loops around a `try`, and decorators."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.statements.bindings import bound_names
from wflint.evaluate.values import Function, Location, Object, Value
from wflint.model.conduct import RetryScheme, Waiting
from wflint.model.patterns import pattern
from wflint.source import code
from wflint.source.walking import around, called_name, holds, nodes_in

Level = tuple[Function, Location]
"""A function, with the place in it that leads on to the call."""
STOPPING: Final = {
    "tenacity": ("stop",),
    "backoff": ("max_tries", "max_time"),
    "retrying": ("stop", "stop_max_attempt_number", "stop_max_delay"),
    "retry": ("tries",),
    "retry2": ("tries",),
}
"""Libraries whose decorators try for ever, unless they are given one of these arguments."""
WAITING: Final = {
    "tenacity": ("wait",),
    "retrying": ("wait", "wait_fixed", "wait_random_min", "wait_exponential_multiplier"),
    "retry": ("delay", "backoff"),
    "retry2": ("delay", "backoff"),
}
"""Those of them that do not wait in between, unless they are given one of these."""
NEVER: Final = ("stop_never",)
"""What says in so many words that nothing stops it."""
FIXED: Final = ("wait_fixed", "wait_none", "backoff.constant")


def levels_of(step: Function, call: LibraryCall) -> list[Level]:
    """The functions on the way to a call in a step's code, each with the place that leads on."""
    functions = [step, *(entered.function for entered in call.within)]
    places = [*(entered.location for entered in call.within), call.location]
    return list(zip(functions, places, strict=True))


def levels_around(api_call: ApiCall) -> list[Level]:
    """The functions around a call that a front end follows, outermost first, each with the place that leads to it."""
    frames = [frame for frame in api_call.stack if frame.function is not None]
    places = [*(frame.caller for frame in frames[1:]), api_call.location]
    return [(f.function, place) for f, place in zip(frames, places, strict=False) if f.function and place]


def retry_schemes(levels: Sequence[Level]) -> Iterator[RetryScheme]:
    """What makes a call again, outermost first; `levels` are the functions on the way to it."""
    for function, location in levels:
        yield from _decorated(function)
        if location.module is function.module and isinstance(function.node, code.FunctionDef):
            yield from _loops(function.node.body, location)


# -------------------------------------------------------------------------------------------------- decorators


def _decorated(function: Function) -> Iterator[RetryScheme]:
    for mark in function.unmodelled_decorators:
        root = path_of(mark).partition(".")[0]
        if root in STOPPING:
            span = function.location.span
            endless = not _is_stopped(mark, STOPPING[root])
            yield RetryScheme(f'the decorator of "{function.name}"', span, endless, _wait(mark, root))


def _is_stopped(mark: Value, names: tuple[str, ...]) -> bool:
    """Whether an argument stops it; where more than these are given, it may be among them."""
    if not isinstance(mark, Object) or mark.arguments.open:
        return isinstance(mark, Object)
    given = (mark.arguments.get(name) for name in names)
    return any(value is not None and not path_of(value).endswith(NEVER) for value in given)


def _is_given(mark: Value, names: tuple[str, ...]) -> bool:
    if not isinstance(mark, Object):
        return False
    return mark.arguments.open or any(mark.arguments.get(name) is not None for name in names)


def _wait(mark: Value, root: str) -> Waiting:
    if root == "backoff":
        given = mark.arguments.get("wait_gen", 0) if isinstance(mark, Object) else None
        return Waiting.FIXED if given is not None and path_of(given).endswith(FIXED) else Waiting.GROWING
    if not _is_given(mark, WAITING[root]):
        return Waiting.NONE
    assert isinstance(mark, Object)
    given = next((found for name in WAITING[root] if (found := mark.arguments.get(name)) is not None), None)
    if given is None:
        return Waiting.UNKNOWN
    return Waiting.FIXED if path_of(given).endswith(FIXED) else Waiting.GROWING


# ------------------------------------------------------------------------------------------------------- loops


def _loops(body: tuple[code.StmtT, ...], location: Location) -> Iterator[RetryScheme]:
    for node in around(body, location.at):
        if isinstance(node, code.While | code.For) and _holds(node.body, location):
            endless = isinstance(node, code.While) and _is_true(node.test)
            if endless or _is_range(node):
                yield from _tries(node, location, endless=endless)


def _tries(loop: code.While | code.For, location: Location, *, endless: bool) -> Iterator[RetryScheme]:
    """The loop, where a `try` in it holds the call, ends it on success, and goes round again on failure.

    A loop that something ends before the call is made goes on for more than a call that failed.
    """
    for number, statement in enumerate(loop.body):
        if not isinstance(statement, code.Try) or not _holds(statement.body, location):
            continue
        after = loop.body[number + 1 :]
        ways_out = list(_ways_out((*loop.body[:number], *statement.body, *statement.orelse, *after)))
        if not ways_out or any(at[1] <= location.at[0] for at in ways_out):
            continue
        for handler in statement.handlers:
            if not _takes_failures(handler):
                continue
            goes_round = not _leaves(handler.body) and (_continues(handler) or not _leaves(after))
            if goes_round and not _leaves(statement.final):
                slept = (*handler.body, *statement.final, *(() if _continues(handler) else after))
                wait = _slept(slept, (*bound_names((loop,)), *_set_in(loop)))
                yield RetryScheme("this loop", Location(location.module, loop.at).span, endless, wait)
                return


def _holds(body: Sequence[code.StmtT], location: Location) -> bool:
    return any(holds(one.at, location.at) for one in body)


def _leaves(body: Sequence[code.StmtT]) -> bool:
    """Whether some way through the statements leaves the loop."""
    return any(True for _ in _ways_out(body))


def _ways_out(body: Sequence[code.StmtT]) -> Iterator[code.TextRange]:
    """Where the statements leave the loop."""
    for node in nodes_in(body):
        match node:
            case code.Return() | code.Raise() | code.BreakOrContinue(kind="break"):
                yield node.at
            case code.Call() if called_name(node) in EXITING:
                yield node.at
            case _:
                pass


EXITING: Final = frozenset({"exit", "_exit", "abort", "fail", "cancel", "raise_for_status"})


FAILURES: Final = pattern(
    r"(?i)(?:base)?exception|error|.*(?:rate_?limit|time_?out|api|connect|http|request|service|server|throttl|overload"
    r"|unavailable|transient|network|client|retry|quota).*"
)
"""Names of exceptions that a service that fails comes with."""


def _takes_failures(handler: code.ExceptHandler) -> bool:
    """Whether a handler takes what a failed service raises, rather than what is wrong with an answer."""
    names = [node for node in nodes_in([handler.kind] if handler.kind else []) if isinstance(node, code.Name)]
    dotted = [node for node in nodes_in([handler.kind] if handler.kind else []) if isinstance(node, code.Attribute)]
    named = [*(node.name for node in dotted), *(node.id for node in names)]
    return handler.kind is None or any(FAILURES.fullmatch(name) for name in named)


def _continues(handler: code.ExceptHandler) -> bool:
    last = handler.body[-1] if handler.body else None
    return isinstance(last, code.BreakOrContinue) and last.kind == "continue"


def _slept(body: Sequence[code.StmtT], changing: Collection[str]) -> Waiting:
    """How long the code waits; `changing` are the names that the loop binds, round by round."""
    calls = [node for node in nodes_in(body) if isinstance(node, code.Call) and "sleep" in called_name(node)]
    if not calls:
        others = any(isinstance(node, code.Call) and "wait" in called_name(node) for node in nodes_in(body))
        return Waiting.UNKNOWN if others else Waiting.NONE
    fixed = all(call.args and _is_steady(call.args[0], changing) for call in calls)
    return Waiting.FIXED if fixed else Waiting.UNKNOWN


def _set_in(loop: code.While | code.For) -> Iterator[str]:
    """The attributes that the loop sets, of whatever object, each after a dot."""
    for node in nodes_in(loop.body):
        match node:
            case code.Assign(targets=targets):
                yield from (f".{each.name}" for each in nodes_in(targets) if isinstance(each, code.Attribute))
            case code.AugAssign(target=code.Attribute(name=name)) | code.AnnAssign(target=code.Attribute(name=name)):
                yield f".{name}"
            case _:
                pass


def _is_steady(pause: code.ExprT, changing: Collection[str]) -> bool:
    """Whether a pause is the same in each round: made of numbers, and of names that the loop leaves as they are."""
    match pause:
        case code.Constant():
            return True
        case code.Name(id=name):
            return name not in changing
        case code.Attribute(value=code.Name(id=owner), name=name):
            return owner not in changing and f".{name}" not in changing
        case code.Binary(left=left, right=right):
            return _is_steady(left, changing) and _is_steady(right, changing)
        case _:
            return False


def _is_true(test: code.ExprT) -> bool:
    return isinstance(test, code.Constant) and bool(test.value)


def _is_range(loop: code.While | code.For) -> bool:
    match loop:
        case code.For(iterable=code.Call(func=code.Name(id="range"))):
            return True
        case _:
            return False
