"""Calls: of functions of the source, of classes, and of library code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from wflint.evaluate.answers import is_answer
from wflint.evaluate.asking import asking
from wflint.evaluate.class_values import Class, Super
from wflint.evaluate.events import Flow, Frame, ReturnSite
from wflint.evaluate.inputs import inputs_in
from wflint.evaluate.library import Call
from wflint.evaluate.observing import entered
from wflint.evaluate.parameters import bind_parameters
from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import (
    NONE,
    Absent,
    Arguments,
    Bound,
    Function,
    Generic,
    Library,
    Member,
    Object,
    Partial,
    Place,
    Symbol,
    Union,
    Unknown,
    Value,
    options_of,
    unite,
)
from wflint.source.code import Lambda

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope

LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call of a function of the source came to; `falls_through` where it can end without a `return`."""

    value: Value
    returns: tuple[ReturnSite, ...] = ()
    falls_through: bool = False


def call(interp: Interpreter, callee: Value, arguments: Arguments, place: Place) -> Value:
    """The value of `callee(arguments)`."""
    match callee:
        case Function() | Bound(function=Function()):
            return _entered(interp, callee, arguments, place)
        case Bound(function=function, receiver=receiver):
            return call(interp, function, arguments.after(receiver), place)
        case Partial(function=function, arguments=given):
            return call(interp, function, combined(given, arguments), place)
        case Class():
            from wflint.evaluate.classes import instantiate

            return instantiate(interp, callee, arguments, place)
        case Library(path=path):
            owner, _, name = path.rpartition(".")
            asked = asking(interp, Library(owner), name)
            if asked is not None:
                return asked(Call(interp, path, Library(owner), arguments, place))
            return call_library(interp, path, None, arguments, place)
        case Member(receiver=receiver, name=name):
            return call_method(interp, receiver, name, arguments, place)
        case Object():
            return _call_object(interp, callee, arguments, place)
        case Generic(base=base):
            return call(interp, base, arguments, place)
        case Union(options=options):
            return _call_each(interp, options, arguments, place)
        case _:
            escape(interp, arguments, place)
            return Unknown("the result of calling something unknown", place, sources_of(callee, *arguments))


def combined(first: Arguments, second: Arguments) -> Arguments:
    """The arguments of a partial call followed by those of the call itself."""
    given = dict(first.keywords) | dict(second.keywords)
    return Arguments(
        (*first.positional, *second.positional),
        tuple(given.items()),
        first.open or second.open,
        first.tail or second.tail,
        first.rest or second.rest,
    )


def _entered(interp: Interpreter, callee: Function | Bound, arguments: Arguments, place: Place) -> Value:
    function = callee if isinstance(callee, Function) else callee.function
    if not isinstance(function, Function) or function.memory is None:
        return enter(interp, callee, arguments, place).value
    from wflint.evaluate.callables import recalled

    given = arguments if isinstance(callee, Function) else arguments.after(callee.receiver)
    return recalled(interp, function.memory, given, lambda: enter(interp, callee, arguments, place).value)


def _call_each(interp: Interpreter, options: tuple[Value, ...], arguments: Arguments, place: Place) -> Value:
    able = [option for option in options if option != NONE and not isinstance(option, Absent)]
    if len(able) == 1:
        return call(interp, able[0], arguments, place)
    results: list[Value] = []

    def one(option: Value) -> Flow:
        results.append(call(interp, option, arguments, place))
        return Flow.NEXT

    interp.fork(*(partial(one, option) for option in able))
    return unite(*results)


def _call_object(interp: Interpreter, callee: Object, arguments: Arguments, place: Place) -> Value:
    if callee.cls is not None and isinstance(method := callee.cls.find("__call__"), Function):
        return call(interp, Bound(method, callee), arguments, place)
    from wflint.evaluate.callables import CALLED

    if callee.path in CALLED:
        return CALLED[callee.path](interp, callee, arguments, place)
    return call_method(interp, callee, "__call__", arguments, place)


# ------------------------------------------------------------------------------------------------- library code


def call_library(interp: Interpreter, path: str, receiver: Value | None, arguments: Arguments, place: Place) -> Value:
    """A call of library code: by a handler if there is one, else an object about which only its path is known."""
    from wflint.evaluate.builtins import FUNCTIONS

    handler = interp.table.calls.get(path)
    if handler is not None:
        interp.note_call(path, receiver, arguments, place)
        return handler(Call(interp, path, receiver, arguments, place))
    function = FUNCTIONS.get(path)
    if function is not None:
        return function(interp, arguments, place)
    interp.note_call(path, receiver, arguments, place)
    return product(interp, path, receiver, arguments, place)


def product(interp: Interpreter, path: str, receiver: Value | None, arguments: Arguments, place: Place) -> Value:
    """What library code makes of its arguments: an object about which only its path is known."""
    escape(interp, arguments, place)
    if len(path) > LONGEST_PATH:
        return Unknown("a long chain of library calls", place, sources_of(*arguments))
    made = interp.object_of(path, arguments, place)
    made.receiver = receiver
    made.sources = sources_of(*arguments, *([receiver] if receiver is not None else []))
    return made


def call_method(interp: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value:
    """A method of something whose class is not in the source."""
    from wflint.evaluate.methods import builtin_method

    asked = asking(interp, receiver, name)
    if asked is not None:
        return asked(Call(interp, f"{path_of(receiver)}.{name}", receiver, arguments, place))
    for path in _paths(interp, receiver, name):
        if path in interp.table.calls:
            interp.note_call(path, receiver, arguments, place)
            return interp.table.calls[path](Call(interp, path, receiver, arguments, place))
    if isinstance(receiver, Super):
        return _super_method(interp, receiver, name, arguments, place)
    known = builtin_method(interp, receiver, name, arguments, place)
    if known is not None:
        return known
    for base in _bases(interp, receiver):
        if (others := interp.table.calls.get(f"{base}.*")) is not None:
            interp.note_call(f"{base}.{name}", receiver, arguments, place)
            return others(Call(interp, f"{base}.{name}", receiver, arguments, place))
    path = f"{path_of(receiver)}.{name}"
    return call_library(interp, path, receiver, arguments, place)


def _paths(interp: Interpreter, receiver: Value, name: str) -> list[str]:
    """The canonical names under which a front end may know a method, most telling first."""
    match receiver:
        case Object():
            return [f"{base}.{name}" for base in _bases(interp, receiver)] + [f"*.{name}"]
        case Member() | Unknown() | Symbol() | Function() | Bound() | Class() | Partial():
            return [f"*.{name}"]
        case _:
            return []


def _bases(interp: Interpreter, receiver: Value) -> list[str]:
    """The canonical names of the library classes that an object is of."""
    if not isinstance(receiver, Object):
        return []
    own = [receiver.path] if receiver.path is not None else []
    inherited = receiver.cls.libraries() if receiver.cls is not None else ()
    return own + [interp.table.canonical(base) for base in inherited]


def path_of(value: Value | None) -> str:
    """What is known of where a value comes from, as a dotted path."""
    match value:
        case Object(path=str(path)) | Library(path=path):
            return path
        case Object(cls=Class() as cls):
            return cls.name
        case Member(receiver=receiver, name=name):
            return f"{path_of(receiver)}.{name}"
        case Function(name=name):
            return name
        case _:
            return "?"


def _super_method(interp: Interpreter, receiver: Super, name: str, arguments: Arguments, place: Place) -> Value:
    """A method of a library base class; its constructor's arguments are those of the object."""
    if name == "__init__" and isinstance(receiver.receiver, Object):
        receiver.receiver.arguments = arguments
        begin(interp, receiver.receiver, place)
        return NONE
    if name == "__new__":
        from wflint.evaluate.classes import bare_objects

        return bare_objects(interp, arguments, place)
    return (
        call_method(interp, receiver.receiver, name, arguments, place)
        if not isinstance(receiver.receiver, Class)
        else Unknown("a method of a library class", place)
    )


def begin(interp: Interpreter, made: Object, place: Place) -> None:
    """Let the front end that follows the library class behind an object set its first attributes."""
    handler = interp.table.calls.get(f"{made.path}.__init__")
    if handler is not None:
        handler(Call(interp, f"{made.path}.__init__", made, made.arguments, place))


def escape(interp: Interpreter, arguments: Arguments, place: Place) -> None:
    """Things handed to code that is not in the source: it may use any part of tracked inputs, and run objects."""
    for argument in arguments:
        for symbol in inputs_in(argument):
            interp.note(symbol, "escape", place)
        for option in options_of(argument):
            if isinstance(option, Object) and option.path in interp.table.calls:
                interp.handed.append(option)


# ------------------------------------------------------------------------------------------------- own functions


def enter(interp: Interpreter, callee: Value, arguments: Arguments, place: Place | None) -> Outcome:
    """Run a function of the source (or a method with its object)."""
    receiver = callee.receiver if isinstance(callee, Bound) else None
    function = callee.function if isinstance(callee, Bound) else callee
    assert isinstance(function, Function)
    if not interp.budget.exhausted:
        interp.entered.add(id(function.node))
    if interp.observer is not None:
        interp.watched.add(id(function.node))
    if (
        _is_too_deep(interp, function)
        or len(interp.frames) >= interp.budget.depth
        or interp.budget.exhausted
        or _is_aside(interp, function, receiver, arguments)
        or _is_barren(interp, function)
    ):
        escape(interp, arguments, place) if place is not None else None
        return Outcome(Unknown("a call that is not followed", place, sources_of(*arguments)))
    yields = None if isinstance(function.node, Lambda) or not function.node.yields else interp.list_of([])
    frame = Frame(
        function, function.module, place, interp.taken, interp.heap.tick(), len(interp.heap.layers), receiver=receiver
    )
    frame.yields = yields
    frame.cls = function.owner
    frame.entered = entered(interp, function, receiver, arguments, place)
    scope = interp.scope_under(function.scope, "function")
    given = arguments.after(receiver) if receiver is not None else arguments
    if frame.receiver is None and frame.cls is not None and given.positional:
        frame.receiver = given.positional[0]
    assumed = interp.assumed
    spent, made = interp.budget.spent, _made(interp)
    interp.frames.append(frame)
    bind_parameters(interp, function, given, scope)
    outcome = _run(interp, function, frame, scope)
    interp.close_rests(frame.layers)
    interp.frames.pop()
    interp.taken, interp.assumed = frame.taken, assumed
    if interp.synthetic and interp.budget.exhausted:
        interp.entered.discard(id(function.node))
    if interp.synthetic and _made(interp) == made:
        interp.in_vain[id(function.node)] += interp.budget.spent - spent
    sites = outcome.returns
    if len({site.place for site in sites}) == 1 and not outcome.falls_through and not any(s.certain for s in sites):
        interp.taken = interp.grounds.passed(frame.taken, sites[0].taken[len(frame.taken) :])
    return outcome


def _is_too_deep(interp: Interpreter, function: Function) -> bool:
    """Whether a function has called itself often enough: less often where nobody knows whether it ends."""
    active = [f for f in interp.frames if f.function is not None and f.function.node is function.node]
    if len(active) < MOST_RECURSIVE:
        return False
    active[0].again += 1
    too_often = len(active) >= MOST_SURE_RECURSIVE or active[0].again > MOST_AGAIN
    return too_often or not interp.certain_since(active[0].taken)


MOST_RECURSIVE = 2
MOST_SURE_RECURSIVE = 12
MOST_AGAIN = 100
MOST_IN_VAIN = 8_000
"""So many nodes are evaluated of a function that builds and runs nothing, in all the calls that only we make."""
DEEPEST_ASIDE = 3
MOST_STRANGERS = 1
DEEPEST = 16


def _is_aside(interp: Interpreter, function: Function, receiver: Value | None, arguments: Arguments) -> bool:
    """Whether a call is not worth following: far from what builds or runs workflows, and nothing tracked goes in."""
    depth = len(interp.frames) - (interp.observer.depth if interp.observer is not None else 0)
    if depth > DEEPEST:
        return True
    if interp.observer is not None:
        aside = depth > DEEPEST_ASIDE and id(function.node) not in interp.telling
    else:
        aside = _strangers(interp, function) > MOST_STRANGERS
    return aside and not _carries(interp, receiver, *arguments)


def _is_barren(interp: Interpreter, function: Function) -> bool:
    """Whether looking into a function was in vain often enough, on ways into it that only we take."""
    return interp.synthetic and interp.in_vain[id(function.node)] > MOST_IN_VAIN


def _made(interp: Interpreter) -> int:
    """How many things front ends may look at so far."""
    return len(interp.objects) + len(interp.events)


def _strangers(interp: Interpreter, function: Function) -> int:
    """How many calls in a row, this one included, are of functions that neither build nor run workflows.

    What a library does in between is nobody's call.
    """
    if not interp.telling or id(function.node) in interp.asking:
        return 0
    count = 0 if function.module.stub else 1
    for frame in reversed(interp.frames):
        if frame.module.stub:
            continue
        if frame.function is None or id(frame.function.node) in interp.asking:
            break
        count += 1
    return count


def _carries(interp: Interpreter, *values: Value | None) -> bool:
    """Whether a tracked input (no mere answer), or an object that a front end follows, is among the values."""
    given = [value for value in values if value is not None]
    followed = any(isinstance(o, Object) and o.path in interp.table.calls for v in given for o in options_of(v))
    return followed or not all(is_answer(source) for source in sources_of(*given))


def _run(interp: Interpreter, function: Function, frame: Frame, scope: Scope) -> Outcome:
    node = function.node
    if isinstance(node, Lambda):
        value = interp.resolved(interp.evaluate(node.body, scope))
        at = Place(function.module, node.body.at)
        site = ReturnSite(value, at, interp.certain_since(frame.taken), interp.assumed)
        return Outcome(value, (site,))
    flow = interp.run(node.body, scope)
    if node.yields and frame.yields is not None:
        return Outcome(frame.yields, tuple(frame.returns))
    falls = flow is Flow.NEXT
    values = [site.value for site in frame.returns]
    if falls:
        values.append(NONE)
    if not values:
        values.append(Unknown(f"`{function.name}` never returns"))
    return Outcome(unite(*values), tuple(frame.returns), falls)


def function_of(value: Value) -> Function | None:
    """The function of the source behind a callable, through methods, partials and callable objects."""
    match value:
        case Function():
            return value
        case Bound(function=function) | Partial(function=function):
            return function_of(function)
        case Object(cls=Class() as cls):
            found = cls.find("__call__")
            return found if isinstance(found, Function) else None
        case _:
            return None
