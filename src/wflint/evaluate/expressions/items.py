"""`value[index]`: reading, setting and deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.inputs import drop_part, part_of, set_part
from wflint.evaluate.keys import key_of
from wflint.evaluate.python.entries import enter, leave_out
from wflint.evaluate.sources import sources_of
from wflint.evaluate.types import is_enum, is_named_tuple
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    REST,
    Arguments,
    Bound,
    Const,
    EnumMember,
    Function,
    Generic,
    Library,
    Mapping,
    Member,
    Object,
    Place,
    Rest,
    Sequence,
    Symbol,
    Union,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    present,
    text_of,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def item(interp: Interpreter, value: Value, index: Value, place: Place) -> Value:
    """`value[index]`."""
    index = interp.resolved(index)
    if isinstance(index, Union):
        return unite(*(item(interp, value, option, place) for option in index.options))
    match value:
        case Union(options=options):
            able = [option for option in options if option != NONE and option is not ABSENT]
            return unite(*(item(interp, option, index, place) for option in able or options))
        case Mapping():
            return _entry(interp, value, index, place)
        case Sequence():
            return element(value, index, place)
        case Symbol():
            return part_of(interp, value, index, place)
        case Class() | Generic() | Library():
            return _subscripted(value, index)
        case Const() | EnumMember() if (text := text_of(value)) is not None:
            return _letter(text, index, place)
        case Object():
            return _of_object(interp, value, index, place)
        case _:
            return _taken_out(value, index, place)


def _taken_out(value: Value, index: Value, place: Place) -> Unknown:
    """An element of something that is not in the source."""
    whole = value
    while isinstance(whole, Member):
        whole = whole.receiver
    of = whole.of if isinstance(whole, Unknown) else whole if isinstance(whole, Object) and whole.path else None
    return Unknown("an element of an unknown value", place, sources_of(value, index), of, text_of(index) or "")


def _letter(text: str, index: Value, place: Place) -> Value:
    if not isinstance(index, Const) or not isinstance(index.value, int):
        return Unknown("a letter", place, sources_of(index))
    in_range = -len(text) <= index.value < len(text)
    return Const(text[index.value]) if in_range else Unknown("an index out of range", place)


def _of_object(interp: Interpreter, value: Object, index: Value, place: Place) -> Value:
    getter = value.cls.find("__getitem__") if value.cls is not None else None
    if isinstance(getter, Function):
        return interp.call(Bound(getter, value), Arguments((index,)), place)
    if value.cls is not None and is_named_tuple(value.cls):
        from wflint.evaluate.expressions.iteration import elements

        return element(elements(interp, value), index, place)
    key = key_of(index)
    there = present(value.content[key.plain]) if key is not None and key.plain in value.content else None
    return there if there is not None else _taken_out(value, index, place)


def _entry(interp: Interpreter, value: Mapping, index: Value, place: Place) -> Value:
    key = key_of(index)
    if key is None:
        held = [there for there in map(present, value.content.values()) if there is not None]
        return unite(*held, Unknown("any entry", place))
    there = present(value.content[key.plain]) if key.plain in value.content else None
    if there is not None:
        return there
    rest = value.content.get(REST)
    match rest:
        case Symbol():
            return part_of(interp, rest, index, place)
        case None if value.maker is not None:
            return _made(interp, value, index, place)
        case None:
            return Unknown(f"no entry {key.plain!r}", place)
        case _:
            return Unknown("an entry of a partly known dict", place, sources_of(rest))


def _made(interp: Interpreter, value: Mapping, index: Value, place: Place) -> Value:
    """An entry of a `defaultdict` that is there from now on."""
    assert value.maker is not None
    made = interp.call(value.maker, Arguments(), place)
    set_item(interp, value, index, made, place)
    return made


def element(value: Sequence, index: Value, place: Place | None) -> Value:
    """An item of a list or tuple: for sure where everything between it and an end of the list is there."""
    if isinstance(index, Const) and isinstance(index.value, int) and value.kind != "set":
        number, count = index.value, len(value.content)
        nearer = value.content[: number + 1] if number >= 0 else value.content[number:]
        if -count <= number < count and not any(isinstance(i, Rest) or may_be_absent(i) for i in nearer):
            return value.content[number]
        if value.closed:
            return Unknown("an index out of range", place)
    candidates = [present(i.value if isinstance(i, Rest) else i) for i in value.content]
    return unite(*(c for c in candidates if c is not None), Unknown("any element", place, sources_of(value)))


def _subscripted(value: Value, index: Value) -> Value:
    if isinstance(value, Class) and is_enum(value) and isinstance(index, Const):
        return value.content.get(index.value, Unknown("no such member"))
    arguments = tuple(index.content) if isinstance(index, Sequence) and index.kind == "tuple" else (index,)
    return Generic(value, arguments)


# --------------------------------------------------------------------------------------------------------- setting


def set_item(interp: Interpreter, value: Value, index: Value, new: Value, place: Place) -> None:
    """`value[index] = new`; of several things that `value` may be, each may have been set or not."""
    index = interp.resolved(index)
    options = options_of(value)
    for option in options:
        if isinstance(option, Mapping):
            interp.heap.touch(option)
            enter(option, index, new, place, sure=len(options) == 1)
        elif isinstance(option, Sequence):
            interp.heap.touch(option)
            _set_element(option, index, new, sure=len(options) == 1)
        else:
            _set_elsewhere(interp, option, index, new, place)


def _set_element(box: Sequence, index: Value, new: Value, *, sure: bool) -> None:
    items = box.content
    if isinstance(index, Const) and isinstance(index.value, int) and box.closed:
        if -len(items) <= index.value < len(items):
            items[index.value] = new if sure else unite(items[index.value], new)
        return
    items[:] = [Rest(unite(i.value, new)) if isinstance(i, Rest) else unite(i, new) for i in items]


def _set_elsewhere(interp: Interpreter, box: Value, index: Value, new: Value, place: Place) -> None:
    """Setting an item of an object or of a tracked input."""
    key = key_of(index)
    match box:
        case Object(cls=Class() as cls) if isinstance(setter := cls.find("__setitem__"), Function):
            interp.call(Bound(setter, box), Arguments((index, new)), place)
        case Object():
            interp.heap.touch(box)
            box.content[key.plain if key is not None else index] = new
        case Symbol() if key is not None and isinstance(key.plain, str):
            set_part(interp, box, str(key.plain), new, place)
        case Symbol(path=path) if path:
            interp.note(box, "nested", place)
        case _:
            pass


# -------------------------------------------------------------------------------------------------------- deleting


def delete_item(interp: Interpreter, value: Value, index: Value, place: Place) -> None:
    """`del value[index]`."""
    index = interp.resolved(index)
    options = options_of(value)
    for option in options:
        key = key_of(index)
        match option:
            case Mapping():
                interp.heap.touch(option)
                leave_out(option, index, sure=len(options) == 1)
            case Sequence():
                interp.heap.touch(option)
                _delete_element(option, index, sure=len(options) == 1)
            case Symbol(path=()) if key is not None and isinstance(key.plain, str):
                drop_part(interp, option, str(key.plain), place)
            case _:
                pass


def _delete_element(box: Sequence, index: Value, *, sure: bool) -> None:
    items = box.content
    if sure and box.closed and isinstance(index, Const) and isinstance(index.value, int):
        if -len(items) <= index.value < len(items):
            del items[index.value]
        return
    items[:] = [item if isinstance(item, Rest) else unite(item, ABSENT) for item in items]
