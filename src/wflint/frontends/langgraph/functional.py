"""The functional API: an `@entrypoint` that calls `@task`s."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.draft import Draft
from wflint.assembly.functional import TaskRead, Tasks, fold_function
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Arguments, Function, Location, Object, Value
from wflint.frontends.langgraph.refusals import is_limited, is_plain
from wflint.frontends.langgraph.releases import TIMEOUTS
from wflint.frontends.langgraph.steps import PAUSES, read_step
from wflint.frontends.langgraph.table import ENTRYPOINT, TASKS
from wflint.model.workflow import Fault, FaultKind

INJECTED = frozenset({"self", "config", "runtime", "writer", "store", "previous"})
"""Parameters that the framework fills in."""


def entrypoint_function(made: Object) -> Function | None:
    """The function that an `@entrypoint` decorates."""
    function = made.content.get("function")
    return function if made.path == f"{ENTRYPOINT}.made" and isinstance(function, Function) else None


def fold_entrypoint(interp: Interpreter, function: Function, framework: str) -> Draft:
    """The tasks that the entrypoint calls."""
    draft = Draft(function.name, framework, function.location.span)
    fold_function(interp, function, draft, Tasks(TASKS.path, INJECTED, PAUSES, _read, _refused_task))
    draft.faults += _refused(function)
    return draft


def _read(interp: Interpreter, name: str, task: Value, location: Location, options: Arguments) -> TaskRead:
    read = read_step(interp, name, task, location, options, None)
    return TaskRead(read.step, read.summary)


def _refused_task(interp: Interpreter, name: str, made: Object) -> Iterator[Fault]:
    """A time limit for code that is not async."""
    if is_limited(made.arguments) and is_plain(made.content.get("function", NONE)):
        text = f'a timeout for task "{name}", which is not async'
        yield from TIMEOUTS.fault(interp, Fault(FaultKind.REFUSED, text, made.site.span))


def _refused(function: Function) -> Iterator[Fault]:
    """An entrypoint that yields, or that takes nothing."""
    span, node = function.location.span, function.node
    if getattr(node, "yields", False):
        why = "generators are not supported"
        yield Fault(FaultKind.REFUSED, f'entrypoint "{function.name}", which yields', span, detail=why)
    if not node.parameters:
        why = "it is given the input of the run"
        yield Fault(FaultKind.REFUSED, f'entrypoint "{function.name}", which has no parameter', span, detail=why)
