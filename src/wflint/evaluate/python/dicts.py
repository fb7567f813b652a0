"""Methods of dicts."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions.iteration import elements
from wflint.evaluate.keys import Key, key_of, value_of
from wflint.evaluate.python.entries import enter, leave_out, loosen, spread_into
from wflint.evaluate.tracked import asked, entry, escape_input
from wflint.evaluate.values import (
    NONE,
    OTHER_KEYS,
    UNBOUND,
    Arguments,
    Const,
    Location,
    Mapping,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    bound_part,
    join,
    possibly_unbound,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def of_dict(
    interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, location: Location
) -> Value | None:
    """The result of a method of a dict; None if dicts have no such method."""
    match name:
        case "get" | "pop" | "setdefault" if arguments.positional:
            return _asked(interp, receiver, name, arguments, location)
        case "keys":
            keys = elements(interp, receiver)
            keys.kind = "set"
            return keys
        case "values" | "items":
            escape_input(interp, receiver, location)
            pairs = [_pair(interp, key, value) for key, value in receiver.content.items()]
            return interp.list_of(pairs if name == "items" else [_value(k, v) for k, v in receiver.content.items()])
        case "copy":
            return same_dict(interp, receiver)
        case "update" | "clear" | "popitem" | "move_to_end":
            return _change(interp, receiver, name, arguments, location)
        case _:
            return None


def same_dict(interp: Interpreter, value: Mapping) -> Mapping:
    """A copy of a dict."""
    made = interp.dict_of(value.location)
    made.content.update(value.content)
    made.locations.update(value.locations)
    made.default_factory = value.default_factory
    return made


def _change(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, location: Location) -> Value:
    """The methods that change many entries, or any one."""
    interp.heap.snapshot_before_write(receiver)
    match name:
        case "clear":
            receiver.content.clear()
        case "popitem":
            return _popped_item(interp, receiver, arguments, location)
        case "update":
            for value in arguments.positional[:1]:
                merge_into(interp, receiver, value, location)
            for key, value in arguments.keywords:
                enter(receiver, Const(key), value, location)
            if arguments.open:
                spread_into(receiver, arguments.rest or Unknown("computed", location, depends_on(receiver)), location)
        case _:
            pass
    return NONE


def _popped_item(interp: Interpreter, receiver: Mapping, arguments: Arguments, location: Location) -> Value:
    keys = [key for key, value in receiver.content.items() if not possibly_unbound(value)]
    if arguments.positional or arguments.keywords or not receiver.closed or len(keys) != len(receiver.content):
        loosen(receiver)
        return Unknown("computed", location, depends_on(receiver))
    return interp.list_of([value_of(interp, keys[-1]), receiver.content.pop(keys[-1])], "tuple") if keys else NONE


def merge_into(interp: Interpreter, made: Mapping, value: Value, location: Location) -> None:
    """Take over the entries of a dict, or pairs of a key and a value."""
    pairs = [option for option in alternatives(value) if isinstance(option, Sequence)]
    if not pairs:
        spread_into(made, value, location)
        return
    for pair in (pair for option in pairs for pair in option.content):
        inner = bound_part(pair.value if isinstance(pair, RepeatedElement) else pair)
        sure = inner is pair and len(alternatives(value)) == 1
        match inner:
            case Sequence(content=[key, held]) if inner.closed:
                enter(made, interp.resolved(key), held, location, sure=sure)
            case _:
                enter(made, Unknown("a key"), Unknown("a value", location, depends_on(pair)), location, sure=False)


def _asked(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, location: Location) -> Value:
    """`get`, `pop` and `setdefault`; of several keys it is one."""
    key = interp.resolved(arguments.positional[0])
    default = arguments.get("default", 1)
    fallback = default if default is not None else NONE
    known = key_of(key)
    value = (
        join(*(_some(receiver, option, fallback, location) for option in alternatives(key)))
        if known is None
        else _one(interp, receiver, known, arguments, fallback, location)
    )
    if name == "pop":
        interp.heap.snapshot_before_write(receiver)
        leave_out(receiver, key)
    elif name == "setdefault":
        _set_default(interp, receiver, key, fallback, location)
    return value


def _one(
    interp: Interpreter, receiver: Mapping, key: Key, arguments: Arguments, fallback: Value, location: Location
) -> Value:
    held = receiver.content.get(key.plain, UNBOUND)
    there = bound_part(held)
    rest = receiver.content.get(OTHER_KEYS)
    if there is not None:
        return join(there, fallback) if possibly_unbound(held) else there
    if isinstance(rest, TrackedValue) and isinstance(key.plain, str):
        return asked(interp, rest, "get", key.plain, arguments, location, of_copy=True)
    return fallback if rest is None else join(Unknown("computed", location, depends_on(receiver)), fallback)


def _some(receiver: Mapping, option: Value, fallback: Value, location: Location) -> Value:
    """An entry under a key that may be one of several, or any."""
    key = key_of(option)
    any_of = [entry(each, held) for each, held in receiver.content.items()] if key is None else []
    held = [receiver.content.get(key.plain, UNBOUND)] if key is not None else any_of
    found = [value for value in map(bound_part, held) if value is not None]
    if key is not None and found and not possibly_unbound(held[0]):
        return found[0]
    unknown = (
        []
        if receiver.closed and (found or key is not None)
        else [Unknown("computed", location, depends_on(receiver, option))]
    )
    return join(*found, *unknown, fallback)


def _set_default(interp: Interpreter, receiver: Mapping, key: Value, fallback: Value, location: Location) -> None:
    interp.heap.snapshot_before_write(receiver)
    known = key_of(key)
    held = receiver.content.get(known.plain) if known is not None else None
    if known is None:
        enter(receiver, key, fallback, location, sure=False)
    elif held is None and receiver.closed:
        enter(receiver, key, fallback, location)
    elif held is None or possibly_unbound(held):
        there = bound_part(held) if held is not None else Unknown("computed", location, depends_on(receiver))
        enter(receiver, key, join(*([there] if there is not None else []), fallback), location)


def _pair(interp: Interpreter, key: Hashable, value: Value) -> Value:
    if key == OTHER_KEYS:
        return RepeatedElement(interp.list_of([Unknown("a key"), entry(key, value)], "tuple"))
    there = bound_part(value)
    if there is None:
        return UNBOUND
    pair = interp.list_of([value_of(interp, key), there], "tuple")
    return join(pair, UNBOUND) if possibly_unbound(value) else pair


def _value(key: Hashable, value: Value) -> Value:
    return RepeatedElement(entry(key, value)) if key == OTHER_KEYS else value
