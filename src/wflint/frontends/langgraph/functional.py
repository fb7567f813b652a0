"""The functional API: an `@entrypoint` that calls `@task`s."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.parts import part_read
from wflint.assembly.draft import Draft
from wflint.assembly.function_summary import summarize
from wflint.assembly.functional import CALLED, TaskRead, Tasks, fold_function
from wflint.assembly.sequences import is_unset
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Arguments, Function, Location, Object, Value
from wflint.frontends.langgraph.refusals import is_limited, is_plain
from wflint.frontends.langgraph.releases import TIMEOUTS
from wflint.frontends.langgraph.starting import is_by_itself
from wflint.frontends.langgraph.steps import PAUSES, read_step
from wflint.frontends.langgraph.table import ENTRYPOINT, TASKS
from wflint.model.contract import Certainty
from wflint.model.workflow import END, START, Edge, EdgeKind, Fault, FaultKind

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
    if not draft.steps:
        _alone(interp, function, draft)
    return draft


def _alone(interp: Interpreter, function: Function, draft: Draft) -> None:
    """An entrypoint that calls no task is its only step: what it is given and what it returns are the run's."""
    read = read_step(interp, function.name, function, function.location, Arguments(), None)
    draft.steps[function.name] = replace(
        read.step,
        needs=(),
        offers=(),
        offers_open=True,
        needs_open=False,
        own_schema=None,
        bad_returns=(),
        mutations=(),
        forwards_state=False,
    )
    for source, target in ((START, function.name), (function.name, END)):
        draft.add_edge(Edge(source, target, EdgeKind.DIRECT, draft.span))


def _read(interp: Interpreter, name: str, task: Value, location: Location, options: Arguments) -> TaskRead:
    read = read_step(interp, name, task, location, options, None)
    return TaskRead(read.step, read.summary)


def _refused_task(interp: Interpreter, name: str, made: Object) -> Iterator[Fault]:
    """A time limit for code that is not async."""
    if is_limited(made.arguments) and is_plain(made.content.get("function", NONE)):
        text = f'a timeout for task "{name}", which is not async'
        yield from TIMEOUTS.fault(interp, Fault(FaultKind.REFUSED, text, made.site.span))


def refused_functions(interp: Interpreter) -> Iterator[Fault]:
    """Entrypoints that count on what nothing keeps, and tasks that a program calls by themselves."""
    yield from _forgetful(interp)
    for call in interp.api_calls:
        task = call.subject
        if call.path == f"{TASKS.path}.{CALLED}" and isinstance(task, Object) and is_by_itself(interp, call):
            function = task.content.get("function")
            name = function.name if isinstance(function, Function) else "a task"
            why = "only an entrypoint, a task or a step of a graph may call it: it fails"
            yield Fault(FaultKind.REFUSED, f'a call of task "{name}" by the program itself', call.span, detail=why)


def _forgetful(interp: Interpreter) -> Iterator[Fault]:
    """Entrypoints that read what the run before left, where nothing keeps it: it is None in every run."""
    for made in interp.objects:
        function = entrypoint_function(made)
        lone = function is not None and is_unset(made.arguments.get("checkpointer")) and not made.arguments.open
        if function is None or not lone or all(each.name != PREVIOUS for each in function.node.parameters):
            continue
        summary = summarize(interp, function, None, function.location, taking=PREVIOUS)
        accesses = summary.accesses if summary is not None and summary.complete else ()
        parts = [
            part
            for access in accesses
            if access.symbol.root is getattr(summary, "root", None)
            and (part := part_read(access, 0)) is not None
            and part.certainty is Certainty.CERTAIN
        ]
        if parts:
            text = f'entrypoint "{function.name}", which reads "{parts[0].name}" of `{PREVIOUS}`'
            why = "without a checkpointer it is None in every run, and the run fails"
            yield Fault(FaultKind.REFUSED, text, parts[0].span, function.location.span, why, may_be=True)


PREVIOUS = "previous"
"""The parameter that takes what the run before left."""


def _refused(function: Function) -> Iterator[Fault]:
    """An entrypoint that yields, or that takes nothing."""
    span, node = function.location.span, function.node
    if getattr(node, "yields", False):
        why = "generators are not supported"
        yield Fault(FaultKind.REFUSED, f'entrypoint "{function.name}", which yields', span, detail=why)
    if not node.parameters:
        why = "it is given the input of the run"
        yield Fault(FaultKind.REFUSED, f'entrypoint "{function.name}", which has no parameter', span, detail=why)
