"""Where a graph is run, and what it is given there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.chains.going_on import goes_on
from wflint.assembly.invocations import passing, tried_again
from wflint.assembly.result_uses import CallerUses, UsedFields
from wflint.assembly.sequences import is_empty
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on, untracked_in
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import NONE, Const, Mapping, Object, Sequence, Value, alternatives
from wflint.frontends.langgraph.keeping import is_kept
from wflint.frontends.langgraph.table import COMMAND, RUNNING, UPDATING
from wflint.model.workflow import Invocation

CONFIGURING = ("with_config",)
LIMIT = "recursion_limit"
CHOOSING = ("output_keys", "stream_mode")
"""Arguments by which a run gives back something else than the output of the graph."""
ANSWERING = (".invoke", ".ainvoke")
"""Ways to run a graph that give back its last state."""


def invocations_of(api_calls: list[ApiCall], compiled: list[Object], caller_uses: CallerUses) -> tuple[Invocation, ...]:
    """The `events` that start one of the compiled graphs afresh; resuming one is not a start.

    What callers write into the state while a graph waits counts as given from the start: no step will miss it.
    """
    kept = any(is_kept(graph) for graph in compiled)
    found: dict[object, Invocation] = {}
    for api_call in _calls(api_calls, RUNNING):
        config = api_call.get("config", 1)
        limit = _limit(config)
        for invocation in _given(api_call, api_call.get("input", 0) or NONE, limit):
            taken = (
                caller_uses.uses_of_result(api_call.location)
                if api_call.path.endswith(ANSWERING) and not kept and not any(map(api_call.get, CHOOSING))
                else UsedFields()
            )
            bounded = _may_bound(config)
            whole = replace(
                invocation,
                takes=taken.fields,
                takes_all_shown=taken.is_all,
                limits_concurrency=bounded,
                begun_anew=_begun_anew(api_call.get("input", 0), config) if kept else (),
                goes_on=kept and goes_on(api_call, thread_of(config)),
            )
            found.setdefault((invocation.span, invocation.keys), whole)
    written = [
        update
        for api_call in _calls(api_calls, UPDATING)
        for update in _given(api_call, api_call.get("values", 1) or NONE, None)
    ]
    return tuple(_with(invocation, written) for invocation in found.values())


def _calls(api_calls: list[ApiCall], methods: tuple[str, ...]) -> Iterator[ApiCall]:
    return (api_call for api_call in api_calls if api_call.method in methods)


def _with(invocation: Invocation, updates: list[Invocation]) -> Invocation:
    keys = {*invocation.keys, *(key for update in updates for key in update.keys)}
    closed = invocation.closed and all(update.closed for update in updates)
    filled = {key for update in updates for key in update.keys}
    empty = tuple(key for key in invocation.empty if key not in filled)
    return replace(invocation, keys=tuple(sorted(keys)), closed=closed, empty=empty)


def _given(api_call: ApiCall, given: Value, limit: int | None) -> Iterator[Invocation]:
    found = (_invocation(api_call, option, limit) for option in alternatives(given))
    yield from (invocation for invocation in found if invocation is not None)


def _invocation(api_call: ApiCall, given: Value, limit: int | None) -> Invocation | None:
    match given:
        case Const(value=None):
            return None
        case Object(path=path) if path == COMMAND:
            return None
        case Object(cls=Class() as cls, arguments=arguments) if cls.declared():
            named = tuple(sorted(name for name, _ in arguments.keywords))
            whole = not arguments.open and not arguments.positional
            return Invocation(named, api_call.span, whole, limit, retry_schemes=tried_again(api_call))
        case Mapping():
            return replace(passing(api_call, given, limit), empty=_empty(given))
        case _:
            return passing(api_call, given, limit)


def _empty(given: Mapping) -> tuple[str, ...]:
    """The fields that are given a list without anything in it."""
    return tuple(str(key) for key, value in given.known() if is_empty(value))


def _begun_anew(given: Value | None, config: Value | None) -> tuple[str, ...]:
    """The fields that are given lists whose every item is written here, in a thread that is not made for this run."""
    thread = thread_of(config)
    if thread is None or not isinstance(given, Mapping) or untracked_in(depends_on(thread)):
        return ()
    lists = ((key, value) for key, value in given.known() if isinstance(value, Sequence) and value.closed)
    return tuple(str(key) for key, value in lists if value.content)


def thread_of(config: Value | None) -> Value | None:
    """What a configuration names the thread."""
    inner = config.content.get("configurable") if isinstance(config, Mapping) else None
    return inner.content.get("thread_id") if isinstance(inner, Mapping) else None


def _may_bound(config: Value | None) -> bool:
    """Whether a configuration bounds how many steps run at a time, as far as it is known."""
    match config:
        case None | Const(value=None):
            return False
        case Mapping() if config.closed:
            return "max_concurrency" in config.content
        case _:
            return True


def configured_limit(api_calls: list[ApiCall]) -> Value | None:
    """The limit of supersteps that a graph itself is configured with; None where it is not, or not for sure."""
    configured = [call for call in _calls(api_calls, CONFIGURING) if call.certain]
    said = [call.get(LIMIT) or _entry(call.get("config", 0)) for call in configured]
    return next((limit for limit in reversed(said) if limit is not None), None)


def _limit(config: Value | None) -> int | None:
    limit = _entry(config)
    return limit.value if isinstance(limit, Const) and isinstance(limit.value, int) else None


def _entry(config: Value | None) -> Value | None:
    return config.content.get(LIMIT) if isinstance(config, Mapping) else None
