"""`value.name`: reading and setting."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class, FieldDecl, Super
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.partials import partial_of
from wflint.evaluate.python.paths import PATH, attribute_of
from wflint.evaluate.recording import record_missing
from wflint.evaluate.tracked import METHODS, OF_FUTURES, copied, may_be_awaited, store
from wflint.evaluate.tracked import attribute as attribute_of_input
from wflint.evaluate.types import annotation, is_enum, members
from wflint.evaluate.values import (
    NONE,
    OTHER_KEYS,
    UNBOUND,
    Arguments,
    Bound,
    Const,
    EnumMember,
    ExternalAttribute,
    ExternalName,
    Function,
    Location,
    Mapping,
    ModuleValue,
    Object,
    Partial,
    Sequence,
    TrackedValue,
    Unbound,
    Union,
    Unknown,
    Value,
    alternatives,
    bound_part,
    join,
    possibly_unbound,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def attribute(interp: Interpreter, value: Value, name: str, location: Location) -> Value:
    """`value.name`."""
    match value:
        case Object():
            return _of_object(interp, value, name, location)
        case TrackedValue():
            return _of_symbol(interp, value, name, location)
        case ModuleValue(module=module):
            return interp.taken_from(module, name)
        case ExternalName(path=path):
            return library(interp, f"{path}.{name}")
        case Class():
            return _of_class(interp, value, name, location)
        case Super():
            return _of_super(interp, value, name, location)
        case EnumMember():
            return _of_member(interp, value, name, location)
        case Union(options=options):
            able = [option for option in options if option != NONE and not isinstance(option, Unbound)]
            return join(*(attribute(interp, option, name, location) for option in able or options))
        case Function(attributes=Mapping(content=extra)) if name in extra:
            there = bound_part(extra[name])
            return there if there is not None else ExternalAttribute(value, name, location)
        case Function(name=own) if name in ("__name__", "__qualname__"):
            return Const(own)
        case Function(node=node) if name == "__doc__":
            return Const(getattr(node, "doc", None))
        case Function() if name == ANNOTATIONS:
            _set_extra(interp, value, name, interp.dict_of(location))
            return attribute(interp, value, name, location)
        case Mapping() if name not in MAPPING_METHODS:
            return _of_mapping(interp, value, name, location)
        case Bound(function=function) if name == "__func__":
            return function
        case Bound(function=Function() as function):
            return attribute(interp, function, name, location)
        case Partial(function=function) if name == "func":
            return function
        case _:
            return ExternalAttribute(value, name, location)


def _of_mapping(interp: Interpreter, value: Mapping, name: str, location: Location) -> Value:
    """A field of a copy of an input: models have attributes, the dicts that they are written out as have none."""
    rest = value.content.get(OTHER_KEYS)
    if not isinstance(rest, TrackedValue) or rest.written_out:
        return ExternalAttribute(value, name, location)
    there = bound_part(value.content[name]) if name in value.content else None
    return there if there is not None else attribute(interp, rest, name, location)


ANNOTATIONS = "__annotations__"
"""What a function or class is annotated with, as a dict that code may change."""
MAPPING_METHODS = frozenset(dir(dict)) | {"model_dump", "model_copy", "dict", "json", "model_dump_json"}


def _of_member(interp: Interpreter, value: EnumMember, name: str, location: Location) -> Value:
    if name in ("name", "value"):
        return Const(value.name) if name == "name" else value.value
    found = value.cls.find(name)
    if isinstance(found, Function):
        return bind(interp, found, value, value.cls, location)
    held = _begun(interp, value, location).content.get(name)
    there = bound_part(held) if held is not None else None
    return there if there is not None else ExternalAttribute(value, name, location)


def _begun(interp: Interpreter, value: EnumMember, location: Location) -> Object:
    """What `__init__` of an enumeration sets in a member, from the value that is written for it."""
    made = Object(interp.heap.tick(), None, value.cls, Arguments(), location)
    begin = value.cls.find("__init__")
    if isinstance(begin, Function):
        parts = value.value.content if isinstance(value.value, Sequence) and value.value.closed else [value.value]
        interp.call(Bound(begin, made), Arguments(tuple(parts)), location)
    return made


def library(interp: Interpreter, path: str) -> Value:
    """What a dotted library path means: a constant, a name that a stub defines, or just itself."""
    table = interp.library_model
    canonical = table.canonical(path)
    if canonical in table.constants:
        return table.constants[canonical]
    root, _, rest = path.partition(".")
    name = rest.rpartition(".")[2]
    if name in table.stub_names(root) and not (interp.frames and interp.module.stub):
        stub = interp.stub(table.stubs[root])
        return stub.scope.content.get(name, ExternalName(canonical))
    return ExternalName(canonical)


def _of_object(interp: Interpreter, value: Object, name: str, location: Location) -> Value:
    there = bound_part(interp.settled(value.content[name])) if name in value.content else None
    if there is not None and not possibly_unbound(value.content[name]):
        return there
    inherited = _inherited(interp, value, name, location)
    if there is None and inherited is None:
        record_missing(interp, value, name, location)
        return ExternalAttribute(value, name, location)
    return join(*(each for each in (there, inherited) if each is not None))


def _inherited(interp: Interpreter, value: Object, name: str, location: Location) -> Value | None:
    """What the class of an object gives; None where it gives nothing."""
    if value.path == PATH:
        return attribute_of(interp, value, name, location)
    if value.cls is None:
        return None
    if name == "__class__":
        return value.cls
    if name == "__dict__":
        return namespace(interp, value.content, location)
    found = value.cls.find(name)
    if found is not None:
        return bind(interp, found, value, value.cls, location)
    asked = value.cls.find("__getattr__")
    return (
        interp.call(Bound(asked, value), Arguments((Const(name),)), location) if isinstance(asked, Function) else None
    )


def namespace(interp: Interpreter, content: dict[Hashable, Value], location: Location) -> Mapping:
    """Names and what they stand for, as a dict."""
    made = interp.dict_of(location)
    made.content.update({name: interp.settled(value) for name, value in list(content.items())})
    return made


def bind(interp: Interpreter, found: Value, receiver: Value, cls: Class, location: Location) -> Value:
    """A name of a class as its instance sees it."""
    if isinstance(found, Partial) and found.method:
        return partial_of(Bound(found.function, receiver), found.arguments)
    if not isinstance(found, Function):
        return found
    match found.binding:
        case "static":
            return found
        case "class":
            return Bound(found, cls)
        case "property":
            return interp.call(Bound(found, receiver), Arguments(), location)
        case "cached":
            return _cached(interp, found, receiver, location)
        case _:
            return Bound(found, receiver)


def _cached(interp: Interpreter, found: Function, receiver: Value, location: Location) -> Value:
    """A property that is worked out once and then is an attribute."""
    value = interp.call(Bound(found, receiver), Arguments(), location)
    if isinstance(receiver, Object):
        interp.heap.snapshot_before_write(receiver)
        receiver.content[found.name] = value
    return value


def _of_super(interp: Interpreter, value: Super, name: str, location: Location) -> Value:
    receiver = value.receiver
    made = receiver.cls if isinstance(receiver, Object) else receiver
    cls = made if isinstance(made, Class) else value.cls
    lineage = list(cls.lineage())
    after = lineage[lineage.index(value.cls) + 1 :] if value.cls in lineage else []
    for ancestor in after:
        if name in ancestor.content:
            return bind(interp, ancestor.content[name], receiver, cls, location)
    return ExternalAttribute(value, name, location)


def _of_class(interp: Interpreter, value: Class, name: str, location: Location) -> Value:
    if name in ("__name__", "__qualname__"):
        return Const(value.name)
    if name == "__doc__":
        return Const(value.node.doc)
    if name == ANNOTATIONS:
        return field_types(interp, value.fields, location)
    if name == "__dict__":
        return namespace(interp, value.content, location)
    if name == "__members__" and is_enum(value):
        listing = interp.dict_of(location)
        listing.content.update({member.name: member for member in members(value)})
        return listing
    found = value.find(name)
    if found is None:
        return ExternalAttribute(value, name, location)
    if isinstance(found, Function) and found.binding == "class":
        return Bound(found, value)
    return interp.settled(found)


def field_types(interp: Interpreter, fields: dict[str, FieldDecl], location: Location) -> Mapping:
    """Annotated names and their types, as a dict."""
    made = interp.dict_of(location)
    for name, field in fields.items():
        type_ = annotation(interp, field.annotation, field.scope, field.location.module)
        made.content[name] = type_ if type_ is not None else Unknown("a type", location)
    return made


def _of_symbol(interp: Interpreter, value: TrackedValue, name: str, location: Location) -> Value:
    if isinstance(value.type, Class):
        method = value.type.find(name)
        if isinstance(method, Function):
            return bind(interp, method, value, value.type, location)
    if name.startswith("__") and name.endswith("__"):
        return _of_machinery(interp, value, name, location)
    if name in OF_FUTURES and may_be_awaited(value):
        return ExternalAttribute(value, name, location)
    found = attribute_of_input(interp, value, name, location)
    if not isinstance(found, TrackedValue):
        return found
    if name in METHODS and found.type is None:
        return ExternalAttribute(value, name, location)
    interp.record_access(found, "attribute", location)
    return found


def _of_machinery(interp: Interpreter, value: TrackedValue, name: str, location: Location) -> Value:
    """What Python itself keeps with an object: no part of it, though `__dict__` holds all of them."""
    return (
        copied(value, interp, location) if name == "__dict__" else Unknown(f"its {name}", location, depends_on(value))
    )


def _setter(value: Object, name: str) -> Function | None:
    """The function that `@name.setter` made of a property."""
    found = value.cls.find(name) if value.cls is not None else None
    return found.setter if isinstance(found, Function) else None


def set_attribute(interp: Interpreter, value: Value, name: str, new: Value, location: Location) -> None:
    """`value.name = new`."""
    options = alternatives(value)
    for option in options:
        match option:
            case Object() if (setter := _setter(option, name)) is not None:
                interp.call(Bound(setter, option), Arguments((new,)), location)
            case Object() | Class():
                interp.heap.snapshot_before_write(option)
                option.content[name] = new if len(options) == 1 else join(option.content.get(name, UNBOUND), new)
            case Function() | Bound(function=Function()):
                _set_extra(interp, option if isinstance(option, Function) else option.function, name, new)
            case ModuleValue(module=module):
                interp.load(module)
                interp.heap.snapshot_before_write(module.scope)
                module.scope.content[name] = new
            case TrackedValue():
                store(interp, option, name, new, location)
            case _:
                pass


def _set_extra(interp: Interpreter, value: Value, name: str, new: Value) -> None:
    """An attribute of a function, seen by everybody who has the function."""
    if isinstance(value, Function):
        if value.attributes is None:
            value.attributes = Mapping(0, {}, {})
        interp.heap.snapshot_before_write(value.attributes)
        value.attributes.content[name] = new


def delete_attribute(interp: Interpreter, value: Value, name: str) -> None:
    """`del value.name`."""
    options = alternatives(value)
    for option in options:
        if isinstance(option, Object | Class) and name in option.content:
            interp.heap.snapshot_before_write(option)
            held = option.content.pop(name)
            if len(options) > 1:
                option.content[name] = join(held, UNBOUND)
