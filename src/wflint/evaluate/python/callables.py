"""Objects of Python's library that can be called, and functions that remember what they gave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions import attributes, items
from wflint.evaluate.keys import Key, key_of
from wflint.evaluate.values import (
    Arguments,
    EnumMember,
    ExternalName,
    Function,
    Location,
    Mapping,
    Object,
    Unknown,
    Value,
    bound_part,
    join,
    possibly_unbound,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

Called = Callable[["Interpreter", Object, Arguments, Location], Value]


def _wrapped(_interp: Interpreter, decorator: Object, arguments: Arguments, _place: Location) -> Value:
    """`@wraps(f)` gives the wrapper f's name."""
    wrapper, original = arguments.get("wrapper", 0), decorator.arguments.get("wrapped", 0)
    if isinstance(wrapper, Function) and isinstance(original, Function):
        wrapper.name = original.name
    return wrapper if wrapper is not None else Unknown("a wrapper")


def _one_or_more(interp: Interpreter, found: list[Value]) -> Value:
    return found[0] if len(found) == 1 else interp.list_of(found, "tuple")


def _item(interp: Interpreter, getter: Object, arguments: Arguments, location: Location) -> Value:
    """`itemgetter(key)(value)`."""
    value = arguments.get("obj", 0) or Unknown("nothing")
    return _one_or_more(interp, [items.item(interp, value, key, location) for key in getter.arguments.positional])


def _attribute(interp: Interpreter, getter: Object, arguments: Arguments, location: Location) -> Value:
    """`attrgetter("name.of.it")(value)`."""
    found: list[Value] = []
    for path in getter.arguments.positional:
        value = arguments.get("obj", 0) or Unknown("nothing")
        text = text_of(path)
        for name in text.split(".") if text is not None else ():
            value = attributes.attribute(interp, value, name, location)
        found.append(value if text is not None else Unknown("computed", location, depends_on(*arguments)))
    return _one_or_more(interp, found)


def _method(interp: Interpreter, caller: Object, arguments: Arguments, location: Location) -> Value:
    """`methodcaller("name", argument)(value)`."""
    value, name = arguments.get("obj", 0) or Unknown("nothing"), text_of(caller.arguments.get("name", 0))
    if name is None:
        return Unknown("computed", location, depends_on(*arguments))
    method = attributes.attribute(interp, value, name, location)
    return interp.call(method, caller.arguments.without(1), location)


CALLED: dict[str, Called] = {
    "functools.wraps": _wrapped,
    "operator.itemgetter": _item,
    "operator.attrgetter": _attribute,
    "operator.methodcaller": _method,
}
"""What calling an object of these classes does."""


# ----------------------------------------------------------------------------------------------------- remembering

REMEMBERING = frozenset({"functools.cache", "functools.lru_cache"})
"""Decorators whose functions give for the same arguments the same thing again."""


def remembering(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`functools.lru_cache(function)`, or a decorator that makes a function remember."""
    match arguments.positional:
        case (Function() as function, *_):
            function.memo = interp.dict_of(location)
            return function
        case _:
            return ExternalName("functools.lru_cache")


def recalled(interp: Interpreter, memory: Mapping, arguments: Arguments, work: Callable[[], Value]) -> Value:
    """What a function gave for these arguments before, or gives now for the first time."""
    key = _key(arguments)
    if key is None:
        return work()
    held = memory.content.get(key.plain)
    there = bound_part(held) if held is not None else None
    if held is not None and there is not None and not possibly_unbound(held):
        return there
    made = work() if there is None else join(there, work())
    interp.heap.snapshot_before_write(memory)
    memory.content[key.plain] = made
    return made


def _key(arguments: Arguments) -> Key | None:
    """The arguments as a key; None where they are not all known."""
    if arguments.open:
        return None
    keys = [_identity(value) for value in arguments]
    names = tuple(name for name, _ in arguments.keywords)
    known = [key.plain for key in keys if key is not None]
    return Key((*known, names)) if len(known) == len(keys) else None


def _identity(value: Value) -> Key | None:
    """The key of an argument; things that are compared by what they are, not by what is in them, are their own."""
    if isinstance(value, Object | Class | EnumMember) and key_of(value) is None:
        return Key(value)
    return key_of(value)
