"""Entries of dicts that come and go, some of them under keys that are not known."""

from __future__ import annotations

from wflint.evaluate.keys import Key, key_of
from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    REST,
    Mapping,
    Place,
    Symbol,
    Unknown,
    Value,
    options_of,
    present,
    unite,
)


def enter(made: Mapping, key: Value, value: Value, place: Place, *, sure: bool = True) -> None:
    """`made[key] = value`, which happens for `sure` or perhaps; of several keys it is one."""
    options = options_of(key)
    if not sure:
        value = unite(value, ABSENT)
    for option in options:
        known = key_of(option)
        if known is None:
            put_somewhere(made, value)
        else:
            _under(made, known, value, place, sure=sure and len(options) == 1)


def _under(made: Mapping, key: Key, value: Value, place: Place, *, sure: bool) -> None:
    made.content[key.plain] = value if sure else unite(value, made.content.get(key.plain, ABSENT))
    made.places[key.plain] = place


def put_somewhere(made: Mapping, value: Value) -> None:
    """Put `value` under a key that is not known: any entry may now be `value`."""
    there = present(value)
    if there is None:
        return
    for key, old in made.content.items():
        made.content[key] = unite(old, there)
    made.content.setdefault(REST, there)


def leave_out(made: Mapping, key: Value, *, sure: bool = True) -> None:
    """`del made[key]`, for `sure` or perhaps; where the key is not known, any entry may be gone."""
    options = options_of(key)
    for option in options:
        known = key_of(option)
        if known is None:
            loosen(made)
        elif sure and len(options) == 1:
            made.content.pop(known.plain, None)
        elif known.plain in made.content:
            made.content[known.plain] = unite(made.content[known.plain], ABSENT)


def loosen(made: Mapping) -> None:
    """Any entry may be gone."""
    for key, value in made.content.items():
        if key != REST:
            made.content[key] = unite(value, ABSENT)


def spread_into(made: Mapping, value: Value, place: Place) -> None:
    """`{**value}` or `made.update(value)`: take over what is known of `value`'s entries."""
    options = options_of(value)
    for option in options:
        if isinstance(option, Mapping):
            _entries_into(made, option, place, sure=len(options) == 1)
        elif option != NONE:
            unknown = Unknown("spread", place, sources_of(option))
            _rest_into(made, option if isinstance(option, Symbol) else unknown, place)


def _entries_into(made: Mapping, given: Mapping, place: Place, *, sure: bool) -> None:
    for key, inner in list(given.content.items()):
        if key == REST:
            _rest_into(made, inner, place)
        else:
            there = sure and present(inner) is inner
            made.content[key] = inner if there else unite(made.content.get(key, ABSENT), inner)
            made.places[key] = given.places.get(key, place)


def _rest_into(made: Mapping, rest: Value, place: Place) -> None:
    """Entries that are not known; those that a tracked input has stand for it as a whole."""
    entry = Unknown("spread", place, sources_of(rest)) if isinstance(rest, Symbol) else rest
    for key, old in made.content.items():
        made.content[key] = unite(old, rest if key == REST else entry)
    made.content.setdefault(REST, rest)
