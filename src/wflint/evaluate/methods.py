"""Methods of Python's own types: texts, lists, sets and dicts, and of tracked inputs that are used like them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate import attributes
from wflint.evaluate.iteration import elements
from wflint.evaluate.values import (
    NONE,
    REST,
    Arguments,
    Const,
    Mapping,
    Place,
    Rest,
    Sequence,
    Symbol,
    Text,
    Unknown,
    Value,
    may_be_absent,
    present,
    sources_of,
    text_of,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def builtin_method(
    interp: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place
) -> Value | None:
    """The result of a method of a built-in type; None if the receiver is of no such type."""
    match receiver:
        case Const(value=str()) | Text():
            return _of_text(interp, receiver, name, arguments, place)
        case Sequence():
            return _of_list(interp, receiver, name, arguments, place)
        case Mapping():
            return _of_dict(interp, receiver, name, arguments, place)
        case Symbol():
            return _of_symbol(interp, receiver, name, arguments, place)
        case _:
            return None


def _unknown(place: Place, *values: Value) -> Unknown:
    return Unknown("computed", place, sources_of(*values))


# ------------------------------------------------------------------------------------------------------- texts

PLAIN: dict[str, Callable[..., object]] = {
    name: getattr(str, name)
    for name in (
        "lower upper strip lstrip rstrip title capitalize casefold swapcase replace removeprefix removesuffix "
        "startswith endswith isdigit isidentifier find count split rsplit splitlines"
    ).split()
}


def _of_text(interp: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value:
    from wflint.evaluate.expressions import text_from

    if name == "format":
        return Text((receiver, *arguments))
    if name == "join":
        return _joined(interp, receiver, arguments, place)
    plain = PLAIN.get(name)
    given = [value.value for value in arguments.positional if isinstance(value, Const)]
    known = isinstance(receiver, Const) and len(given) == len(arguments.positional) and not arguments.keywords
    if plain is not None and known and isinstance(receiver, Const):
        return _plain(interp, plain, receiver, given, place)
    if isinstance(receiver, Text) and name in ("strip", "lstrip", "rstrip"):
        return text_from(interp, list(receiver.parts))
    return _unknown(place, receiver, *arguments)


def _plain(
    interp: Interpreter, method: Callable[..., object], receiver: Const, given: list[object], place: Place
) -> Value:
    try:
        result = method(receiver.value, *given)
    except (TypeError, ValueError):
        return _unknown(place)
    if isinstance(result, list):
        return interp.list_of([Const(part) for part in result[: interp.budget.size]])
    return Const(result) if isinstance(result, str | int | bool) else _unknown(place)


def _joined(interp: Interpreter, separator: Value, arguments: Arguments, place: Place) -> Value:
    from wflint.evaluate.expressions import text_from

    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    if not listed.closed or not isinstance(separator, Const) or len(listed.content) > interp.budget.rounds:
        return Text((_unknown(place, *arguments),)) if sources_of(*arguments) else _unknown(place)
    parts: list[Value] = []
    for item in listed.content:
        parts += [separator, item] if parts else [item]
    return text_from(interp, parts)


# ------------------------------------------------------------------------------------------------------- lists


def _of_list(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments, place: Place) -> Value | None:
    first = arguments.positional[0] if arguments.positional else None
    match name:
        case "append" | "add" | "appendleft" if first is not None:
            interp.heap.touch(receiver)
            if len(receiver.content) < interp.budget.size and not (name == "add" and first in receiver.content):
                receiver.content.append(first)
            return NONE
        case "extend" | "update" if first is not None:
            interp.heap.touch(receiver)
            receiver.content.extend(elements(interp, first).content[: interp.budget.size])
            return NONE
        case "insert" if len(arguments.positional) == 2:
            return _insert(interp, receiver, arguments)
        case "copy":
            return interp.list_of(list(receiver.content), receiver.kind)
        case "union" if first is not None:
            return interp.list_of([*receiver.content, *elements(interp, first).content], "set")
        case "pop" | "popleft":
            return _pop(interp, receiver, first, place)
        case "clear":
            interp.heap.touch(receiver)
            receiver.content.clear()
            return NONE
        case "sort" | "reverse" | "remove" | "discard":
            interp.heap.touch(receiver)
            if first is not None and first in receiver.content:
                receiver.content.remove(first)
            return NONE
        case "index" | "count" | "intersection" | "difference" | "issubset":
            return _unknown(place, receiver, *arguments)
        case _:
            return None


def _insert(interp: Interpreter, receiver: Sequence, arguments: Arguments) -> Value:
    interp.heap.touch(receiver)
    position, item = arguments.positional
    where = position.value if isinstance(position, Const) and isinstance(position.value, int) else len(receiver.content)
    receiver.content.insert(where, item)
    return NONE


def _pop(interp: Interpreter, receiver: Sequence, index: Value | None, place: Place) -> Value:
    position = index if index is not None else Const(-1)
    taken = attributes.item(interp, receiver, position, place)
    interp.heap.touch(receiver)
    if isinstance(position, Const) and isinstance(position.value, int) and receiver.closed:
        if -len(receiver.content) <= position.value < len(receiver.content):
            del receiver.content[position.value]
    return taken


# ------------------------------------------------------------------------------------------------------- dicts


def _of_dict(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value | None:
    from wflint.evaluate.expressions import spread_into

    first = arguments.positional[0] if arguments.positional else None
    match name:
        case "get" | "pop" | "setdefault" if first is not None:
            return _entry(interp, receiver, name, arguments, place)
        case "keys":
            return elements(interp, receiver)
        case "values":
            return interp.list_of([Rest(v) if key == REST else v for key, v in receiver.content.items()])
        case "items":
            return interp.list_of([_pair(interp, key, value) for key, value in receiver.content.items()])
        case "copy":
            made = interp.dict_of(receiver.place)
            made.content.update(receiver.content)
            made.places.update(receiver.places)
            return made
        case "update":
            interp.heap.touch(receiver)
            if first is not None:
                spread_into(interp, receiver, first, place)
            for key, value in arguments.keywords:
                receiver.content[key] = value
                receiver.places[key] = place
            return NONE
        case "clear":
            interp.heap.touch(receiver)
            receiver.content.clear()
            return NONE
        case _:
            return None


def _entry(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value:
    key = interp.resolved(arguments.positional[0])
    default = arguments.get("default", 1)
    fallback = default if default is not None else NONE
    plain = text_of(key) if text_of(key) is not None else (key.value if isinstance(key, Const) else None)
    if plain is None:
        found = [v for v in map(present, receiver.content.values()) if v is not None]
        return unite(*found, fallback) if found else _unknown(place, receiver, *arguments)
    held = receiver.content.get(plain)
    if held is not None and name == "pop":
        interp.heap.touch(receiver)
        del receiver.content[plain]
    if held is None:
        if name == "setdefault":
            attributes.set_item(interp, receiver, key, fallback, place)
        return fallback if receiver.closed else unite(_unknown(place, receiver), fallback)
    there = present(held) or fallback
    return unite(there, fallback) if may_be_absent(held) else there


def _pair(interp: Interpreter, key: object, value: Value) -> Value:
    if key == REST:
        return Rest(interp.list_of([Unknown("a key"), value], "tuple"))
    pair = interp.list_of([Const(key), present(value) or value], "tuple")  # type: ignore[arg-type]
    return Rest(pair) if may_be_absent(value) else pair


# ---------------------------------------------------------------------------------------------- tracked inputs

CHANGES = frozenset("append extend insert remove clear sort reverse add discard update setdefault popitem".split())
WHOLE = frozenset("items keys values copy dict model_dump json model_dump_json".split())


def _of_symbol(interp: Interpreter, receiver: Symbol, name: str, arguments: Arguments, place: Place) -> Value | None:
    first = arguments.positional[0] if arguments.positional else None
    key = text_of(first) if first is not None else None
    whole = not receiver.path
    match name:
        case "get" | "pop" if key is not None:
            part = attributes.Symbol(receiver.root, (*receiver.path, key), _part_type(interp, receiver, key))
            interp.note(part, "get", place)
            if name == "pop" and whole:
                interp.note(part, "delete", place)
            default = arguments.get("default", 1)
            return unite(part, default) if default is not None else part
        case "setdefault" if key is not None:
            part = Symbol(receiver.root, (*receiver.path, key), _part_type(interp, receiver, key))
            interp.note(part, "get", place)
            interp.note(part, "set" if whole else "nested", place)
            return part
        case "update" if whole:
            return _update_whole(interp, receiver, arguments, place)
        case "copy" | "dict" | "model_dump" | "model_copy" if whole:
            interp.note(receiver, "escape", place)
            return _copied(interp, receiver, arguments, place)
        case _ if name in CHANGES and not whole:
            interp.note(receiver, "nested", place)
            return Unknown("computed", place, frozenset({receiver}))
        case _ if name in WHOLE and whole:
            interp.note(receiver, "escape", place)
            return _unknown(place, receiver)
        case _ if name in attributes.METHODS:
            return _unknown(place, receiver, *arguments)
        case _:
            return None


def _part_type(interp: Interpreter, receiver: Symbol, key: str) -> Value | None:
    from wflint.evaluate.types import part_type

    return part_type(interp, receiver.type, key)


def _update_whole(interp: Interpreter, receiver: Symbol, arguments: Arguments, place: Place) -> Value:
    """`state.update({...})` sets fields in place."""
    for given in arguments.positional:
        if isinstance(given, Mapping):
            for key, _ in given.known():
                if isinstance(key, str):
                    interp.note(Symbol(receiver.root, (key,)), "set", given.places.get(key, place))
    for key, _ in arguments.keywords:
        interp.note(Symbol(receiver.root, (key,)), "set", place)
    return NONE


def _copied(interp: Interpreter, receiver: Symbol, arguments: Arguments, place: Place) -> Value:
    """A copy of the whole input, with the fields that `model_copy(update=...)` replaces."""
    from wflint.evaluate.expressions import spread_into

    made = interp.dict_of(place)
    made.content[REST] = receiver
    update = arguments.get("update")
    if update is not None:
        spread_into(interp, made, update, place)
    return made
