"""`value[index]`: reading, setting and deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.keys import key_of
from wflint.evaluate.python.entries import enter, leave_out
from wflint.evaluate.recording import record_taken
from wflint.evaluate.tracked import drop_part, entry, store, subscript
from wflint.evaluate.types import is_enum, is_named_tuple
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
    Generic,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Union,
    Unknown,
    Value,
    alternatives,
    bound_part,
    join,
    possibly_unbound,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def item(interp: Interpreter, value: Value, index: Value, location: Location) -> Value:
    """`value[index]`."""
    asked, index = index, interp.resolved(index)
    if isinstance(asked, TrackedValue) and isinstance(value, Mapping):
        _miss(interp, value, asked, index, location)
    if isinstance(index, Union):
        found = join(*(item(interp, value, option, location) for option in index.options))
        if isinstance(asked, TrackedValue) and isinstance(found, Union):
            interp.control_dependences.picked[found] = asked
        return found
    match value:
        case Union(options=options):
            able = [option for option in options if option != NONE and option is not UNBOUND]
            return join(*(item(interp, option, index, location) for option in able or options))
        case Mapping():
            return _entry(interp, value, index, location)
        case Sequence():
            return element(value, index, location)
        case TrackedValue():
            return subscript(interp, value, index, location)
        case Class() | Generic() | ExternalName():
            return _subscripted(value, index)
        case Const() | EnumMember() if (text := text_of(value)) is not None:
            return _letter(text, index, location)
        case Object():
            return _of_object(interp, value, index, location)
        case _:
            return _taken_out(value, index, location)


def _taken_out(value: Value, index: Value, location: Location) -> Unknown:
    """An element of something that is not in the source."""
    whole = value
    while isinstance(whole, ExternalAttribute):
        whole = whole.receiver
    of = whole.of if isinstance(whole, Unknown) else whole if isinstance(whole, Object) and whole.path else None
    return Unknown("an element of an unknown value", location, depends_on(value, index), of, text_of(index) or "")


def _letter(text: str, index: Value, location: Location) -> Value:
    if not isinstance(index, Const) or not isinstance(index.value, int):
        return Unknown("a letter", location, depends_on(index))
    in_range = -len(text) <= index.value < len(text)
    return Const(text[index.value]) if in_range else Unknown("an index out of range", location)


def _of_object(interp: Interpreter, value: Object, index: Value, location: Location) -> Value:
    getter = value.cls.find("__getitem__") if value.cls is not None else None
    if isinstance(getter, Function):
        return interp.call(Bound(getter, value), Arguments((index,)), location)
    if value.cls is not None and is_named_tuple(value.cls):
        from wflint.evaluate.expressions.iteration import elements

        return element(elements(interp, value), index, location)
    key = key_of(index)
    there = bound_part(value.content[key.plain]) if key is not None and key.plain in value.content else None
    if there is None:
        record_taken(interp, value, text_of(index), location)
    return there if there is not None else _taken_out(value, index, location)


def _entry(interp: Interpreter, value: Mapping, index: Value, location: Location) -> Value:
    key = key_of(index)
    if key is None:
        entries = (entry(each, held) for each, held in value.content.items())
        held = [there for there in map(bound_part, entries) if there is not None]
        return join(*held, Unknown("any entry", location))
    there = bound_part(value.content[key.plain]) if key.plain in value.content else None
    if there is not None:
        return there
    rest = value.content.get(OTHER_KEYS)
    match rest:
        case TrackedValue():
            return subscript(interp, rest, index, location, of_copy=True)
        case None if value.default_factory is not None:
            return _made(interp, value, index, location)
        case None:
            return Unknown(f"no entry {key.plain!r}", location)
        case _:
            return Unknown("an entry of a partly known dict", location, depends_on(rest))


def _miss(interp: Interpreter, value: Mapping, index: TrackedValue, labels: Value, location: Location) -> None:
    """Write down which of the labels that an input may be a dict has no entry for."""
    keys = [(label, key_of(label)) for label in alternatives(labels)]
    missing = [label for label, key in keys if key is not None and key.plain not in value.content]
    if missing and len(missing) < len(keys) and value.closed and value.default_factory is None:
        interp.record_access(index, "label", location, join(*missing))


def _made(interp: Interpreter, value: Mapping, index: Value, location: Location) -> Value:
    """An entry of a `defaultdict` that is there from now on."""
    assert value.default_factory is not None
    made = interp.call(value.default_factory, Arguments(), location)
    set_item(interp, value, index, made, location)
    return made


def element(value: Sequence, index: Value, location: Location | None) -> Value:
    """An item of a list or tuple: for sure where everything between it and an end of the list is there."""
    if isinstance(index, Const) and isinstance(index.value, int) and value.kind != "set":
        number, count = index.value, len(value.content)
        nearer = value.content[: number + 1] if number >= 0 else value.content[number:]
        if -count <= number < count and not any(isinstance(i, RepeatedElement) or possibly_unbound(i) for i in nearer):
            return value.content[number]
        if value.closed:
            return Unknown("an index out of range", location)
    candidates = [bound_part(i.value if isinstance(i, RepeatedElement) else i) for i in value.content]
    return join(*(c for c in candidates if c is not None), Unknown("any element", location, depends_on(value)))


def _subscripted(value: Value, index: Value) -> Value:
    if isinstance(value, Class) and is_enum(value) and isinstance(index, Const):
        return value.content.get(index.value, Unknown("no such member"))
    arguments = tuple(index.content) if isinstance(index, Sequence) and index.kind == "tuple" else (index,)
    return Generic(value, arguments)


# --------------------------------------------------------------------------------------------------------- setting


def set_item(interp: Interpreter, value: Value, index: Value, new: Value, location: Location) -> None:
    """`value[index] = new`; of several things that `value` may be, each may have been set or not."""
    index = interp.resolved(index)
    options = alternatives(value)
    for option in options:
        if isinstance(option, Mapping):
            interp.heap.snapshot_before_write(option)
            enter(option, index, new, location, sure=len(options) == 1)
        elif isinstance(option, Sequence):
            interp.heap.snapshot_before_write(option)
            _set_element(option, index, new, sure=len(options) == 1)
        else:
            _set_elsewhere(interp, option, index, new, location)


def _set_element(box: Sequence, index: Value, new: Value, *, sure: bool) -> None:
    items = box.content
    if isinstance(index, Const) and isinstance(index.value, int) and box.closed:
        if -len(items) <= index.value < len(items):
            items[index.value] = new if sure else join(items[index.value], new)
        return
    items[:] = [RepeatedElement(join(i.value, new)) if isinstance(i, RepeatedElement) else join(i, new) for i in items]


def _set_elsewhere(interp: Interpreter, box: Value, index: Value, new: Value, location: Location) -> None:
    """Setting an item of an object or of a tracked input."""
    key = key_of(index)
    match box:
        case Object(cls=Class() as cls) if isinstance(setter := cls.find("__setitem__"), Function):
            interp.call(Bound(setter, box), Arguments((index, new)), location)
        case Object():
            interp.heap.snapshot_before_write(box)
            box.content[key.plain if key is not None else index] = new
        case TrackedValue() if key is not None and isinstance(key.plain, str):
            store(interp, box, str(key.plain), new, location)
        case TrackedValue(access_path=path) if path:
            interp.record_access(box, "nested", location, new)
        case _:
            pass


# -------------------------------------------------------------------------------------------------------- deleting


def delete_item(interp: Interpreter, value: Value, index: Value, location: Location) -> None:
    """`del value[index]`."""
    index = interp.resolved(index)
    options = alternatives(value)
    for option in options:
        key = key_of(index)
        match option:
            case Mapping():
                interp.heap.snapshot_before_write(option)
                leave_out(option, index, sure=len(options) == 1)
            case Sequence():
                interp.heap.snapshot_before_write(option)
                _delete_element(option, index, sure=len(options) == 1)
            case TrackedValue(access_path=()) if key is not None and isinstance(key.plain, str):
                drop_part(interp, option, str(key.plain), location)
            case _:
                pass


def _delete_element(box: Sequence, index: Value, *, sure: bool) -> None:
    items = box.content
    if sure and box.closed and isinstance(index, Const) and isinstance(index.value, int):
        if -len(items) <= index.value < len(items):
            del items[index.value]
        return
    items[:] = [item if isinstance(item, RepeatedElement) else join(item, UNBOUND) for item in items]
