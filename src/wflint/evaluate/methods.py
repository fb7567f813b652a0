"""Methods of Python's own types: lists, sets and dicts, and of tracked inputs that are used like them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate import attributes
from wflint.evaluate.class_values import Class
from wflint.evaluate.comparing import contains, equal
from wflint.evaluate.iteration import bounded, distinct, elements
from wflint.evaluate.ordering import ordered
from wflint.evaluate.texts import of_text
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    REST,
    Arguments,
    Const,
    EnumMember,
    Mapping,
    Object,
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


def builtin_method(interp: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value | None:
    """The result of a method of a built-in type; None if the receiver is of no such type."""
    match receiver:
        case Const(value=str()) | Text():
            return of_text(interp, receiver, name, arguments, place)
        case EnumMember() if text_of(receiver) is not None:
            return of_text(interp, receiver, name, arguments, place)
        case Sequence():
            return _of_list(interp, receiver, name, arguments, place)
        case Mapping():
            return _of_dict(interp, receiver, name, arguments, place)
        case Symbol():
            return _of_symbol(interp, receiver, name, arguments, place)
        case Object(cls=Class() as cls) if cls.declared():
            return _of_model(interp, receiver, name, arguments, place)
        case _:
            return None


def _unknown(place: Place, *values: Value) -> Unknown:
    return Unknown("computed", place, sources_of(*values))


# ------------------------------------------------------------------------------------------------------- lists


def _of_list(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments, place: Place) -> Value | None:
    first = arguments.positional[0] if arguments.positional else None
    match name:
        case "append" | "add" | "appendleft" | "extend" | "update" | "insert" if first is not None:
            _put(interp, receiver, name, arguments)
            return NONE
        case "pop" | "popleft":
            return _pop(interp, receiver, Const(0) if name == "popleft" else first, place)
        case "remove" | "discard" if first is not None:
            interp.heap.touch(receiver)
            receiver.content[:] = _without(interp, receiver.content, first)
            return NONE
        case "clear":
            interp.heap.touch(receiver)
            receiver.content.clear()
            return NONE
        case "sort":
            interp.heap.touch(receiver)
            receiver.content[:] = ordered(interp, receiver.content, arguments, place)
            return NONE
        case "reverse":
            interp.heap.touch(receiver)
            receiver.content.reverse()
            return NONE
        case "copy":
            return interp.list_of(list(receiver.content), receiver.kind)
        case _:
            return _told(interp, receiver, name, arguments, place)


def _told(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments, place: Place) -> Value | None:
    """The methods of lists, tuples and sets that only tell something."""
    first = arguments.positional[0] if arguments.positional else None
    match name:
        case "index" | "count" if first is not None and receiver.closed:
            return _found(interp, receiver, name, first, place)
        case "union" if first is not None:
            return interp.list_of(distinct([*receiver.content, *elements(interp, first).content]), "set")
        case "intersection" | "difference" if first is not None:
            return interp.list_of(_shared(interp, receiver, first, wanted=name == "intersection"), "set")
        case "index" | "count" | "union" | "intersection" | "difference" | "issubset" | "issuperset" | "isdisjoint":
            return _unknown(place, receiver, *arguments)
        case _:
            return None


def _put(interp: Interpreter, receiver: Sequence, name: str, arguments: Arguments) -> None:
    """The methods that add something; where a list ends up in an order that cannot be told, it goes to the end."""
    interp.heap.touch(receiver)
    content, (first, *others) = receiver.content, arguments.positional
    match name:
        case "appendleft":
            content.insert(0, first)
        case "insert":
            where = first.value if isinstance(first, Const) and isinstance(first.value, int) else len(content)
            content[where:where] = others[:1]
        case "extend" | "update":
            content.extend(elements(interp, first).content[: interp.budget.size])
        case _:
            content.append(first)
    content[:] = bounded(interp, distinct(content) if receiver.kind == "set" else content)


def _without(interp: Interpreter, items: list[Value], unwanted: Value) -> list[Value]:
    """The items after the first that equals `unwanted` is gone; those of which that is not known may be gone."""
    left: list[Value] = []
    doubt = False
    for number, item in enumerate(items):
        inner = item.value if isinstance(item, Rest) else item
        same = equal(interp, inner, unwanted)
        if same is True and not isinstance(item, Rest) and not may_be_absent(item):
            return [*left, *([unite(item, ABSENT)] if doubt else []), *items[number + 1 :]]
        doubt = doubt or same is not False
        left.append(item if isinstance(item, Rest) or same is False else unite(item, ABSENT))
    return left


def _found(interp: Interpreter, receiver: Sequence, name: str, wanted: Value, place: Place) -> Value:
    """`index` and `count` in a list whose items are all there."""
    outcomes = [equal(interp, item, wanted) for item in receiver.content]
    if name == "count":
        return Const(outcomes.count(True)) if None not in outcomes else _unknown(place, receiver, wanted)
    known = outcomes[: outcomes.index(True)] if True in outcomes else [None]
    return Const(len(known)) if None not in known else _unknown(place, receiver, wanted)


def _shared(interp: Interpreter, receiver: Sequence, other: Value, *, wanted: bool) -> list[Value]:
    """The items that the other collection has (`wanted`) or has not; possible where that is not known."""
    listed = elements(interp, other)
    kept: list[Value] = []
    for item in receiver.content:
        inner = item.value if isinstance(item, Rest) else item
        outcome = contains(interp, listed, inner)
        if outcome is None:
            kept.append(item if isinstance(item, Rest) else unite(item, ABSENT))
        elif outcome is wanted:
            kept.append(item)
    return kept


def _pop(interp: Interpreter, receiver: Sequence, index: Value | None, place: Place) -> Value:
    position = index if index is not None else Const(-1)
    taken = attributes.item(interp, receiver, position, place)
    interp.heap.touch(receiver)
    content = receiver.content
    number = position.value if isinstance(position, Const) and isinstance(position.value, int) else None
    if number is not None and receiver.closed and receiver.kind != "set" and -len(content) <= number < len(content):
        del content[number]
        return taken
    content[:] = [item if isinstance(item, Rest) else unite(item, ABSENT) for item in content]
    return taken


# ------------------------------------------------------------------------------------------------------- dicts


def _of_dict(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value | None:
    match name:
        case "get" | "pop" | "setdefault" if arguments.positional:
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
        case "update" | "clear" | "popitem":
            return _change(interp, receiver, name, arguments, place)
        case _:
            return None


def _change(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value:
    """The methods that change many entries, or any one."""
    from wflint.evaluate.displays import spread_into

    interp.heap.touch(receiver)
    match name:
        case "clear":
            receiver.content.clear()
        case "popitem":
            _loosen(receiver)
            return _unknown(place, receiver)
        case _:
            for value in arguments.positional[:1]:
                spread_into(receiver, value, place)
            for key, value in arguments.keywords:
                receiver.content[key] = value
                receiver.places[key] = place
            if arguments.open:
                spread_into(receiver, _unknown(place), place)
    return NONE


def _entry(interp: Interpreter, receiver: Mapping, name: str, arguments: Arguments, place: Place) -> Value:
    """`get`, `pop` and `setdefault`."""
    key = interp.resolved(arguments.positional[0])
    default = arguments.get("default", 1)
    fallback = default if default is not None else NONE
    plain = text_of(key) if text_of(key) is not None else (key.value if isinstance(key, Const) else None)
    if plain is None and key != NONE:
        return _some_entry(interp, receiver, name, fallback, place, key)
    held = receiver.content.get(plain)
    there = present(held) if held is not None else None
    missing = held is None or may_be_absent(held)
    if held is not None and name == "pop":
        interp.heap.touch(receiver)
        del receiver.content[plain]
    rest = receiver.content.get(REST)
    if there is None and isinstance(rest, Symbol) and isinstance(plain, str):
        part = _of_symbol(interp, rest, "get", arguments, place)
        value = part if part is not None else fallback
    elif there is None:
        value = fallback if receiver.closed else unite(_unknown(place, receiver), fallback)
    else:
        value = unite(there, fallback) if missing else there
    if name == "setdefault" and missing:
        attributes.set_item(interp, receiver, key, value, place)
    return value


def _some_entry(interp: Interpreter, receiver: Mapping, name: str, fallback: Value, place: Place, key: Value) -> Value:
    """`get`, `pop` and `setdefault` with a key that is not known: any entry, or none."""
    found = [value for value in map(present, receiver.content.values()) if value is not None]
    if name == "pop":
        interp.heap.touch(receiver)
        _loosen(receiver)
    elif name == "setdefault":
        attributes.set_item(interp, receiver, key, fallback, place)
    return unite(*found, fallback) if found else _unknown(place, receiver, key, fallback)


def _loosen(receiver: Mapping) -> None:
    """Any entry may be gone."""
    for key, value in receiver.content.items():
        if key != REST:
            receiver.content[key] = unite(value, ABSENT)


def _pair(interp: Interpreter, key: object, value: Value) -> Value:
    if key == REST:
        return Rest(interp.list_of([Unknown("a key"), value], "tuple"))
    pair = interp.list_of([Const(key), present(value) or value], "tuple")  # type: ignore[arg-type]
    return Rest(pair) if may_be_absent(value) else pair


# ---------------------------------------------------------------------------------------------- tracked inputs

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
WHOLE = frozenset(["items", "keys", "values", "copy", "dict", "model_dump", "json", "model_dump_json"])


def _of_symbol(interp: Interpreter, receiver: Symbol, name: str, arguments: Arguments, place: Place) -> Value | None:
    first = arguments.positional[0] if arguments.positional else None
    key = text_of(first) if first is not None else None
    whole = not receiver.path
    match name:
        case "get" | "pop" if key is not None:
            part = Symbol(receiver.root, (*receiver.path, key), _part_type(interp, receiver, key))
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
    made = interp.dict_of(place)
    made.content[REST] = receiver
    _updated(made, arguments, place)
    return made


def _updated(made: Mapping, arguments: Arguments, place: Place) -> None:
    from wflint.evaluate.displays import spread_into

    update = arguments.get("update")
    if update is not None:
        spread_into(made, update, place)


# ------------------------------------------------------------------------------------- models of the source

DUMPS = frozenset({"model_dump", "dict", "_asdict"})
COPIES = frozenset({"model_copy", "copy", "_replace"})


def _of_model(interp: Interpreter, receiver: Object, name: str, arguments: Arguments, place: Place) -> Value | None:
    """What dataclasses, models and named tuples of the source can do without saying so."""
    if name in DUMPS and not arguments.positional and not arguments.keywords:
        return fields_of(interp, receiver, place)
    if name not in COPIES:
        return None
    update = interp.dict_of(place)
    _updated(update, arguments, place)
    update.content.update({key: value for key, value in arguments.keywords if name == "_replace"})
    return replaced(interp, receiver, update, place)


def fields_of(interp: Interpreter, receiver: Object, place: Place) -> Mapping:
    """The fields of a model as a dict."""
    made = interp.dict_of(place)
    made.content.update({key: value for key, value in receiver.content.items() if isinstance(key, str)})
    return made


def replaced(interp: Interpreter, receiver: Object, changes: Mapping, place: Place) -> Object:
    """A copy of an object with some attributes changed."""
    made = interp.object_of(receiver.path, receiver.arguments, place, receiver.cls)
    made.content.update(receiver.content)
    made.content.update({key: value for key, value in changes.content.items() if key != REST})
    if not changes.closed:
        made.content.update({key: unite(value, _unknown(place)) for key, value in made.content.items()})
    return made
