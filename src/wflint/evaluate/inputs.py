"""Tracked inputs and their parts: what code reads of them, sets in them and does with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wflint.evaluate.events import PRESENT
from wflint.evaluate.keys import key_of
from wflint.evaluate.python.entries import spread_into
from wflint.evaluate.sources import sources_of
from wflint.evaluate.types import element_type, part_type
from wflint.evaluate.values import (
    NONE,
    REST,
    Arguments,
    Mapping,
    Place,
    Symbol,
    Unknown,
    Value,
    options_of,
    text_of,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

MOST_PARTS = 6
"""How many steps from the root a part is followed."""


def part(interp: Interpreter, value: Symbol, key: str, place: Place) -> Value:
    """The part of an input under a key or an attribute; nothing is written down yet."""
    if len(value.path) >= MOST_PARTS:
        return Unknown("a deep part of an input", place, frozenset({value}))
    return Symbol(value.root, (*value.path, key), part_type(interp, value.type, key))


def part_of(interp: Interpreter, value: Symbol, index: Value, place: Place) -> Value:
    """`value[index]`."""
    key = key_of(index)
    if key is not None and isinstance(key.plain, str):
        found = part(interp, value, str(key.plain), place)
        if isinstance(found, Symbol):
            interp.note(found, "index", place)
        return found
    if not value.path:
        interp.note(value, "escape", place)
        return Unknown("an unknown part of an input", place, frozenset({value}))
    return element_of(value)


def element_of(value: Symbol) -> Value:
    """Any element of a part of an input."""
    if len(value.path) >= MOST_PARTS:
        return Unknown("a deep part of an input", None, frozenset({value}))
    return Symbol(value.root, (*value.path, "[]"), element_type(value.type))


def set_part(interp: Interpreter, value: Symbol, name: str, new: Value, place: Place) -> None:
    """A part of an input is set: from here on it is there, and what was known of it no longer holds."""
    found = Symbol(value.root, (*value.path, name))
    interp.note(found, "set" if not value.path else "nested", place, new)
    interp.assumed = {**interp.assumed, found: PRESENT}


def drop_part(interp: Interpreter, value: Symbol, name: str, place: Place) -> None:
    """A part of an input is taken out: nothing is known of it any more."""
    found = Symbol(value.root, (*value.path, name))
    interp.note(found, "delete", place)
    interp.assumed = {symbol: known for symbol, known in interp.assumed.items() if symbol != found}


def inputs_in(value: Value) -> Iterator[Symbol]:
    """The inputs that are handed over with a value: it itself, or the one that it is a copy of."""
    for option in options_of(value):
        rest = option.content.get(REST) if isinstance(option, Mapping) else None
        for each in (option, *(options_of(rest) if rest is not None else ())):
            if isinstance(each, Symbol):
                yield each


def escape_whole(interp: Interpreter, value: Value, place: Place) -> None:
    """A whole input, or a copy of one, is used in a way that may read any of it."""
    for symbol in inputs_in(value):
        if not symbol.path:
            interp.note(symbol, "escape", place)


def copied(symbol: Symbol, interp: Interpreter, place: Place) -> Mapping:
    """A copy of a whole input: what is read of it is read of the input."""
    made = interp.dict_of(place)
    made.content[REST] = symbol
    return made


# --------------------------------------------------------------------------------------------------------- methods

CHANGES = frozenset(
    [
        "append",
        "extend",
        "insert",
        "remove",
        "clear",
        "sort",
        "reverse",
        "add",
        "discard",
        "update",
        "setdefault",
        "popitem",
    ]
)
"""Methods that change what they are called on."""

WHOLE = frozenset(["items", "keys", "values", "copy", "dict", "model_dump", "json", "model_dump_json"])
"""Methods that give all of a dict or a model."""

METHODS = (
    CHANGES
    | WHOLE
    | frozenset(
        [
            "get",
            "pop",
            "model_copy",
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
)
"""Attribute names that are methods of dicts, lists, texts and models rather than fields of an input."""


TRIMMED = "a text respelt"
"""Why a text is not known that says the same as its one source."""
RESPELLING = frozenset({"strip", "lower", "upper"})


def of_input(interp: Interpreter, receiver: Symbol, name: str, arguments: Arguments, place: Place) -> Value | None:
    """The result of a method; None where it is none that inputs are known to have."""
    first = arguments.positional[0] if arguments.positional else None
    key = text_of(first) if first is not None else None
    whole = not receiver.path
    match name:
        case "get" | "pop" | "setdefault" if key is not None:
            return _asked(interp, receiver, name, key, arguments, place)
        case "update" if whole:
            return _update_whole(interp, receiver, arguments, place)
        case "copy" | "dict" | "model_dump" | "model_copy" if whole:
            return _copied(interp, receiver, arguments, place)
        case _ if name in CHANGES and not whole:
            interp.note(receiver, "nested", place)
            return Unknown("computed", place, frozenset({receiver}))
        case _ if name in WHOLE and whole:
            interp.note(receiver, "escape", place)
            return Unknown("computed", place, sources_of(receiver))
        case _ if name in RESPELLING and not sources_of(*arguments):
            return Unknown(TRIMMED, place, frozenset({receiver}))
        case _ if name in METHODS:
            return Unknown("computed", place, sources_of(receiver, *arguments))
        case _:
            return None


def _asked(interp: Interpreter, receiver: Symbol, name: str, key: str, arguments: Arguments, place: Place) -> Value:
    """`get`, `pop` and `setdefault` with a key that is known."""
    found = Symbol(receiver.root, (*receiver.path, key), part_type(interp, receiver.type, key))
    interp.note(found, "get", place)
    if name == "pop" and not receiver.path:
        drop_part(interp, receiver, key, place)
    if name == "setdefault":
        set_part(interp, receiver, key, Unknown("a default, or what was there", place), place)
        return found
    default = arguments.get("default", 1)
    return unite(found, default) if default is not None else found


def _update_whole(interp: Interpreter, receiver: Symbol, arguments: Arguments, place: Place) -> Value:
    """`state.update({...})` sets fields in place."""
    for given in arguments.positional:
        if isinstance(given, Mapping):
            for key, new in given.known():
                if isinstance(key, str):
                    set_part(interp, receiver, key, new, given.places.get(key, place))
    for key, new in arguments.keywords:
        set_part(interp, receiver, key, new, place)
    return NONE


def _copied(interp: Interpreter, receiver: Symbol, arguments: Arguments, place: Place) -> Value:
    """A copy of the whole input, with the fields that `model_copy(update=...)` replaces."""
    made = copied(receiver, interp, place)
    update = arguments.get("update")
    if update is not None:
        spread_into(made, update, place)
    return made
