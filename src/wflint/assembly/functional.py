"""Workflows that are a function: it calls tasks, in the order and under the conditions of plain code."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.coded_step import parameter_type, returned_type
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.origins import origins_in, parts_of
from wflint.assembly.contracts.parts import part_read
from wflint.assembly.contracts.pauses import pauses_of
from wflint.assembly.contracts.replayed import replayed_in
from wflint.assembly.contracts.shapes import returned_shape
from wflint.assembly.draft import Draft
from wflint.assembly.frontend import on_object
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.tracked import FUTURE
from wflint.evaluate.types import annotation, bare, show
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Function,
    InputSource,
    Location,
    Object,
    TrackedValue,
    Unknown,
    Value,
    text_of,
)
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.workflow import END, START, Aspect, Edge, EdgeKind, Fault, Step

CALLED = "__call__"


class TaskRead(Struct, frozen=True):
    """What the code of a task shows."""

    step: Step
    summary: FunctionSummary | None = None


def _nothing_refused(_interp: Interpreter, _name: str, _made: Object) -> Iterator[Fault]:
    yield from ()


class Tasks(Struct, frozen=True):
    """What a framework calls a task.

    `made` is the path of what its decorator makes. `injected` are the parameters that the framework fills in, `pauses`
    the calls at which it stops the code, to run it again from its top later on.
    """

    made: str
    injected: frozenset[str]
    pauses: frozenset[str]
    read: Callable[[Interpreter, str, Value, Location, Arguments], TaskRead]
    refused: Callable[[Interpreter, str, Object], Iterator[Fault]] = _nothing_refused


@on_object
def run_task(call: CallSite) -> Value:
    """The row for a call of a task: its result may be awaited, or asked of a future."""
    task = call.receiver
    assert isinstance(task, Object)
    result = TrackedValue(InputSource(FUTURE, None, None, call.location))
    call.interpreter.record_call(task, call.path, call.arguments, call.location, result)
    return result


class _Calls(Struct):
    """The calls of tasks so far: who made which result, whose result went on to another task, under what conditions."""

    producers: dict[InputSource, str] = field(default_factory=dict)
    conditions: set[int] = field(default_factory=set)
    consumed: set[str] = field(default_factory=set)
    any: bool = False

    def makers_of(self, *values: Value) -> list[str]:
        """The tasks whose results are in `values`, each once, in a stable order."""
        found = [symbol.root for value in values for symbol in sorted(depends_on(value), key=_order)]
        return list(dict.fromkeys(self.producers[root] for root in found if root in self.producers))


def _order(symbol: TrackedValue) -> tuple[tuple[int, int], tuple[str, ...]]:
    return (symbol.root.location.at if symbol.root.location else (0, 0)), symbol.access_path


def fold_function(interp: Interpreter, function: Function, draft: Draft, tasks: Tasks) -> None:
    """The tasks that a function calls, with an edge wherever one's result goes into another or is handed back.

    So has a result that decides whether a task is called once more.
    """
    summary = summarize(interp, function, None, function.location)
    made = f"{tasks.made}.{CALLED}"
    called = [api_call for api_call in summary.api_calls if api_call.path == made] if summary is not None else []
    calls = _Calls()
    for api_call in called:
        _call(interp, draft, api_call, calls, tasks)
    draft.replayed = replayed_in(summary, tasks.pauses, called)
    draft.pauses = pauses_of(summary, tasks.pauses)
    _ends(draft, summary, calls)
    _uses(draft, summary, calls)
    if summary is None or not summary.complete:
        draft.open("the function exceeds the evaluation budget", draft.span, Aspect.EDGES)


def _call(interp: Interpreter, draft: Draft, api_call: ApiCall, calls: _Calls, tasks: Tasks) -> None:
    name = _task_name(api_call.subject)
    if name is None:
        draft.open("a task's name is not known statically", api_call.span, Aspect.STEPS)
        return
    back = [source for source in _deciding(interp, api_call, calls) if source in _after(draft, name)]
    if name not in draft.steps:
        draft.steps[name] = _step(interp, name, api_call, tasks)
        if isinstance(api_call.subject, Object):
            draft.faults += tasks.refused(interp, name, api_call.subject)
    feeds = calls.makers_of(*api_call.arguments)
    sure = certainty(api_call.certain)
    for source in feeds:
        draft.add_edge(Edge(source, name, EdgeKind.DIRECT, api_call.span, sure))
    for source in back:
        if source not in feeds:
            draft.add_edge(Edge(source, name, EdgeKind.DIRECT, api_call.span, Certainty.POSSIBLE, message=()))
    if not feeds and not back:
        first = Certainty.POSSIBLE if calls.any else sure
        draft.add_edge(Edge(START, name, EdgeKind.DIRECT, api_call.span, first))
    calls.consumed.update(feeds)
    calls.any = True
    if isinstance(api_call.result, TrackedValue):
        calls.producers[api_call.result.root] = name


def _deciding(interp: Interpreter, api_call: ApiCall, calls: _Calls) -> list[str]:
    """The tasks whose results decide whether this and what follows is called at all."""
    fresh = tuple(number for number in api_call.path_condition if number not in calls.conditions)
    calls.conditions.update(fresh)
    tests = [dependence for dependence in interp.control_dependences.of(fresh) if not dependence.repeats]
    return calls.makers_of(*(symbol for dependence in tests for symbol in sorted(dependence.depends_on, key=_order)))


def _after(draft: Draft, name: str) -> set[str]:
    """The other tasks that get something of what an earlier call of this one gave."""
    found = {name}
    waiting = [name]
    while waiting:
        last = waiting.pop()
        further = {target for source, target in draft.edges if source == last} - found
        found |= further
        waiting += further
    return found - {name}


def _uses(draft: Draft, summary: FunctionSummary | None, calls: _Calls) -> None:
    """The parts of the tasks' results that the function reads."""
    for access in summary.accesses if summary is not None else ():
        name, part = calls.producers.get(access.symbol.root), part_read(access, 0)
        if name is not None and part is not None:
            step = draft.steps[name]
            draft.steps[name] = replace(step, taken=(*step.taken, part))


def _ends(draft: Draft, summary: FunctionSummary | None, calls: _Calls) -> None:
    """What the function hands back ends the run; so does a task whose result nobody uses."""
    for site in summary.returns if summary is not None else ():
        span = (site.location or summary.location).span if summary is not None else draft.span
        for name in calls.makers_of(site.value):
            draft.add_edge(Edge(name, END, EdgeKind.DIRECT, span, certainty(site.certain)))
    for name in list(draft.steps):
        if name not in calls.consumed and (name, END) not in draft.edges:
            draft.add_edge(Edge(name, END, EdgeKind.DIRECT, draft.span, Certainty.POSSIBLE))


# ------------------------------------------------------------------------------------------------------- tasks


def _task_name(task: Value) -> str | None:
    if not isinstance(task, Object):
        return None
    given = text_of(task.content.get("name"))
    if given is not None:
        return given
    function = task.content.get("function")
    return function.name if isinstance(function, Function) else None


def _step(interp: Interpreter, name: str, api_call: ApiCall, tasks: Tasks) -> Step:
    """A task as a step: it needs its arguments, and offers what it returns."""
    made = api_call.subject if isinstance(api_call.subject, Object) else None
    function = made.content.get("function") if made is not None else None
    task = function if function is not None else Unknown("a task")
    options = made.arguments if made is not None else Arguments()
    read = tasks.read(interp, name, task, api_call.location, options)
    step = replace(
        read.step,
        result=returned_shape(interp, read.summary) if read.summary is not None else None,
        own_schema=None,
        bad_returns=(),
        mutations=(),
        forwards_state=False,
        needs_open=False,
    )
    if not isinstance(function, Function):
        return replace(step, needs_open=True)
    needs = tuple(_needs(interp, function, step, tasks.injected))
    # The function may hand a result, or a part of it, to any parameter: no name has to match.
    return replace(step, needs=needs, offers=tuple(_offers(interp, function, step, read.summary)), offers_open=True)


def _needs(interp: Interpreter, function: Function, step: Step, injected: frozenset[str]) -> Iterator[Need]:
    for number, parameter in enumerate(function.node.parameters):
        if parameter.name in injected or parameter.kind in ("args", "kwargs"):
            continue
        type_ = show(parameter_type(interp, function, parameter))
        parts = tuple(need.name for need in step.needs) if number == 0 else ()
        required = parameter.name not in function.defaults
        yield Need(parameter.name, function.location.span, required, type=type_, attributes=parts, whole=True)


def _offers(interp: Interpreter, function: Function, step: Step, summary: FunctionSummary | None) -> Iterator[Offer]:
    """The fields of what a task returns where they are known, else its result as a whole, under the task's name."""
    returned = returned_type(interp, function)
    cls = bare(returned)
    values = [site.value for site in summary.returns] if summary is not None else []
    if step.offers:
        yield from (replace(offer, derived_from=()) for offer in step.offers)
    elif isinstance(cls, Class) and cls.declared():
        for declared in cls.declared().values():
            type_ = show(annotation(interp, declared.annotation, declared.scope, declared.location.module))
            origins = origins_in(*parts_of(values, declared.name))
            yield Offer(declared.name, declared.location.span, type=type_, origins=origins)
    elif returned != NONE:
        yield Offer(step.id, function.location.span, type=show(returned), origins=origins_in(*values))
