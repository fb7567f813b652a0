"""What a step's code reads and writes: the code is run with a tracked input and watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from wflint.assembly.recording import once
from wflint.assembly.structural_key import structural_key
from wflint.evaluate.alone import run_alone
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import (
    Access,
    ApiCall,
    Comparison,
    Formatting,
    LibraryCall,
    MissingAttribute,
    ReturnSite,
    SourceCall,
    TakenItem,
    inputs,
)
from wflint.evaluate.expressions.inline_call import CallResult, function_of, inline
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import containing
from wflint.evaluate.types import annotation, bare
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    ExternalName,
    Function,
    InputSource,
    Location,
    Object,
    Partial,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    last_of,
)
from wflint.source.code import Parameter

STEPS_PER_SUMMARY = 40_000

_FAILED = CallResult(Unknown("an internal error"))
"""What a call that the evaluation fails at comes to."""


class FunctionSummary(Struct, frozen=True):
    """What was seen while a callable ran once with a tracked input.

    `location` is where its code is or, of a library's code, where it was handed over. `returns` hold one alternative
    each; `falls_through` is true where it may end without a `return`; `returns_type` is its return annotation;
    `input_type` the annotation of the parameter that took the input. `api_calls` are the calls that front ends follow.
    `settled` are the parts of the input that are there on every way out, set by the code or found there. `missing` are
    attributes that objects were asked for and have not. `parameter` is the name of what takes the input itself, empty
    where that is a part of something else.
    """

    root: InputSource
    function: Function
    location: Location
    accesses: tuple[Access, ...]
    calls: tuple[LibraryCall, ...]
    returns: tuple[ReturnSite, ...]
    falls_through: bool
    complete: bool
    returns_type: Value | None
    input_type: Value | None
    comparisons: tuple[Comparison, ...] = ()
    api_calls: tuple[ApiCall, ...] = ()
    settled: frozenset[TrackedValue] = frozenset()
    source_calls: tuple[SourceCall, ...] = ()
    formattings: tuple[Formatting, ...] = ()
    missing: tuple[MissingAttribute, ...] = ()
    taken: tuple[TakenItem, ...] = ()
    parameter: str = ""

    def always_sets(self, access: Access) -> bool:
        """Whether what the access sets is there whenever the code is done, by this statement or by another one."""
        return access.certain or access.symbol in self.settled


class _Reading(Struct, frozen=True):
    """What is run to be watched, as `summarize` is told."""

    callee: Value
    function: Function
    state: Value | None
    handed_over: Location
    presented: Callable[[TrackedValue], Value] | None
    parameter: str | None
    steps: int
    precise: bool


def summarize(
    interp: Interpreter,
    callee: Value,
    state: Value | None,
    handed_over: Location,
    presented: Callable[[TrackedValue], Value] | None = None,
    taking: str | None = None,
    steps: int = STEPS_PER_SUMMARY,
) -> FunctionSummary | None:
    """Run a callable of the source with its first free argument tracked; None if it is not code of the source.

    `state` is the type that the input has if the parameter does not say; `handed_over` is where the framework was
    given the callable. `presented` makes the argument of the tracked input, where a framework hands it over as a part
    of something else (a context); `state` is its type then. `taking` names the parameter that takes the input, `steps`
    is what it may cost.

    What would be seen again is not looked for again: methods of like objects, if they build and run nothing.
    """
    function = function_of(callee)
    if function is None or is_abstract(function):
        return None
    reading = _Reading(callee, function, state, handed_over, presented, taking, steps, precise=False)
    key = ("read", callee, state, handed_over, taking, presented is None)
    return once(interp, key, lambda: _read_or_recall(interp, reading))


def is_abstract(function: Function) -> bool:
    """Whether classes that are not seen here say what a method does: it only says that there is one."""
    marks = (mark.path for mark in function.unmodelled_decorators if isinstance(mark, ExternalName))
    return any(last_of(path) == "abstractmethod" for path in marks)


def summarize_for(
    interp: Interpreter, callee: Value, cls: Class, handed_over: Location, taking: str
) -> FunctionSummary | None:
    """The same where the input is an object of just this class, whatever else the parameter `taking` may take."""
    function = function_of(callee)
    if function is None:
        return None
    reading = _Reading(callee, function, cls, handed_over, None, taking, STEPS_PER_SUMMARY, precise=True)
    return once(interp, ("read", callee, cls, handed_over, taking, "exactly"), lambda: _summarize(interp, reading))


def _read_or_recall(interp: Interpreter, reading: _Reading) -> FunctionSummary:
    if reading.presented is not None or reading.function.module.stub:
        return _summarize(interp, reading)
    alike = structural_key(reading.callee, reading.state, by_identity=interp.library_model.calls)
    known = interp.readings.get((alike, reading.parameter)) if alike is not None else None
    if isinstance(known, FunctionSummary):
        return known
    seen = len(interp.api_calls), len(interp.objects)
    summary = _summarize(interp, reading)
    if alike is not None and seen == (len(interp.api_calls), len(interp.objects)):
        interp.readings[alike, reading.parameter] = summary
    return summary


def _summarize(interp: Interpreter, reading: _Reading) -> FunctionSummary:
    function, handed_over, presented = reading.function, reading.handed_over, reading.presented
    parameter = _input_parameter(reading.callee, function, reading.parameter)
    declared = None
    if parameter is not None and parameter.annotation is not None:
        declared = annotation(interp, parameter.annotation, function.scope, function.module)
    type_ = bare(declared)
    own = isinstance(type_, Class) and presented is None and not reading.precise
    root = InputSource("state", type_ if own else reading.state, function.scope, function.location, reading.precise)
    tracked = TrackedValue(root, (), root.type)
    given = presented(tracked) if presented is not None else tracked
    before = len(interp.api_calls)
    cuts = interp.budget.times_cut
    outcome = _FAILED
    with interp.afresh(), interp.budget.account(reading.steps), interp.recording() as recorder:
        with containing(interp, f'reading "{function.name}"', function.location, "its contract is not known"):
            arguments = _handed(given, reading.parameter) if parameter is not None else Arguments()
            outcome = run_alone(interp, lambda: _run(interp, reading.callee, handed_over, arguments))
        complete = cuts == interp.budget.times_cut and not interp.budget.exhausted and outcome is not _FAILED
    node = function.node
    returns_type = annotation(interp, getattr(node, "returns", None), function.scope, function.module)
    return FunctionSummary(
        root,
        function,
        handed_over if function.module.stub else function.location,
        tuple(recorder.accesses),
        tuple(recorder.calls),
        tuple(_shown(site, handed_over) for site in _alternatives(outcome)),
        outcome.falls_through,
        complete,
        returns_type,
        declared,
        tuple(recorder.comparisons),
        tuple(interp.api_calls[before:]),
        _settled(outcome) if complete else frozenset(),
        tuple(recorder.source_calls),
        tuple(recorder.formattings),
        tuple(recorder.missing),
        tuple(recorder.taken),
        parameter.name if parameter is not None and presented is None else "",
    )


def _settled(outcome: CallResult) -> frozenset[TrackedValue]:
    """What is there on every way out; what may be `None` may as well not be there."""
    known = outcome.narrowing or {}
    return frozenset(symbol for symbol in inputs(known) if NONE not in alternatives(known[symbol]))


def _handed(given: Value, name: str | None) -> Arguments:
    return Arguments((given,)) if name is None else Arguments((), ((name, given),))


def _input_parameter(callee: Value, function: Function, name: str | None) -> Parameter | None:
    """The parameter that takes the state: the named one, or the first that neither `self` nor a partial call fills."""
    if name is not None:
        return next((p for p in function.node.parameters if p.name == name), None)
    skip, names = _filled(callee)
    free = [p for p in function.node.parameters if p.kind in ("positional", "either", "args", "keyword")]
    rest = [p for p in free[skip:] if p.name not in names]
    return rest[0] if rest else None


def _filled(callee: Value) -> tuple[int, frozenset[str]]:
    match callee:
        case Bound(function=function):
            skip, names = _filled(function)
            return skip + 1, names
        case Partial(function=function, arguments=arguments):
            skip, names = _filled(function)
            return skip + len(arguments.positional), names | {name for name, _ in arguments.keywords}
        case Object():
            return 1, frozenset()
        case _:
            return 0, frozenset()


def _run(interp: Interpreter, callee: Value, handed_over: Location, given: Arguments) -> CallResult:
    from wflint.evaluate.events import Frame
    from wflint.evaluate.expressions.calls import combined

    interp.frames = [Frame(None, handed_over.module, None, (), interp.heap.tick(), 0)]
    target = callee
    while isinstance(target, Partial):
        given = combined(target.arguments, given)
        target = target.function
    if isinstance(target, Object):
        target = Bound(_called(target), target)
    return inline(interp, target, given, handed_over)


def _called(made: Object) -> Value:
    function = function_of(made)
    assert function is not None
    return function


def _shown(site: ReturnSite, handed_over: Location) -> ReturnSite:
    """A return whose place a reader of the repository can look at."""
    if site.location is None or not site.location.module.stub:
        return site
    return ReturnSite(site.value, handed_over, site.certain, site.narrowing)


def _alternatives(outcome: CallResult) -> Iterator[ReturnSite]:
    for site in outcome.returns:
        options = alternatives(site.value)
        for option in options:
            certain = site.certain and len(options) == 1
            yield ReturnSite(option, site.location, certain, site.narrowing)
    if outcome.falls_through:
        yield ReturnSite(NONE, None, certain=not outcome.returns, narrowing={})
    if not outcome.returns and isinstance(outcome.value, Unknown):
        yield ReturnSite(outcome.value, None, certain=True, narrowing={})


def place_of(value: Value) -> Location | None:
    """Where the code of a callable is."""
    function = function_of(value)
    return function.location if function is not None else None
