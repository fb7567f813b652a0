"""Calls: of functions of the source, of classes, and of library code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class, Super
from wflint.evaluate.events import Flow
from wflint.evaluate.expressions.asking import asking
from wflint.evaluate.expressions.entering import enter
from wflint.evaluate.library import Call
from wflint.evaluate.observing import escape
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
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

LONGEST_PATH = 200


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
            if _is_of(interp, owner, arguments.positional[:1]):
                return call_method(interp, arguments.positional[0], name, arguments.without(1), place)
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
            return Unknown("the result of an unknown call", place, sources_of(callee, *arguments))


def _is_of(interp: Interpreter, owner: str, first: tuple[Value, ...]) -> bool:
    """Whether a method that is called on its class is given an object of the class as `self`."""
    return any(owner in _bases(interp, value) for value in first)


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
    from wflint.evaluate.python.callables import recalled

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
    from wflint.evaluate.python.callables import CALLED

    if callee.path in CALLED:
        return CALLED[callee.path](interp, callee, arguments, place)
    return call_method(interp, callee, "__call__", arguments, place)


# ------------------------------------------------------------------------------------------------- library code


def call_library(interp: Interpreter, path: str, receiver: Value | None, arguments: Arguments, place: Place) -> Value:
    """A call of library code: by a handler if there is one, else an object about which only its path is known."""
    from wflint.evaluate.python.functions import FUNCTIONS

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
    from wflint.evaluate.python.methods import builtin_method

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
