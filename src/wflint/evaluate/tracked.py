"""Tracked inputs and their parts: what code reads of them, sets in them and does with them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from wflint.evaluate.answers import Answer
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on, of_call
from wflint.evaluate.dumps import written_out
from wflint.evaluate.events import NOT_NONE, Narrowing
from wflint.evaluate.keys import key_of
from wflint.evaluate.python.entries import spread_into
from wflint.evaluate.ranges import Sized
from wflint.evaluate.types import element_type, part_type
from wflint.evaluate.values import (
    NONE,
    OTHER_KEYS,
    Arguments,
    Location,
    Mapping,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    join,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

MOST_PARTS = 6
"""How many steps from the root a part is followed."""


def attribute(interp: Interpreter, value: TrackedValue, key: str, location: Location) -> Value:
    """The part of an input under a key or an attribute; nothing is written down yet."""
    if len(value.access_path) >= MOST_PARTS:
        return Unknown("a deep part of an input", location, frozenset({value}))
    return TrackedValue(value.root, (*value.access_path, key), part_type(interp, value.type, key), value.written_out)


def subscript(
    interp: Interpreter, value: TrackedValue, index: Value, location: Location, *, of_copy: bool = False
) -> Value:
    """`value[index]`, of the input itself or of a dict made of it."""
    key = key_of(index)
    if key is not None and isinstance(key.plain, str):
        found = attribute(interp, value, str(key.plain), location)
        if isinstance(found, TrackedValue):
            interp.record_access(found, "index", location, of_copy=of_copy)
        return found
    if not value.access_path and element_type(value.type) is None:
        interp.record_access(value, "escape", location)
        return Unknown("an unknown part of an input", location, frozenset({value}))
    return element_of(value)


def element_of(value: TrackedValue) -> Value:
    """Any element of a part of an input."""
    if len(value.access_path) >= MOST_PARTS:
        return Unknown("a deep part of an input", None, frozenset({value}))
    return TrackedValue(value.root, (*value.access_path, "[]"), element_type(value.type), value.written_out)


def store(interp: Interpreter, value: TrackedValue, name: str, new: Value, location: Location) -> None:
    """A part of an input is set: from here on it is there, and what was known of it no longer holds."""
    found = TrackedValue(value.root, (*value.access_path, name))
    interp.record_access(found, "set" if not value.access_path else "nested", location, new)
    interp.narrowing = {**_without(interp, found), found: NOT_NONE}


def drop_part(interp: Interpreter, value: TrackedValue, name: str, location: Location) -> None:
    """A part of an input is taken out: nothing is known of it any more."""
    found = TrackedValue(value.root, (*value.access_path, name))
    interp.record_access(found, "delete", location)
    interp.narrowing = _without(interp, found)


def _without(interp: Interpreter, changed: TrackedValue) -> Narrowing:
    """What is known of the inputs but for one and its parts."""
    return {key: value for key, value in interp.narrowing.items() if not _is_part(key, changed)}


def forget_sizes(interp: Interpreter, changed: TrackedValue) -> None:
    """Code that is not seen may have changed the parts of an input: of what size they are is not known any more."""
    known = interp.narrowing.items()
    if any(isinstance(key, Sized) for key in interp.narrowing):
        interp.narrowing = {k: v for k, v in known if not (isinstance(k, Sized) and _is_within(k, changed))}


def _is_within(key: Sized, of: TrackedValue) -> bool:
    return key.symbol != of and _is_part(key, of)


def _is_part(key: TrackedValue | Sized, of: TrackedValue) -> bool:
    symbol = key.symbol if isinstance(key, Sized) else key
    return symbol.root is of.root and symbol.access_path[: len(of.access_path)] == of.access_path


def inputs_in(value: Value) -> Iterator[TrackedValue]:
    """The inputs that are handed over with a value: it itself, or the one that it is a copy of."""
    for option in alternatives(value):
        rest = option.content.get(OTHER_KEYS) if isinstance(option, Mapping) else None
        for each in (option, *(alternatives(rest) if rest is not None else ())):
            if isinstance(each, TrackedValue):
                yield each


def escape_input(interp: Interpreter, value: Value, location: Location) -> None:
    """A whole input, or a copy of one, is used in a way that may read any of it."""
    for symbol in inputs_in(value):
        if not symbol.access_path:
            interp.record_access(symbol, "escape", location)


def copied(symbol: TrackedValue, interp: Interpreter, location: Location) -> Mapping:
    """A copy of a whole input: what is read of it is read of the input."""
    made = interp.dict_of(location)
    made.content[OTHER_KEYS] = symbol
    return made


def entry(key: Hashable, value: Value) -> Value:
    """An entry of a dict, whichever: one of a copied input's is a part of that, not the whole that stands for them."""
    if key != OTHER_KEYS:
        return value
    return join(*(_any_part(each) if isinstance(each, TrackedValue) else each for each in alternatives(value)))


def _any_part(value: TrackedValue) -> Value:
    whole = not value.access_path and not isinstance(value.root, Answer)
    return Unknown("an unknown part of an input", None, frozenset({value})) if whole else value


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

PUTTING = frozenset(["append", "extend", "insert", "add", "update", "setdefault"])
"""Those of them that put something in."""

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


FUTURE = "future"
"""Kind of an input that stands for what a future gives, however it is waited for."""
OF_FUTURES = frozenset({"result", "done", "cancel", "cancelled", "exception", "add_done_callback"})


def may_be_awaited(value: TrackedValue) -> bool:
    """Whether a value stands for what a future gives, or for an answer that a task of the event loop may be after."""
    if value.root.kind == FUTURE:
        return not value.access_path
    return (
        isinstance(value.root, Answer) and isinstance(value.type, Class) and not OF_FUTURES & {*value.type.declared()}
    )


NORMALIZED = "a text respelt"
"""Why a text is not known that says the same as its one source."""
NORMALIZING = frozenset({"strip", "lower", "upper"})


def of_input(
    interp: Interpreter, receiver: TrackedValue, name: str, arguments: Arguments, location: Location
) -> Value | None:
    """The result of a method; None where it is none that inputs are known to have."""
    first = arguments.positional[0] if arguments.positional else None
    key = text_of(first) if first is not None else None
    whole = not receiver.access_path
    if name in CHANGES:
        forget_sizes(interp, receiver)
    match name:
        case "get" | "pop" | "setdefault" if key is not None:
            return asked(interp, receiver, name, key, arguments, location)
        case "update" if whole:
            return _update_whole(interp, receiver, arguments, location)
        case "result" if may_be_awaited(receiver):
            return receiver
        case _ if name in OF_FUTURES and may_be_awaited(receiver):
            return Unknown("computed", location, frozenset({receiver}))
        case "dict" | "model_dump" if (written := written_out(interp, receiver, arguments, location)) is not None:
            return written
        case "copy" | "dict" | "model_dump" | "model_copy" if whole:
            return _copied(interp, receiver, name, arguments, location)
        case _ if name in CHANGES and not whole:
            interp.record_access(receiver, "nested", location, _put_in(name, arguments))
            if name == "sort":
                _sort(interp, receiver, arguments, location)
            return Unknown("computed", location, frozenset({receiver}))
        case _ if name in WHOLE and whole:
            interp.record_access(receiver, "escape", location)
            return Unknown("computed", location, depends_on(receiver))
        case _ if name in NORMALIZING and not depends_on(*arguments):
            return Unknown(NORMALIZED, location, frozenset({receiver}))
        case _ if name in METHODS:
            return Unknown("computed", location, of_call(name, receiver, arguments, location))
        case _:
            return None


def _put_in(name: str, arguments: Arguments) -> Value | None:
    """What a method puts into a collection, None where it only takes out or moves."""
    given = [*arguments] if name in PUTTING else []
    return join(*given) if given else None


def _sort(interp: Interpreter, receiver: TrackedValue, arguments: Arguments, location: Location) -> None:
    from wflint.evaluate.expressions.iteration import elements
    from wflint.evaluate.expressions.ordering import ask_for_keys

    ask_for_keys(interp, elements(interp, receiver).content, arguments.get("key"), location)


def asked(
    interp: Interpreter,
    receiver: TrackedValue,
    name: str,
    key: str,
    arguments: Arguments,
    location: Location,
    *,
    of_copy: bool = False,
) -> Value:
    """`get`, `pop` and `setdefault` with a key that is known."""
    type_ = part_type(interp, receiver.type, key)
    found = TrackedValue(receiver.root, (*receiver.access_path, key), type_, receiver.written_out)
    interp.record_access(found, "get", location, of_copy=of_copy)
    if name == "pop" and not receiver.access_path:
        drop_part(interp, receiver, key, location)
    if name == "setdefault":
        store(interp, receiver, key, Unknown("a default, or what was there", location), location)
        return found
    default = arguments.get("default", 1)
    return join(found, default) if default is not None else found


def _update_whole(interp: Interpreter, receiver: TrackedValue, arguments: Arguments, location: Location) -> Value:
    """`state.update({...})` sets fields in place."""
    for given in arguments.positional:
        if isinstance(given, Mapping):
            for key, new in given.known():
                if isinstance(key, str):
                    store(interp, receiver, key, new, given.locations.get(key, location))
    for key, new in arguments.keywords:
        store(interp, receiver, key, new, location)
    return NONE


def _copied(interp: Interpreter, receiver: TrackedValue, name: str, arguments: Arguments, location: Location) -> Value:
    """A copy of the whole input, with the fields that `model_copy(update=...)` replaces."""
    written = TrackedValue(receiver.root, receiver.access_path, receiver.type, written_out=True)
    made = copied(written if name in ("dict", "model_dump") else receiver, interp, location)
    update = arguments.get("update")
    if update is not None:
        spread_into(made, update, location)
    return made
