"""The parameters of a function and what a call gives them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.tracked import asked
from wflint.evaluate.types import SWITCHES, annotation, bare, literals
from wflint.evaluate.values import (
    OTHER_KEYS,
    Arguments,
    Const,
    ExternalName,
    Function,
    InputSource,
    Location,
    Mapping,
    RepeatedElement,
    TrackedValue,
    Unknown,
    Value,
    bound_part,
    join,
    possibly_unbound,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope
    from wflint.source.code import Parameter


def bind_parameters(interp: Interpreter, function: Function, arguments: Arguments, scope: Scope) -> None:
    """Give the parameters their arguments, defaults, or what can be told of them from their annotations."""
    positional = list(arguments.positional)
    named = dict(arguments.keywords)
    for parameter in function.node.parameters:
        match parameter.kind:
            case "args":
                scope.content[parameter.name] = interp.list_of([*positional, *_further(arguments)], "tuple")
                positional = []
            case "kwargs":
                scope.content[parameter.name] = _rest_of(interp, named, arguments)
                named = {}
            case kind if kind != "keyword" and positional:
                scope.content[parameter.name] = positional.pop(0)
            case kind if kind != "positional" and parameter.name in named:
                scope.content[parameter.name] = _given(interp, function, parameter, named.pop(parameter.name))
            case _:
                scope.content[parameter.name] = _not_given(interp, function, parameter, arguments)


def _given(interp: Interpreter, function: Function, parameter: Parameter, value: Value) -> Value:
    """An argument that is given; one that may be given has its default otherwise."""
    if not possibly_unbound(value):
        return value
    there, default = bound_part(value), function.defaults.get(parameter.name)
    options = [option for option in (there, default) if option is not None]
    return join(*options) if options else guess(interp, function, parameter)


def _further(arguments: Arguments) -> list[Value]:
    """The arguments by position that are not shown, as items of a list."""
    if arguments.tail is not None:
        return [RepeatedElement(arguments.tail)]
    shown = not arguments.open or arguments.rest is not None
    return [] if shown else [RepeatedElement(Unknown("unknown arguments"))]


def _rest_of(interp: Interpreter, named: dict[str, Value], arguments: Arguments) -> Mapping:
    rest = interp.dict_of()
    rest.content.update(named)
    if arguments.rest is not None:
        rest.content[OTHER_KEYS] = arguments.rest
    elif arguments.open and arguments.tail is None:
        rest.content[OTHER_KEYS] = Unknown("unknown keyword arguments")
    return rest


def _not_given(interp: Interpreter, function: Function, parameter: Parameter, arguments: Arguments) -> Value:
    """An argument that is not shown: one of those that are spread into the call, or else the default."""
    options: list[Value] = []
    if arguments.tail is not None and parameter.kind != "keyword":
        options.append(arguments.tail)
    if arguments.rest is not None and parameter.kind != "positional":
        options.append(_from_rest(interp, function, parameter, arguments.rest))
    if parameter.name in function.defaults:
        default = function.defaults[parameter.name]
        options.append(default)
        if arguments.open and arguments.rest is None and arguments.tail is None:
            options += _instead(interp, function, parameter, default)
    return join(*options) if options else guess(interp, function, parameter)


def _instead(interp: Interpreter, function: Function, parameter: Parameter, default: Value) -> tuple[Value, ...]:
    """What callers that are not seen may give instead of the default.

    A default that leaves something out or switches it off is there for callers who say otherwise, and so is one of the
    values that the annotation lists. Any other text or number stands for what callers usually give.
    """
    if default in SWITCHES:
        return (guess(interp, function, parameter),)
    if parameter.annotation is None:
        return ()
    return literals(interp, bare(annotation(interp, parameter.annotation, function.scope, function.module)))


def _from_rest(interp: Interpreter, function: Function, parameter: Parameter, rest: Value) -> Value:
    """What a dict that is spread into the call has under the name of a parameter; an input need not have it."""
    if isinstance(rest, TrackedValue) and not rest.access_path:
        location = Location(function.module, parameter.at)
        given = Arguments((Const(parameter.name),))
        return asked(interp, rest, "get", parameter.name, given, location, of_copy=True)
    return Unknown(f"argument `{parameter.name}` of `{function.name}`", Location(function.module, parameter.at))


def guess(interp: Interpreter, function: Function, parameter: Parameter) -> Value:
    """An argument that nobody gives: an object of the annotated class if the class is in the source."""
    reason = f"argument `{parameter.name}` of `{function.name}`"
    unknown = Unknown(reason, Location(function.module, parameter.at), part=parameter.name)
    if parameter.annotation is None:
        return unknown
    if len(interp.frames) > MOST_GUESSED:
        interp.memory.unrepeatable += 1
        return unknown
    type_ = bare(annotation(interp, parameter.annotation, function.scope, function.module))
    known = literals(interp, type_)
    if known:
        return join(*known)
    if isinstance(type_, ExternalName) and _is_of_library(interp, type_.path):
        return interp.object_of(type_.path, Arguments(open=True), Location(function.module, parameter.at))
    if not isinstance(type_, Class) or type_ in interp.guessing:
        return unknown
    from wflint.evaluate.classes import has_behaviour, instantiate

    if not has_behaviour(type_):
        return TrackedValue(InputSource(f"argument {parameter.name}", type_), (), type_)
    interp.guessing.append(type_)
    made = instantiate(interp, type_, Arguments(open=True), Location(function.module, parameter.at))
    interp.guessing.pop()
    return made


def _is_of_library(interp: Interpreter, path: str) -> bool:
    """Whether a name is that of a class of some package, none whose making means a workflow."""
    package, _, name = path.partition(".")
    made = name.rpartition(".")[2][:1].isupper() and package not in sys.stdlib_module_names
    return made and package != "typing_extensions" and path not in interp.library_model.calls


MOST_GUESSED = 6
