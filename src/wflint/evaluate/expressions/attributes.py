"""`value.name`: reading and setting."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class, FieldDecl, Super
from wflint.evaluate.inputs import METHODS, copied, part, set_part
from wflint.evaluate.python.paths import PATH, attribute_of
from wflint.evaluate.sources import sources_of
from wflint.evaluate.types import annotation, is_enum, members
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    REST,
    Absent,
    Arguments,
    Bound,
    Const,
    EnumMember,
    Function,
    Library,
    Mapping,
    Member,
    ModuleValue,
    Object,
    Partial,
    Place,
    Sequence,
    Symbol,
    Union,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    present,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def attribute(interp: Interpreter, value: Value, name: str, place: Place) -> Value:
    """`value.name`."""
    match value:
        case Object():
            return _of_object(interp, value, name, place)
        case Symbol():
            return _of_symbol(interp, value, name, place)
        case ModuleValue(module=module):
            return interp.taken_from(module, name)
        case Library(path=path):
            return library(interp, f"{path}.{name}")
        case Class():
            return _of_class(interp, value, name, place)
        case Super():
            return _of_super(interp, value, name, place)
        case EnumMember():
            return _of_member(interp, value, name, place)
        case Union(options=options):
            able = [option for option in options if option != NONE and not isinstance(option, Absent)]
            return unite(*(attribute(interp, option, name, place) for option in able or options))
        case Function(extra=Mapping(content=extra)) if name in extra:
            there = present(extra[name])
            return there if there is not None else Member(value, name, place)
        case Function(name=own) if name in ("__name__", "__qualname__"):
            return Const(own)
        case Function(node=node) if name == "__doc__":
            return Const(getattr(node, "doc", None))
        case Mapping() if name not in MAPPING_METHODS:
            return _of_mapping(interp, value, name, place)
        case Bound(function=function) if name == "__func__":
            return function
        case Bound(function=Function() as function):
            return attribute(interp, function, name, place)
        case Partial(function=function) if name == "func":
            return function
        case _:
            return Member(value, name, place)


def _of_mapping(interp: Interpreter, value: Mapping, name: str, place: Place) -> Value:
    """A field of a copy of an input: dicts have no attributes, but models do."""
    rest = value.content.get(REST)
    if not isinstance(rest, Symbol):
        return Member(value, name, place)
    there = present(value.content[name]) if name in value.content else None
    return there if there is not None else attribute(interp, rest, name, place)


MAPPING_METHODS = frozenset(dir(dict)) | {"model_dump", "model_copy", "dict", "json", "model_dump_json"}


def _of_member(interp: Interpreter, value: EnumMember, name: str, place: Place) -> Value:
    if name in ("name", "value"):
        return Const(value.name) if name == "name" else value.value
    found = value.cls.find(name)
    if isinstance(found, Function):
        return bind(interp, found, value, value.cls, place)
    held = _begun(interp, value, place).content.get(name)
    there = present(held) if held is not None else None
    return there if there is not None else Member(value, name, place)


def _begun(interp: Interpreter, value: EnumMember, place: Place) -> Object:
    """What `__init__` of an enumeration sets in a member, from the value that is written for it."""
    made = Object(interp.heap.tick(), None, value.cls, Arguments(), place)
    begin = value.cls.find("__init__")
    if isinstance(begin, Function):
        parts = value.value.content if isinstance(value.value, Sequence) and value.value.closed else [value.value]
        interp.call(Bound(begin, made), Arguments(tuple(parts)), place)
    return made


def library(interp: Interpreter, path: str) -> Value:
    """What a dotted library path means: a constant, a name that a stub defines, or just itself."""
    table = interp.table
    canonical = table.canonical(path)
    if canonical in table.constants:
        return table.constants[canonical]
    root, _, rest = path.partition(".")
    name = rest.rpartition(".")[2]
    if name in table.stub_names(root) and not (interp.frames and interp.module.stub):
        stub = interp.stub(table.stubs[root])
        return stub.scope.content.get(name, Library(canonical))
    return Library(canonical)


def _of_object(interp: Interpreter, value: Object, name: str, place: Place) -> Value:
    there = present(interp.settled(value.content[name])) if name in value.content else None
    if there is not None and not may_be_absent(value.content[name]):
        return there
    inherited = _inherited(interp, value, name, place)
    if there is None:
        return inherited if inherited is not None else Member(value, name, place)
    return there if inherited is None else unite(there, inherited)


def _inherited(interp: Interpreter, value: Object, name: str, place: Place) -> Value | None:
    """What the class of an object gives; None where it gives nothing."""
    if value.path == PATH:
        return attribute_of(interp, value, name, place)
    if value.cls is None:
        return None
    if name == "__class__":
        return value.cls
    if name == "__dict__":
        return namespace(interp, value.content, place)
    found = value.cls.find(name)
    if found is not None:
        return bind(interp, found, value, value.cls, place)
    asked = value.cls.find("__getattr__")
    return interp.call(Bound(asked, value), Arguments((Const(name),)), place) if isinstance(asked, Function) else None


def namespace(interp: Interpreter, content: dict[Hashable, Value], place: Place) -> Mapping:
    """Names and what they stand for, as a dict."""
    made = interp.dict_of(place)
    made.content.update({name: interp.settled(value) for name, value in list(content.items())})
    return made


def bind(interp: Interpreter, found: Value, receiver: Value, cls: Class, place: Place) -> Value:
    """A name of a class as its instance sees it."""
    if isinstance(found, Partial) and found.method:
        return Partial(Bound(found.function, receiver), found.arguments)
    if not isinstance(found, Function):
        return found
    match found.binding:
        case "static":
            return found
        case "class":
            return Bound(found, cls)
        case "property":
            return interp.call(Bound(found, receiver), Arguments(), place)
        case "cached":
            return _cached(interp, found, receiver, place)
        case _:
            return Bound(found, receiver)


def _cached(interp: Interpreter, found: Function, receiver: Value, place: Place) -> Value:
    """A property that is worked out once and then is an attribute."""
    value = interp.call(Bound(found, receiver), Arguments(), place)
    if isinstance(receiver, Object):
        interp.heap.touch(receiver)
        receiver.content[found.name] = value
    return value


def _of_super(interp: Interpreter, value: Super, name: str, place: Place) -> Value:
    receiver = value.receiver
    made = receiver.cls if isinstance(receiver, Object) else receiver
    cls = made if isinstance(made, Class) else value.cls
    lineage = list(cls.lineage())
    after = lineage[lineage.index(value.cls) + 1 :] if value.cls in lineage else []
    for ancestor in after:
        if name in ancestor.content:
            return bind(interp, ancestor.content[name], receiver, cls, place)
    return Member(value, name, place)


def _of_class(interp: Interpreter, value: Class, name: str, place: Place) -> Value:
    if name in ("__name__", "__qualname__"):
        return Const(value.name)
    if name == "__doc__":
        return Const(value.node.doc)
    if name == "__annotations__":
        return field_types(interp, value.fields, place)
    if name == "__dict__":
        return namespace(interp, value.content, place)
    if name == "__members__" and is_enum(value):
        listing = interp.dict_of(place)
        listing.content.update({member.name: member for member in members(value)})
        return listing
    found = value.find(name)
    if found is None:
        return Member(value, name, place)
    if isinstance(found, Function) and found.binding == "class":
        return Bound(found, value)
    return interp.settled(found)


def field_types(interp: Interpreter, fields: dict[str, FieldDecl], place: Place) -> Mapping:
    """Annotated names and their types, as a dict."""
    made = interp.dict_of(place)
    for name, field in fields.items():
        type_ = annotation(interp, field.annotation, field.scope, field.place.module)
        made.content[name] = type_ if type_ is not None else Unknown("a type", place)
    return made


def _of_symbol(interp: Interpreter, value: Symbol, name: str, place: Place) -> Value:
    if isinstance(value.type, Class):
        method = value.type.find(name)
        if isinstance(method, Function):
            return bind(interp, method, value, value.type, place)
    if name.startswith("__") and name.endswith("__"):
        return _of_machinery(interp, value, name, place)
    found = part(interp, value, name, place)
    if not isinstance(found, Symbol):
        return found
    if name in METHODS and found.type is None:
        return Member(value, name, place)
    interp.note(found, "attribute", place)
    return found


def _of_machinery(interp: Interpreter, value: Symbol, name: str, place: Place) -> Value:
    """What Python itself keeps with an object: no part of it, though `__dict__` holds all of them."""
    return copied(value, interp, place) if name == "__dict__" else Unknown(f"its {name}", place, sources_of(value))


def _setter(value: Object, name: str) -> Function | None:
    """The function that `@name.setter` made of a property."""
    found = value.cls.find(name) if value.cls is not None else None
    return found.setter if isinstance(found, Function) else None


def set_attribute(interp: Interpreter, value: Value, name: str, new: Value, place: Place) -> None:
    """`value.name = new`."""
    options = options_of(value)
    for option in options:
        match option:
            case Object() if (setter := _setter(option, name)) is not None:
                interp.call(Bound(setter, option), Arguments((new,)), place)
            case Object() | Class():
                interp.heap.touch(option)
                option.content[name] = new if len(options) == 1 else unite(option.content.get(name, ABSENT), new)
            case Function() | Bound(function=Function()):
                _set_extra(interp, option if isinstance(option, Function) else option.function, name, new)
            case ModuleValue(module=module):
                interp.load(module)
                interp.heap.touch(module.scope)
                module.scope.content[name] = new
            case Symbol():
                set_part(interp, option, name, new, place)
            case _:
                pass


def _set_extra(interp: Interpreter, value: Value, name: str, new: Value) -> None:
    """An attribute of a function, seen by everybody who has the function."""
    if isinstance(value, Function):
        if value.extra is None:
            value.extra = Mapping(0, {}, {})
        interp.heap.touch(value.extra)
        value.extra.content[name] = new


def delete_attribute(interp: Interpreter, value: Value, name: str) -> None:
    """`del value.name`."""
    options = options_of(value)
    for option in options:
        if isinstance(option, Object | Class) and name in option.content:
            interp.heap.touch(option)
            held = option.content.pop(name)
            if len(options) > 1:
                option.content[name] = unite(held, ABSENT)
