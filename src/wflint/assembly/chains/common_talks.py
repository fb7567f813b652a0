"""Runs for one caller after the other that all keep what is said in one place, made when the module is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.retry_schemes import levels_around
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import NONE, Function, Object, Value, last_of, text_of
from wflint.model.code_runs import CommonTalk
from wflint.model.patterns import pattern
from wflint.model.span import Span
from wflint.source.code import FunctionDef

SERVING: Final = frozenset(
    {
        "post", "get", "put", "patch", "route", "api_route", "websocket", "websocket_route", "on_message", "on_event",
        "message", "message_handler", "callback_query_handler", "event", "app_mention",
    }
)  # fmt: skip
"""Decorators of functions that servers call for whoever asks."""
CALLER: Final = pattern(
    r"(?i)(?:.*_)?(?:user|customer|client|caller|session|thread|chat|conversation|tenant|member|guest|patient|account"
    r"|visitor|sender|channel)(?:_?(?:id|name|key|email|phone|no|number))?"
)
"""Names of parameters that say for whom a function works."""


def common_talks(runs: Iterable[tuple[Run, Sequence[str]]]) -> tuple[CommonTalk, ...]:
    """The runs that keep what is said in one place although they are made for different callers; each once."""
    found = (talk for run, names in runs for talk in _talks(run, tuple(names)))
    return tuple(dict.fromkeys(found))


def _talks(run: Run, names: tuple[str, ...]) -> Iterator[CommonTalk]:
    kept, levels = run.answer.kept_in, levels_around(run.api_call)
    made = _made_once(kept) or _named_once(kept)
    if made is None and text_of(kept or NONE) is None:
        return
    if levels and serves(run.api_call):
        yield CommonTalk(names, levels[0][0].name, run.api_call.span, made)


def _made_once(kept: Value | None) -> Span | None:
    """Where what keeps a conversation is made, where that is when its module is loaded."""
    once = isinstance(kept, Object) and kept.location is not None and kept.created_in is None and not kept.context
    return kept.site.span if isinstance(kept, Object) and once else None


def _named_once(kept: Value | None) -> Span | None:
    """Where what keeps a conversation in a file is made under a name that is written there, the same for everybody."""
    if not isinstance(kept, Object) or kept.arguments.open:
        return None
    name, file = text_of(kept.arguments.get("session_id", 0) or NONE), kept.arguments.get("db_path", 1)
    lasting = file is not None and text_of(file) not in (None, ":memory:")
    return kept.site.span if name is not None and lasting else None


def serves(api_call: ApiCall) -> bool:
    """Whether a call is made for one caller after the other: the outermost function on the way is one that serves."""
    outer = next((frame for frame in api_call.stack if frame.function is not None), None)
    function = outer.function if outer is not None else None
    uncalled = outer is not None and function is not None and outer.caller == function.location
    return uncalled and function is not None and _serves(function)


def _serves(function: Function) -> bool:
    decorated = any(last_of(path_of(mark)) in SERVING for mark in function.unmodelled_decorators)
    node = function.node
    named = isinstance(node, FunctionDef) and any(CALLER.fullmatch(each.name) for each in node.parameters)
    return decorated or named
