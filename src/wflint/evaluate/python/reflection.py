"""What code asks about things: their attributes, their types, the names around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions import attributes, comparing
from wflint.evaluate.sources import sources_of
from wflint.evaluate.types import is_whole, name_of
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    Const,
    EnumMember,
    Function,
    Generic,
    Library,
    Mapping,
    ModuleValue,
    Object,
    Partial,
    Place,
    Rest,
    Sequence,
    Symbol,
    Text,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    text_of,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def _computed(place: Place, *values: Value) -> Value:
    return Unknown("computed", place, sources_of(*values))


def get_attribute(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`getattr(...)`."""
    if not arguments.positional[1:]:
        return _computed(place, *arguments)
    target, name, *default = arguments.positional
    known = [text for text in map(text_of, interp.possibilities(name)) if text is not None]
    if len(known) < len(interp.possibilities(name)):
        for option in options_of(target):
            if isinstance(option, Symbol):
                interp.note(option, "escape", place)
        return _computed(place, *arguments)
    has = {_has(target, text) for text in known}
    if default and has == {False}:
        return default[0]
    interp.guards += bool(default)
    found = [attributes.attribute(interp, target, text, place) for text in known]
    interp.guards -= bool(default)
    return unite(*found) if not default or has == {True} else unite(*found, *default)


def _has(value: Value, name: str) -> bool | None:
    """Whether an object has an attribute; None where that is not known."""
    outcomes = {_one_has(option, name) for option in options_of(value)}
    return outcomes.pop() if len(outcomes) == 1 else None


def _one_has(value: Value, name: str) -> bool | None:
    match value:
        case Object(cls=Class() as cls, content=content):
            held = content.get(name)
            if cls.find(name) is not None or (held is not None and not may_be_absent(held)):
                return True
            whole = held is None and is_whole(cls) and cls.find("__getattr__") is None
            return False if whole else None
        case Function(extra=extra) | Bound(function=Function(extra=extra)):
            return _function_has(value, extra, name)
        case Class():
            return True if value.find(name) is not None else None
        case ModuleValue(module=module):
            held = module.scope.content.get(name)
            return True if module.loaded and held is not None and not may_be_absent(held) else None
        case _:
            return None


def _function_has(value: Value, extra: Mapping | None, name: str) -> bool | None:
    held = extra.content.get(name) if extra is not None else None
    if held is not None:
        return None if may_be_absent(held) else True
    function = value.function if isinstance(value, Bound) else value
    plain = isinstance(function, Function) and not function.marks and not name.startswith("__")
    return False if plain else None


def set_attribute(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`setattr(...)`."""
    match arguments.positional:
        case (target, name, value):
            for text in filter(None, map(text_of, interp.possibilities(name))):
                attributes.set_attribute(interp, target, text, value, place)
        case _:
            pass
    return NONE


def has_attribute(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`hasattr(...)`."""
    match arguments.positional:
        case (Symbol(type=Class() as cls), name) if isinstance(cls.find(text_of(name) or ""), Function):
            return Const(True)  # noqa: FBT003 - a value
        case (Symbol(root=root, path=path), name) if (text := text_of(name)) is not None:
            interp.note(Symbol(root, (*path, text)), "probe", place)
        case (target, name) if (text := text_of(name)) is not None and (has := _has(target, text)) is not None:
            return Const(has)
    return _computed(place, *arguments)


def is_instance(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`isinstance(...)`."""
    match arguments.positional:
        case (value, wanted):
            outcome = comparing.is_instance(interp, value, wanted)
            return Const(outcome) if outcome is not None else _computed(place, value)
        case _:
            return _computed(place, *arguments)


def is_subclass(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`issubclass(...)`."""
    match arguments.positional:
        case (Class() as cls, Class() as wanted) if wanted in list(cls.lineage()) or is_whole(cls):
            return Const(wanted in list(cls.lineage()))
        case _:
            return _computed(place, *arguments)


def type_of(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`type(...)`."""
    if len(arguments.positional) != 1 or arguments.open:
        return _computed(place, *arguments)
    return unite(*(_one_type(option, place) for option in interp.possibilities(arguments.positional[0])))


def _one_type(value: Value, place: Place) -> Value:
    match value:
        case Object(cls=Class() as cls) | EnumMember(cls=cls):
            return cls
        case Const(value=plain) if plain is not None:
            return Library(f"builtins.{type(plain).__name__}")
        case Text():
            return Library("builtins.str")
        case Sequence(kind="list" | "tuple" as kind):
            return Library(f"builtins.{kind}")
        case Mapping(maker=None):
            return Library("builtins.dict")
        case _:
            return _computed(place, value)


def is_callable(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`callable(...)`."""
    match arguments.positional:
        case (Function() | Class() | Partial(),):
            return Const(True)  # noqa: FBT003 - a value
        case (Const() | Sequence() | Mapping() | Text(),):
            return Const(False)  # noqa: FBT003 - a value
        case _:
            return _computed(place, *arguments)


# ------------------------------------------------------------------------------------------------------ namespaces


def module_names(interp: Interpreter, _arguments: Arguments, place: Place) -> Value:
    """`globals()`; what else a module has by itself is not known."""
    return attributes.namespace(interp, interp.module.scope.content, place)


def attributes_of(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`vars(...)`."""
    match arguments.positional:
        case (Object(content=content),) | (Class(content=content),):
            return attributes.namespace(interp, content, place)
        case (ModuleValue(module=module),):
            interp.load(module)
            return attributes.namespace(interp, module.scope.content, place)
        case _:
            return _computed(place, *arguments)


# ----------------------------------------------------------------------------------------------------------- types


def type_arguments(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`typing.get_args(...)`."""
    match arguments.positional:
        case (Generic(base=base, arguments=inner),) if name_of(base) == "Literal":
            return interp.list_of([each for part in inner for each in _flat(part)], "tuple")
        case (Generic(arguments=inner),):
            return interp.list_of(list(inner), "tuple")
        case (Class() | Library(),):
            return interp.list_of([], "tuple")
        case _:
            return _computed(place, *arguments)


def _flat(value: Value) -> tuple[Value, ...]:
    """A `Literal` inside another one counts as what is in it."""
    if isinstance(value, Generic) and name_of(value.base) == "Literal":
        return tuple(each for part in value.arguments for each in _flat(part))
    return (value,)


def type_origin(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`typing.get_origin(...)`."""
    match arguments.positional:
        case (Generic(base=base),):
            return base
        case _:
            return _computed(place, *arguments)


def type_hints(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`typing.get_type_hints(...)` of a class."""
    match arguments.positional:
        case (Class() as cls, *_):
            return attributes.field_types(interp, cls.declared(), place)
        case _:
            return _computed(place, *arguments)


def fields(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dataclasses.fields(...)`: objects of which only the names are known."""
    match arguments.positional:
        case (Class() as cls,) | (Object(cls=Class() as cls),):
            return interp.list_of([_field(interp, name, place) for name in cls.declared()], "tuple")
        case _:
            return interp.list_of([Rest(_computed(place, *arguments))], "tuple")


def _field(interp: Interpreter, name: str, place: Place) -> Object:
    made = interp.object_of("dataclasses.Field", Arguments(), place)
    made.content["name"] = Const(name)
    return made
