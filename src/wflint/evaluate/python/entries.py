"""Entries of dicts that come and go, some of them under keys that are not known."""

from __future__ import annotations

from collections.abc import Hashable

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


class Entries:
    """Entries of one dict, one after the other; what is put under unknown keys reaches those before it in the end."""

    def __init__(self, made: Mapping) -> None:
        self._made = made
        self._anywhere: list[Value] = []
        self._since: dict[Hashable, int] = {}
        """For each key, how many values had been put under unknown keys when its own was."""

    def enter(self, key: Value, value: Value, location: Location) -> None:
        """`made[key] = value`."""
        known = key_of(key)
        there = bound_part(value)
        if known is not None:
            _under(self._made, known, value, location, sure=True)
            self._since[known.plain] = len(self._anywhere)
        elif len(alternatives(key)) > 1:
            self.settle()
            enter(self._made, key, value, location)
        elif there is not None:
            self._anywhere.append(there)
            if OTHER_KEYS not in self._made.content:
                self._made.content[OTHER_KEYS] = there
                self._since[OTHER_KEYS] = len(self._anywhere)

    def settle(self) -> None:
        """Any entry may now be what was put under unknown keys after it."""
        later: list[Value] = []
        for value in reversed(self._anywhere):
            later.append(join(value, later[-1]) if later else value)
        for key, old in self._made.content.items() if later else ():
            missed = len(later) - self._since.get(key, 0)
            if missed:
                self._made.content[key] = join(old, later[missed - 1])
        self._anywhere, self._since = [], {}


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
