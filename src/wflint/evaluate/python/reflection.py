"""What code asks about things: their attributes, their types, the names around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions import attributes, comparing
from wflint.evaluate.recording import record_missing
from wflint.evaluate.types import is_whole, name_of
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    Const,
    EnumMember,
    ExternalName,
    Function,
    Generic,
    Location,
    Mapping,
    ModuleValue,
    Object,
    Partial,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    join,
    possibly_unbound,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def _computed(location: Location, *values: Value) -> Value:
    return Unknown("computed", location, depends_on(*values))


def get_attribute(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`getattr(...)`."""
    if not arguments.positional[1:]:
        return _computed(location, *arguments)
    target, name, *default = arguments.positional
    known = [text for text in map(text_of, interp.possibilities(name)) if text is not None]
    if len(known) < len(interp.possibilities(name)):
        for option in alternatives(target):
            if isinstance(option, TrackedValue):
                interp.record_access(option, "escape", location)
        return _computed(location, *arguments)
    has = {_has(target, text) for text in known}
    if default and has == {False}:
        return default[0]
    interp.guards += bool(default)
    found = [attributes.attribute(interp, target, text, location) for text in known]
    interp.guards -= bool(default)
    return join(*found) if not default or has == {True} else join(*found, *default)


def _has(value: Value, name: str) -> bool | None:
    """Whether an object has an attribute; None where that is not known."""
    outcomes = {_one_has(option, name) for option in alternatives(value)}
    return outcomes.pop() if len(outcomes) == 1 else None


def _one_has(value: Value, name: str) -> bool | None:
    match value:
        case Object(cls=Class() as cls, content=content):
            held = content.get(name)
            if cls.find(name) is not None or (held is not None and not possibly_unbound(held)):
                return True
            whole = held is None and is_whole(cls) and cls.find("__getattr__") is None
            return False if whole else None
        case Function(attributes=extra) | Bound(function=Function(attributes=extra)):
            return _function_has(value, extra, name)
        case Class():
            return True if value.find(name) is not None else None
        case ModuleValue(module=module):
            held = module.scope.content.get(name)
            return True if module.loaded and held is not None and not possibly_unbound(held) else None
        case _:
            return None


def _function_has(value: Value, extra: Mapping | None, name: str) -> bool | None:
    held = extra.content.get(name) if extra is not None else None
    if held is not None:
        return None if possibly_unbound(held) else True
    function = value.function if isinstance(value, Bound) else value
    plain = isinstance(function, Function) and not function.unmodelled_decorators and not name.startswith("__")
    return False if plain else None


def set_attribute(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`setattr(...)`."""
    match arguments.positional:
        case (target, name, value):
            for text in filter(None, map(text_of, interp.possibilities(name))):
                attributes.set_attribute(interp, target, text, value, location)
        case _:
            pass
    return NONE


def has_attribute(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`hasattr(...)`."""
    match arguments.positional:
        case (TrackedValue(type=Class() as cls), name) if isinstance(cls.find(text_of(name) or ""), Function):
            return Const(True)  # noqa: FBT003 - a value
        case (TrackedValue(root=root, access_path=path), name) if (text := text_of(name)) is not None:
            interp.record_access(TrackedValue(root, (*path, text)), "probe", location)
        case (target, name) if (text := text_of(name)) is not None and (has := _has(target, text)) is not None:
            return Const(has)
        case (Object() as target, name) if (text := text_of(name)) is not None:
            record_missing(interp, target, text, location, asked=True)
    return _computed(location, *arguments)


def is_instance(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`isinstance(...)`."""
    match arguments.positional:
        case (value, wanted):
            outcome = comparing.is_instance(interp, value, wanted)
            return Const(outcome) if outcome is not None else _computed(location, value)
        case _:
            return _computed(location, *arguments)


def is_subclass(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`issubclass(...)`."""
    match arguments.positional:
        case (Class() as cls, Class() as wanted) if wanted in list(cls.lineage()) or is_whole(cls):
            return Const(wanted in list(cls.lineage()))
        case _:
            return _computed(location, *arguments)


def type_of(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`type(...)`."""
    if len(arguments.positional) != 1 or arguments.open:
        return _computed(location, *arguments)
    return join(*(_one_type(option, location) for option in interp.possibilities(arguments.positional[0])))


def _one_type(value: Value, location: Location) -> Value:
    match value:
        case Object(cls=Class() as cls) | EnumMember(cls=cls):
            return cls
        case Const(value=plain) if plain is not None:
            return ExternalName(f"builtins.{type(plain).__name__}")
        case Text():
            return ExternalName("builtins.str")
        case Sequence(kind="list" | "tuple" as kind):
            return ExternalName(f"builtins.{kind}")
        case Mapping(default_factory=None):
            return ExternalName("builtins.dict")
        case _:
            return _computed(location, value)


def is_callable(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`callable(...)`."""
    match arguments.positional:
        case (Function() | Class() | Partial(),):
            return Const(True)  # noqa: FBT003 - a value
        case (Const() | Sequence() | Mapping() | Text(),):
            return Const(False)  # noqa: FBT003 - a value
        case _:
            return _computed(location, *arguments)


# ------------------------------------------------------------------------------------------------------ namespaces


def module_names(interp: Interpreter, _arguments: Arguments, location: Location) -> Value:
    """`globals()`; what else a module has by itself is not known."""
    interp.memory.unrepeatable += 1
    return attributes.namespace(interp, interp.module.scope.content, location)


def attributes_of(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`vars(...)`."""
    match arguments.positional:
        case (Object(content=content),) | (Class(content=content),):
            return attributes.namespace(interp, content, location)
        case (ModuleValue(module=module),):
            interp.load(module)
            return attributes.namespace(interp, module.scope.content, location)
        case _:
            return _computed(location, *arguments)


# ----------------------------------------------------------------------------------------------------------- types


def type_arguments(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`typing.get_args(...)`."""
    match arguments.positional:
        case (Generic(base=base, arguments=inner),) if name_of(base) == "Literal":
            return interp.list_of([each for part in inner for each in _flat(part)], "tuple")
        case (Generic(arguments=inner),):
            return interp.list_of(list(inner), "tuple")
        case (Class() | ExternalName(),):
            return interp.list_of([], "tuple")
        case _:
            return _computed(location, *arguments)


def _flat(value: Value) -> tuple[Value, ...]:
    """A `Literal` inside another one counts as what is in it."""
    if isinstance(value, Generic) and name_of(value.base) == "Literal":
        return tuple(each for part in value.arguments for each in _flat(part))
    return (value,)


def type_origin(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`typing.get_origin(...)`."""
    match arguments.positional:
        case (Generic(base=base),):
            return base
        case _:
            return _computed(location, *arguments)


def type_hints(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`typing.get_type_hints(...)` of a class."""
    match arguments.positional:
        case (Class() as cls, *_):
            return attributes.field_types(interp, cls.declared(), location)
        case _:
            return _computed(location, *arguments)


def fields(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`dataclasses.fields(...)`: objects of which only the names are known."""
    match arguments.positional:
        case (Class() as cls,) | (Object(cls=Class() as cls),):
            return interp.list_of([_field(interp, name, location) for name in cls.declared()], "tuple")
        case _:
            return interp.list_of([RepeatedElement(_computed(location, *arguments))], "tuple")


def _field(interp: Interpreter, name: str, location: Location) -> Object:
    made = interp.object_of("dataclasses.Field", Arguments(), location)
    made.content["name"] = Const(name)
    return made
