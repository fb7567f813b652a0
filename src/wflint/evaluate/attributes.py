"""`value.name` and `value[index]`: reading and setting."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class, Super
from wflint.evaluate.displays import put_somewhere
from wflint.evaluate.types import element_type, is_enum, is_named_tuple, members, part_type
from wflint.evaluate.values import (
    NONE,
    REST,
    Absent,
    Bound,
    Const,
    EnumMember,
    Function,
    Generic,
    Library,
    Mapping,
    Member,
    ModuleValue,
    Object,
    Partial,
    Place,
    Rest,
    Sequence,
    Symbol,
    Union,
    Unknown,
    Value,
    options_of,
    present,
    sources_of,
    text_of,
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
            found = interp.exported(module, name)
            return found if found is not None else Unknown(f"`{name}` is not found in {module.path}", place)
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
        case Function(name=own) if name in ("__name__", "__qualname__"):
            return Const(own)
        case Function(node=node) if name == "__doc__":
            return Const(getattr(node, "doc", None))
        case Bound(function=function) if name in ("__name__", "__doc__", "__func__"):
            return attribute(interp, function, name, place) if name != "__func__" else function
        case Partial(function=function) if name == "func":
            return function
        case _:
            return Member(value, name, place)


def _of_member(interp: Interpreter, value: EnumMember, name: str, place: Place) -> Value:
    if name in ("name", "value"):
        return Const(value.name) if name == "name" else value.value
    found = value.cls.find(name)
    return bind(interp, found, value, value.cls, place) if isinstance(found, Function) else Member(value, name, place)


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
    if name in value.content:
        there = present(interp.settled(value.content[name]))
        if there is not None:
            return there
    if value.cls is None:
        return Member(value, name, place)
    if name == "__class__":
        return value.cls
    found = value.cls.find(name)
    if found is None:
        inherited = value.cls.find("__getattr__")
        return Member(value, name, place) if inherited is None else Unknown("a computed attribute", place)
    return bind(interp, found, value, value.cls, place)


def bind(interp: Interpreter, found: Value, receiver: Value, cls: Class, place: Place) -> Value:
    """A name of a class as its instance sees it."""
    if not isinstance(found, Function):
        return found
    match found.binding:
        case "static":
            return found
        case "class":
            return Bound(found, cls)
        case "property":
            from wflint.evaluate.values import Arguments

            return interp.call(Bound(found, receiver), Arguments(), place)
        case _:
            return Bound(found, receiver)


def _of_super(interp: Interpreter, value: Super, name: str, place: Place) -> Value:
    receiver = value.receiver
    cls = receiver.cls if isinstance(receiver, Object) and receiver.cls is not None else value.cls
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
    if name == "__members__" and is_enum(value):
        listing = interp.dict_of(place)
        listing.content.update({member.name: member for member in members(value)})
        return listing
    found = value.find(name)
    if found is None:
        return Member(value, name, place)
    if isinstance(found, Function) and found.binding == "class":
        return Bound(found, value)
    return found


def _of_symbol(interp: Interpreter, value: Symbol, name: str, place: Place) -> Value:
    if isinstance(value.type, Class):
        method = value.type.find(name)
        if isinstance(method, Function):
            return bind(interp, method, value, value.type, place)
    part = Symbol(value.root, (*value.path, name), part_type(interp, value.type, name))
    if len(part.path) > MOST_PARTS:
        return Unknown("a deep part of an input", place, frozenset({value}))
    if name not in METHODS or part.type is not None:
        interp.note(part, "attribute", place)
        return part
    return Member(value, name, place)


MOST_PARTS = 6

METHODS = frozenset(
    [
        "get",
        "items",
        "keys",
        "values",
        "pop",
        "setdefault",
        "update",
        "copy",
        "append",
        "extend",
        "insert",
        "remove",
        "clear",
        "sort",
        "reverse",
        "model_dump",
        "dict",
        "model_copy",
        "json",
        "model_dump_json",
        "format",
        "join",
        "split",
        "strip",
        "lower",
        "upper",
        "startswith",
        "endswith",
        "replace",
    ]
)
"""Attribute names that are methods of dicts, lists, texts and models rather than fields of an input."""


def item(interp: Interpreter, value: Value, index: Value, place: Place) -> Value:
    """`value[index]`."""
    index = interp.resolved(index)
    if isinstance(index, Union):
        return unite(*(item(interp, value, option, place) for option in index.options))
    match value:
        case Union(options=options):
            able = [option for option in options if option != NONE]
            return unite(*(item(interp, option, index, place) for option in able or options))
        case Mapping():
            return _entry(interp, value, index, place)
        case Sequence():
            return _element(value, index, place)
        case Symbol():
            return _part(interp, value, index, place)
        case Class() | Generic() | Library():
            return _subscripted(value, index)
        case Const(value=str(text)) if isinstance(index, Const) and isinstance(index.value, int):
            in_range = -len(text) <= index.value < len(text)
            return Const(text[index.value]) if in_range else Unknown("an index out of range", place)
        case Object(cls=Class() as cls) if isinstance(getter := cls.find("__getitem__"), Function):
            from wflint.evaluate.values import Arguments

            return interp.call(Bound(getter, value), Arguments((index,)), place)
        case Object(cls=Class() as cls) if is_named_tuple(cls):
            from wflint.evaluate.iteration import elements

            return _element(elements(interp, value), index, place)
        case Object(content=content) if (key := _key(index)) in content:
            return content[key]
        case _:
            return Unknown("an element of something unknown", place, sources_of(value, index))


def _key(index: Value) -> Hashable:
    text = text_of(index)
    if text is not None:
        return text
    return index.value if isinstance(index, Const) else index


def _entry(interp: Interpreter, value: Mapping, index: Value, place: Place) -> Value:
    key = _key(index)
    if key in value.content:
        there = present(value.content[key])
        if there is not None:
            return there
    if isinstance(key, Value):
        return unite(*(v for v in map(present, value.content.values()) if v is not None), Unknown("any entry", place))
    if REST in value.content:
        rest = value.content[REST]
        if isinstance(rest, Symbol):
            return _part(interp, rest, index, place)
        return Unknown("an entry of a partly known dict", place, sources_of(rest))
    return Unknown(f"no entry {key!r}", place)


def _element(value: Sequence, index: Value, place: Place) -> Value:
    if isinstance(index, Const) and isinstance(index.value, int) and value.closed:
        if -len(value.content) <= index.value < len(value.content):
            return value.content[index.value]
        return Unknown("an index out of range", place)
    candidates = [present(i.value if isinstance(i, Rest) else i) for i in value.content]
    return unite(*(c for c in candidates if c is not None), Unknown("any element", place, sources_of(value)))


def _part(interp: Interpreter, value: Symbol, index: Value, place: Place) -> Value:
    key = _key(index)
    if isinstance(key, str):
        part = Symbol(value.root, (*value.path, key), part_type(interp, value.type, key))
        if len(part.path) > MOST_PARTS:
            return Unknown("a deep part of an input", place, frozenset({value}))
        interp.note(part, "index", place)
        return part
    if not value.path:
        interp.note(value, "escape", place)
        return Unknown("an unknown part of an input", place, frozenset({value}))
    element = element_type(value.type)
    if len(value.path) < MOST_PARTS:
        return Symbol(value.root, (*value.path, "[]"), element)
    return Unknown("a deep part of an input", place, frozenset({value}))


def _subscripted(value: Value, index: Value) -> Value:
    if isinstance(value, Class) and is_enum(value) and isinstance(index, Const):
        return value.content.get(index.value, Unknown("no such member"))
    arguments = tuple(index.content) if isinstance(index, Sequence) and index.kind == "tuple" else (index,)
    return Generic(value, arguments)


def _setter(value: Object, name: str) -> Function | None:
    """The function that `@name.setter` made of a property."""
    found = value.cls.find(name) if value.cls is not None else None
    return found.setter if isinstance(found, Function) else None


def set_attribute(interp: Interpreter, value: Value, name: str, new: Value, place: Place) -> None:
    """`value.name = new`."""
    for option in options_of(value):
        match option:
            case Object() if (setter := _setter(option, name)) is not None:
                from wflint.evaluate.values import Arguments

                interp.call(Bound(setter, option), Arguments((new,)), place)
            case Object() | Class():
                interp.heap.touch(option)
                option.content[name] = new
            case ModuleValue(module=module):
                interp.load(module)
                interp.heap.touch(module.scope)
                module.scope.content[name] = new
            case Symbol():
                _set_part(interp, option, name, place)
            case _:
                pass


def _set_part(interp: Interpreter, value: Symbol, name: str, place: Place) -> None:
    """A part of a tracked input is set: from here on it is there, and what was known of it no longer holds."""
    from wflint.evaluate.events import PRESENT

    part = Symbol(value.root, (*value.path, name))
    interp.note(part, "set" if not value.path else "nested", place)
    interp.assumed = {**interp.assumed, part: PRESENT}


def set_item(interp: Interpreter, value: Value, index: Value, new: Value, place: Place) -> None:
    """`value[index] = new`."""
    key = _key(interp.resolved(index))
    for option in options_of(value):
        match option:
            case Mapping():
                interp.heap.touch(option)
                if isinstance(key, Value):
                    put_somewhere(option, new, new)
                else:
                    option.content[key] = new
                    option.places[key] = place
            case Sequence(content=items):
                interp.heap.touch(option)
                if isinstance(key, int) and option.closed:
                    items[key : key + 1 or None] = [new] if -len(items) <= key < len(items) else []
                else:
                    items[:] = [Rest(unite(i.value, new)) if isinstance(i, Rest) else unite(i, new) for i in items]
            case Object():
                interp.heap.touch(option)
                option.content[key] = new
            case Symbol() if isinstance(key, str):
                _set_part(interp, option, key, place)
            case Symbol(path=path) if path:
                interp.note(option, "nested", place)
            case _:
                pass
