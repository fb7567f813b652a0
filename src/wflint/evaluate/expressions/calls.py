"""Calls: of functions of the source, of classes, and of library code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wflint.evaluate.call_memory import Call, remembering
from wflint.evaluate.class_values import Class, Super
from wflint.evaluate.dependencies import and_unseen, depends_on
from wflint.evaluate.events import Completion
from wflint.evaluate.expressions.inline_call import inline
from wflint.evaluate.expressions.model_calls import model_call
from wflint.evaluate.library import CallSite
from wflint.evaluate.recording import escape, record_taken
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    ExternalAttribute,
    ExternalName,
    Function,
    Generic,
    Location,
    Object,
    Partial,
    TrackedValue,
    Unbound,
    Union,
    Unknown,
    Value,
    join,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

LONGEST_PATH = 200


def call(interp: Interpreter, callee: Value, arguments: Arguments, location: Location) -> Value:
    """The value of `callee(arguments)`."""
    match callee:
        case Function() | Bound(function=Function()):
            return _entered(interp, callee, arguments, location)
        case Bound(function=function, receiver=receiver):
            return call(interp, function, arguments.after(receiver), location)
        case Partial(function=function, arguments=given):
            return call(interp, function, combined(given, arguments), location)
        case Class():
            from wflint.evaluate.classes import instantiate

            return instantiate(interp, callee, arguments, location)
        case ExternalName(path=path):
            owner, _, name = path.rpartition(".")
            asked = model_call(interp, ExternalName(owner), name)
            if asked is not None:
                return asked(CallSite(interp, path, ExternalName(owner), arguments, location))
            if _is_of(interp, owner, arguments.positional[:1]):
                return call_method(interp, arguments.positional[0], name, arguments.without(1), location)
            return call_library(interp, path, None, arguments, location)
        case ExternalAttribute(receiver=receiver, name=name):
            return call_method(interp, receiver, name, arguments, location)
        case Object():
            return _call_object(interp, callee, arguments, location)
        case Generic(base=base):
            return call(interp, base, arguments, location)
        case Union():
            return _call_each(interp, callee, arguments, location)
        case TrackedValue(root=root, access_path=(*way, name)) if f"*.{name}" in interp.library_model.calls:
            return call_method(interp, TrackedValue(root, tuple(way), None), name, arguments, location)
        case _:
            escape(interp, arguments, location)
            sources = depends_on(callee, *arguments)
            sources = sources if depends_on(callee) else and_unseen(sources)
            return Unknown("the result of an unknown call", location, sources)


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


def _entered(interp: Interpreter, callee: Function | Bound, arguments: Arguments, location: Location) -> Value:
    function = callee if isinstance(callee, Function) else callee.function
    if not isinstance(function, Function):
        return inline(interp, callee, arguments, location).value
    if function.memo is None:
        call = Call(function, callee, arguments)
        return remembering(interp, call, lambda: inline(interp, callee, arguments, location).value)
    from wflint.evaluate.python.callables import recalled

    given = arguments if isinstance(callee, Function) else arguments.after(callee.receiver)
    return recalled(interp, function.memo, given, lambda: inline(interp, callee, arguments, location).value)


def _call_each(interp: Interpreter, callee: Union, arguments: Arguments, location: Location) -> Value:
    able = [option for option in callee.options if option != NONE and not isinstance(option, Unbound)]
    if len(able) == 1:
        return call(interp, able[0], arguments, location)
    results: list[Value] = []
    picked = _picked_by(interp, callee)

    def one(option: Value) -> Completion:
        if picked is not None:
            interp.control_dependences.add_test(interp.path_condition, picked, location)
        results.append(call(interp, option, arguments, location))
        return Completion.NORMAL

    interp.fork(*(partial(one, option) for option in able))
    return join(*results)


def _picked_by(interp: Interpreter, callee: Union) -> TrackedValue | None:
    """What tells which of several things is called, or has its method called: by what it was looked up."""
    picked = interp.control_dependences.picked
    if not picked:
        return None
    receivers = [option.receiver for option in callee.options if isinstance(option, ExternalAttribute)]
    return picked.get(callee) or (picked.get(join(*receivers)) if receivers else None)


def _call_object(interp: Interpreter, callee: Object, arguments: Arguments, location: Location) -> Value:
    if callee.cls is not None and isinstance(method := callee.cls.find("__call__"), Function):
        return call(interp, Bound(method, callee), arguments, location)
    from wflint.evaluate.python.callables import CALLED

    if callee.path in CALLED:
        return CALLED[callee.path](interp, callee, arguments, location)
    return call_method(interp, callee, "__call__", arguments, location)


# ------------------------------------------------------------------------------------------------- library code


def call_library(
    interp: Interpreter, path: str, receiver: Value | None, arguments: Arguments, location: Location
) -> Value:
    """A call of library code: by a handler if there is one, else an object about which only its path is known."""
    from wflint.evaluate.python.functions import FUNCTIONS, READING

    handler = interp.library_model.calls.get(path)
    if handler is not None:
        interp.record_library_call(path, receiver, arguments, location)
        return handler(CallSite(interp, path, receiver, arguments, location))
    function = FUNCTIONS.get(path)
    if function is not None:
        return function(interp, arguments, location)
    read = READING.get(path)
    found = read(interp, arguments, location) if read is not None else None
    if found is not None:
        return found
    interp.record_library_call(path, receiver, arguments, location)
    return product(interp, path, receiver, arguments, location)


def product(interp: Interpreter, path: str, receiver: Value | None, arguments: Arguments, location: Location) -> Value:
    """What library code makes of its arguments: an object about which only its path is known."""
    escape(interp, arguments, location)
    if len(path) > LONGEST_PATH:
        return Unknown("a long chain of library calls", location, depends_on(*arguments))
    made = interp.object_of(path, arguments, location)
    made.receiver = receiver
    made.depends_on = depends_on(*arguments, *([receiver] if receiver is not None else []))
    return made


def call_method(interp: Interpreter, receiver: Value, name: str, arguments: Arguments, location: Location) -> Value:
    """A method of something whose class is not in the source."""
    from wflint.evaluate.python.methods import builtin_method

    asked = model_call(interp, receiver, name)
    if asked is not None:
        return asked(CallSite(interp, f"{path_of(receiver)}.{name}", receiver, arguments, location))
    for path in _paths(interp, receiver, name):
        if path in interp.library_model.calls:
            interp.record_library_call(path, receiver, arguments, location)
            return interp.library_model.calls[path](CallSite(interp, path, receiver, arguments, location))
    if isinstance(receiver, Super):
        return _super_method(interp, receiver, name, arguments, location)
    known = builtin_method(interp, receiver, name, arguments, location)
    if known is not None:
        return known
    for base in _bases(interp, receiver):
        if (others := interp.library_model.calls.get(f"{base}.*")) is not None:
            interp.record_library_call(f"{base}.{name}", receiver, arguments, location)
            return others(CallSite(interp, f"{base}.{name}", receiver, arguments, location))
    if name == "get" and isinstance(receiver, Object):
        record_taken(interp, receiver, text_of(arguments.get("key", 0)), location, asked=True)
    path = f"{path_of(receiver)}.{name}"
    return call_library(interp, path, receiver, arguments, location)


def _paths(interp: Interpreter, receiver: Value, name: str) -> list[str]:
    """The canonical names under which a front end may know a method, most telling first."""
    match receiver:
        case Object():
            return [f"{base}.{name}" for base in _bases(interp, receiver)] + [f"*.{name}"]
        case Class():
            return [*(f"{interp.library_model.canonical(base)}.{name}" for base in receiver.libraries()), f"*.{name}"]
        case ExternalAttribute() | Unknown() | TrackedValue() | Function() | Bound() | Partial():
            return [f"*.{name}"]
        case _:
            return []


def _bases(interp: Interpreter, receiver: Value) -> list[str]:
    """The canonical names of the library classes that an object is of."""
    if not isinstance(receiver, Object):
        return []
    own = [receiver.path] if receiver.path is not None else []
    inherited = receiver.cls.libraries() if receiver.cls is not None else ()
    return own + [interp.library_model.canonical(base) for base in inherited]


def path_of(value: Value | None) -> str:
    """What is known of where a value comes from, as a dotted path."""
    match value:
        case Object(path=str(path)) | ExternalName(path=path):
            return path
        case Object(cls=Class() as cls):
            return cls.name
        case ExternalAttribute(receiver=receiver, name=name):
            return f"{path_of(receiver)}.{name}"
        case Function(name=name):
            return name
        case _:
            return "?"


def _super_method(interp: Interpreter, receiver: Super, name: str, arguments: Arguments, location: Location) -> Value:
    """A method of a library base class; its constructor's arguments are those of the object."""
    if name == "__init__" and isinstance(receiver.receiver, Object):
        receiver.receiver.arguments = arguments
        begin(interp, receiver.receiver, location)
        return NONE
    if name == "__new__":
        from wflint.evaluate.classes import bare_objects

        return bare_objects(interp, arguments, location)
    return (
        call_method(interp, receiver.receiver, name, arguments, location)
        if not isinstance(receiver.receiver, Class)
        else Unknown("a method of a library class", location)
    )


def begin(interp: Interpreter, made: Object, location: Location) -> None:
    """Let the front end that follows the library class behind an object set its first attributes."""
    handler = interp.library_model.calls.get(f"{made.path}.__init__")
    if handler is not None:
        handler(CallSite(interp, f"{made.path}.__init__", made, made.arguments, location))
