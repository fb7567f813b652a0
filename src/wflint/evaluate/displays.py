"""Written-out lists, tuples, sets and dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.iteration import distinct, elements
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    REST,
    Const,
    Mapping,
    Place,
    Symbol,
    Unknown,
    Value,
    options_of,
    present,
    sources_of,
    text_of,
    unite,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def display(interp: Interpreter, node: code.Display, scope: Scope) -> Value:
    """`[a, *b]`, `(a, b)` or `{a, b}`."""
    items: list[Value] = []
    for part in node.items:
        value = interp.evaluate(part, scope)
        if isinstance(part, code.Starred):
            items.extend(elements(interp, value).content)
        else:
            items.append(value)
    made = interp.list_of(distinct(items) if node.kind == "set" else items, node.kind)
    made.place = interp.place(node.at)
    return made


def dict_display(interp: Interpreter, node: code.DictDisplay, scope: Scope) -> Value:
    """`{key: value, **more}`; under a key that is not known, the value is one of the rest."""
    made = interp.dict_of(interp.place(node.at))
    for pair in node.pairs:
        value = interp.evaluate(pair.value, scope)
        if pair.key is None:
            spread_into(made, value, interp.place(pair.value.at))
            continue
        key = interp.resolved(interp.evaluate(pair.key, scope))
        place = interp.place(pair.key.at)
        for option in options_of(key):
            known = plain_key(option)
            if known is None:
                put_somewhere(made, value, value)
                continue
            made.content[known.value] = value if option is key else unite(value, made.content.get(known.value, ABSENT))
            made.places[known.value] = place
    return made


def plain_key(value: Value) -> Const | None:
    """A key of a dict as a constant; members of text enumerations are the texts they are. None if it is neither."""
    text = text_of(value)
    if text is not None:
        return Const(text)
    return value if isinstance(value, Const) else None


def spread_into(made: Mapping, value: Value, place: Place) -> None:
    """`{**value}` or `made.update(value)`: take over what is known of `value`'s entries."""
    for option in options_of(value):
        alone = option is value
        if isinstance(option, Mapping):
            for key, inner in option.content.items():
                if key == REST:
                    unknown = Unknown("spread", place, sources_of(inner))
                    put_somewhere(made, inner, unknown if isinstance(inner, Symbol) else inner)
                    continue
                old = made.content.get(key, ABSENT)
                there = present(inner)
                if alone and there is inner:
                    made.content[key] = inner
                else:
                    made.content[key] = unite(old, inner)
                made.places[key] = option.places.get(key, place)
        elif option != NONE:
            unknown = Unknown("spread", place, sources_of(option))
            put_somewhere(made, option if isinstance(option, Symbol) else unknown, unknown)


def put_somewhere(made: Mapping, value: Value, entry: Value) -> None:
    """Put `value` under a key that is not known: any entry may now be `entry`."""
    for key, old in made.content.items():
        made.content[key] = unite(old, value if key == REST else entry)
    made.content.setdefault(REST, value)
