"""Methods of dicts."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from wflint.evaluate.expressions.iteration import elements
from wflint.evaluate.inputs import escape_whole, of_input
from wflint.evaluate.keys import Key, key_of, value_of
from wflint.evaluate.python.entries import enter, leave_out, loosen, spread_into
from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    REST,
    Arguments,
    Const,
    Mapping,
    Place,
    Rest,
    Sequence,
    Symbol,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    present,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def of_dict(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value | None:
    """The result of a method of a dict; None if dicts have no such method."""
    match name:
        case "get" | "pop" | "setdefault" if arguments.positional:
            return _asked(interp, receiver, name, arguments, place)
        case "keys":
            keys = elements(interp, receiver)
            keys.kind = "set"
            return keys
        case "values" | "items":
            escape_whole(interp, receiver, place)
            pairs = [_pair(interp, key, value) for key, value in receiver.content.items()]
            return interp.list_of(pairs if name == "items" else [_value(k, v) for k, v in receiver.content.items()])
        case "copy":
            return same_dict(interp, receiver)
        case "update" | "clear" | "popitem" | "move_to_end":
            return _change(interp, receiver, name, arguments, place)
        case _:
            return None


def same_dict(interp: Interpreter, value: Mapping) -> Mapping:
    """A copy of a dict."""
    made = interp.dict_of(value.place)
    made.content.update(value.content)
    made.places.update(value.places)
    made.maker = value.maker
    return made


def _change(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value:
    """The methods that change many entries, or any one."""
    interp.heap.touch(receiver)
    match name:
        case "clear":
            receiver.content.clear()
        case "popitem":
            return _popped_item(interp, receiver, arguments, place)
        case "update":
            for value in arguments.positional[:1]:
                merge_into(interp, receiver, value, place)
            for key, value in arguments.keywords:
                enter(receiver, Const(key), value, place)
            if arguments.open:
                spread_into(receiver, arguments.rest or Unknown("computed", place, sources_of(receiver)), place)
        case _:
            pass
    return NONE


def _popped_item(interp: Interpreter, receiver: Mapping, arguments: Arguments, place: Place) -> Value:
    keys = [key for key, value in receiver.content.items() if not may_be_absent(value)]
    if arguments.positional or arguments.keywords or not receiver.closed or len(keys) != len(receiver.content):
        loosen(receiver)
        return Unknown("computed", place, sources_of(receiver))
    return interp.list_of([value_of(interp, keys[-1]), receiver.content.pop(keys[-1])], "tuple") if keys else NONE


def merge_into(interp: Interpreter, made: Mapping, value: Value, place: Place) -> None:
    """Take over the entries of a dict, or pairs of a key and a value."""
    pairs = [option for option in options_of(value) if isinstance(option, Sequence)]
    if not pairs:
        spread_into(made, value, place)
        return
    for pair in (pair for option in pairs for pair in option.content):
        inner = present(pair.value if isinstance(pair, Rest) else pair)
        sure = inner is pair and len(options_of(value)) == 1
        match inner:
            case Sequence(content=[key, held]) if inner.closed:
                enter(made, interp.resolved(key), held, place, sure=sure)
            case _:
                enter(made, Unknown("a key"), Unknown("a value", place, sources_of(pair)), place, sure=False)


def _asked(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value:
    """`get`, `pop` and `setdefault`; of several keys it is one."""
    key = interp.resolved(arguments.positional[0])
    default = arguments.get("default", 1)
    fallback = default if default is not None else NONE
    known = key_of(key)
    value = (
        unite(*(_some(receiver, option, fallback, place) for option in options_of(key)))
        if known is None
        else _one(interp, receiver, known, arguments, fallback, place)
    )
    if name == "pop":
        interp.heap.touch(receiver)
        leave_out(receiver, key)
    elif name == "setdefault":
        _set_default(interp, receiver, key, fallback, place)
    return value


def _one(
    interp: Interpreter, receiver: Mapping, key: Key, arguments: Arguments, fallback: Value, place: Place
) -> Value:
    held = receiver.content.get(key.plain, ABSENT)
    there = present(held)
    rest = receiver.content.get(REST)
    if there is not None:
        return unite(there, fallback) if may_be_absent(held) else there
    if isinstance(rest, Symbol) and isinstance(key.plain, str):
        return of_input(interp, rest, "get", arguments, place) or fallback
    return fallback if rest is None else unite(Unknown("computed", place, sources_of(receiver)), fallback)


def _some(receiver: Mapping, option: Value, fallback: Value, place: Place) -> Value:
    """An entry under a key that may be one of several, or any."""
    key = key_of(option)
    held = list(receiver.content.values()) if key is None else [receiver.content.get(key.plain, ABSENT)]
    found = [value for value in map(present, held) if value is not None]
    if key is not None and found and not may_be_absent(held[0]):
        return found[0]
    unknown = (
        []
        if receiver.closed and (found or key is not None)
        else [Unknown("computed", place, sources_of(receiver, option))]
    )
    return unite(*found, *unknown, fallback)


def _set_default(interp: Interpreter, receiver: Mapping, key: Value, fallback: Value, place: Place) -> None:
    interp.heap.touch(receiver)
    known = key_of(key)
    held = receiver.content.get(known.plain) if known is not None else None
    if known is None:
        enter(receiver, key, fallback, place, sure=False)
    elif held is None and receiver.closed:
        enter(receiver, key, fallback, place)
    elif held is None or may_be_absent(held):
        there = present(held) if held is not None else Unknown("computed", place, sources_of(receiver))
        enter(receiver, key, unite(*([there] if there is not None else []), fallback), place)


def _pair(interp: Interpreter, key: Hashable, value: Value) -> Value:
    if key == REST:
        return Rest(interp.list_of([Unknown("a key"), value], "tuple"))
    there = present(value)
    if there is None:
        return ABSENT
    pair = interp.list_of([value_of(interp, key), there], "tuple")
    return unite(pair, ABSENT) if may_be_absent(value) else pair


def _value(key: Hashable, value: Value) -> Value:
    return Rest(value) if key == REST else value
