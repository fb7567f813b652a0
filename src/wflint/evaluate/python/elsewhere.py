"""Functions that are run elsewhere: in another thread or process, in a context of their own, on an event loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.python import iterators
from wflint.evaluate.values import Arguments, Const, Location, Mapping, Object, Sequence, Unknown, Value, bound_part

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

FUTURE: Final = "concurrent.futures.Future"
HELD: Final = "what its call gives"
"""Where a future keeps that: no name of an attribute."""

Method = Callable[["Interpreter", Object, Arguments, Location], "Value | None"]


def _run(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """Call the first argument with all others."""
    if not arguments.positional:
        return Unknown("what runs elsewhere", location, depends_on(*arguments))
    return interp.call(arguments.positional[0], arguments.without(1), location)


def _run_plainly(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """The same where arguments by name say how to run it."""
    return _run(interp, Arguments(arguments.positional, open=arguments.open, tail=arguments.tail), location)


def _future(interp: Interpreter, value: Value, location: Location) -> Object:
    made = interp.object_of(FUTURE, Arguments(), location)
    made.content[HELD] = value
    return made


def _scheduled(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`run_coroutine_threadsafe(coroutine, loop)`."""
    return _future(interp, arguments.get("coro", 0) or Unknown("a coroutine", location), location)


def _thread(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`Thread(target=f, args=(...), kwargs={...})`: as if it was started at once."""
    target = arguments.get("target", 1)
    if target is not None:
        interp.call(target, _spread(arguments.get("args", 3), arguments.get("kwargs", 4)), location)
    return interp.object_of("threading.Thread", arguments, location)


def _spread(args: Value | None, named: Value | None) -> Arguments:
    """The arguments in a tuple and a dict; open where they are not all known."""
    items = args.content if isinstance(args, Sequence) else ()
    entries = named.content if isinstance(named, Mapping) else {}
    positional = tuple(found for item in items if (found := bound_part(item)) is not None)
    keywords = tuple(
        (key, found) for key, value in entries.items() if isinstance(key, str) and (found := bound_part(value))
    )
    known = all(each is None or isinstance(each, Sequence | Mapping | Const) for each in (args, named))
    return Arguments(positional, keywords, open=not known)


def _itself(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`sync_to_async(f)`: calling it is calling the function; `as_completed(fs)`: the same ones, in another order."""
    return arguments.positional[0] if arguments.positional else Unknown("nothing", location)


FUNCTIONS: dict[str, Callable[[Interpreter, Arguments, Location], Value]] = {
    "asyncio.to_thread": _run,
    "asyncio.run_coroutine_threadsafe": _scheduled,
    "anyio.to_thread.run_sync": _run_plainly,
    "starlette.concurrency.run_in_threadpool": _run,
    "fastapi.concurrency.run_in_threadpool": _run,
    "asgiref.sync.sync_to_async": _itself,
    "asgiref.sync.async_to_sync": _itself,
    "concurrent.futures.as_completed": _itself,
    "asyncio.as_completed": _itself,
    "threading.Thread": _thread,
}


def _submit(interp: Interpreter, _pool: Object, arguments: Arguments, location: Location) -> Value:
    return _future(interp, _run(interp, arguments, location), location)


def _map(interp: Interpreter, _pool: Object, arguments: Arguments, location: Location) -> Value:
    named = tuple(each for each in arguments.keywords if each[0] not in ("timeout", "chunksize", "buffersize"))
    return iterators.mapped(interp, Arguments(arguments.positional, named, arguments.open, arguments.tail), location)


def _result(_interp: Interpreter, future: Object, _arguments: Arguments, _place: Location) -> Value | None:
    held = future.content.get(HELD)
    return bound_part(held) if held is not None else None


def _in_context(interp: Interpreter, _context: Object, arguments: Arguments, location: Location) -> Value:
    return _run(interp, arguments, location)


def _in_executor(interp: Interpreter, _loop: Object, arguments: Arguments, location: Location) -> Value:
    return _run(interp, arguments.without(1), location)


def _completed(_interp: Interpreter, _loop: Object, arguments: Arguments, _place: Location) -> Value | None:
    return arguments.get("future", 0)


_POOL: Final[dict[str, Method]] = {"submit": _submit, "map": _map}
_LOOP: Final[dict[str, Method]] = {
    "run_in_executor": _in_executor,
    "run_until_complete": _completed,
    "create_task": lambda _interp, _loop, arguments, _place: arguments.get("coro", 0),
}
METHODS: Final[dict[str, dict[str, Method]]] = {
    FUTURE: {"result": _result},
    "concurrent.futures.ThreadPoolExecutor": _POOL,
    "concurrent.futures.ProcessPoolExecutor": _POOL,
    "contextvars.copy_context": {"run": _in_context},
    "contextvars.Context": {"run": _in_context},
    **dict.fromkeys(
        ("asyncio.get_event_loop", "asyncio.get_running_loop", "asyncio.new_event_loop", "uvloop.new_event_loop"), _LOOP
    ),
    "asyncio.Runner": {"run": lambda _interp, _runner, arguments, _place: arguments.get("coro", 0)},
}
"""What methods of objects of Python's library do, by what made the object."""


def of_runner(interp: Interpreter, runner: Object, name: str, arguments: Arguments, location: Location) -> Value | None:
    """What a method of something that runs functions gives; None for those of which that is not known."""
    method = METHODS.get(runner.path or "", {}).get(name)
    return method(interp, runner, arguments, location) if method is not None else None
