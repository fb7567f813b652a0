"""Entries of dicts that come and go, some of them under keys that are not known."""

from __future__ import annotations

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.keys import Key, key_of
from wflint.evaluate.values import (
    NONE,
    OTHER_KEYS,
    UNBOUND,
    Location,
    Mapping,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    bound_part,
    join,
)


def enter(made: Mapping, key: Value, value: Value, location: Location, *, sure: bool = True) -> None:
    """`made[key] = value`, which happens for `sure` or perhaps; of several keys it is one."""
    options = alternatives(key)
    if not sure:
        value = join(value, UNBOUND)
    for option in options:
        known = key_of(option)
        if known is None:
            put_somewhere(made, value)
        else:
            _under(made, known, value, location, sure=sure and len(options) == 1)


def _under(made: Mapping, key: Key, value: Value, location: Location, *, sure: bool) -> None:
    made.content[key.plain] = value if sure else join(value, made.content.get(key.plain, UNBOUND))
    made.locations[key.plain] = location


def put_somewhere(made: Mapping, value: Value) -> None:
    """Put `value` under a key that is not known: any entry may now be `value`."""
    there = bound_part(value)
    if there is None:
        return
    for key, old in made.content.items():
        made.content[key] = join(old, there)
    made.content.setdefault(OTHER_KEYS, there)


def leave_out(made: Mapping, key: Value, *, sure: bool = True) -> None:
    """`del made[key]`, for `sure` or perhaps; where the key is not known, any entry may be gone."""
    options = alternatives(key)
    for option in options:
        known = key_of(option)
        if known is None:
            loosen(made)
        elif sure and len(options) == 1:
            made.content.pop(known.plain, None)
        elif known.plain in made.content:
            made.content[known.plain] = join(made.content[known.plain], UNBOUND)


def loosen(made: Mapping) -> None:
    """Any entry may be gone."""
    for key, value in made.content.items():
        if key != OTHER_KEYS:
            made.content[key] = join(value, UNBOUND)


def spread_into(made: Mapping, value: Value, location: Location) -> None:
    """`{**value}` or `made.update(value)`: take over what is known of `value`'s entries."""
    options = alternatives(value)
    for option in options:
        if isinstance(option, Mapping):
            _entries_into(made, option, location, sure=len(options) == 1)
        elif option != NONE:
            unknown = Unknown("spread", location, depends_on(option))
            _rest_into(made, option if isinstance(option, TrackedValue) else unknown, location)


def _entries_into(made: Mapping, given: Mapping, location: Location, *, sure: bool) -> None:
    for key, inner in list(given.content.items()):
        if key == OTHER_KEYS:
            _rest_into(made, inner, location)
        else:
            there = sure and bound_part(inner) is inner
            made.content[key] = inner if there else join(made.content.get(key, UNBOUND), inner)
            made.locations[key] = given.locations.get(key, location)


def _rest_into(made: Mapping, rest: Value, location: Location) -> None:
    """Entries that are not known; those that a tracked input has stand for it as a whole."""
    entry = Unknown("spread", location, depends_on(rest)) if isinstance(rest, TrackedValue) else rest
    for key, old in made.content.items():
        made.content[key] = join(old, rest if key == OTHER_KEYS else entry)
    made.content.setdefault(OTHER_KEYS, rest)
