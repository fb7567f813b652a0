"""Meanings: vectors of texts, made once each, in one go where the texts are known beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from wflint.matching.encoders import Encoder
from wflint.matching.unit import Unit
from wflint.model.patterns import pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

_YARDSTICKS = (
    "invoice", "weather", "poem", "database", "hotel", "music", "container", "lawyer", "temperature", "football",
    "grammar", "server", "recipe", "loan", "painting", "keyboard", "vaccine", "election", "warehouse", "tweet",
)  # fmt: skip
"""Words that have nothing to do with each other: how alike an encoder finds them is its zero."""


_FAMILY = 0.95
"""Two words of one root are nearly the same."""
_CONCEPT = 0.9
"""So are two that a synonym set holds, though no set is right everywhere."""
_SHORTENED = 0.85
"""A short form that no list knows may stand for another word."""
_NEAR = 0.75
"""Vectors alone never make two words the same."""
_VOWEL = pattern(r"[aeiou]")
_KEPT = 200_000
"""So many similarities of texts are kept."""
_REMEMBERED = 10_000
"""Of so many stretches of units it is kept where they stand in the table."""
_BLOCK = 256
"""So many rows of the table are filled at once."""
_ROWS = 1_024
"""The table of likenesses grows to so many units, 4 MB; rarer ones are worked out anew, which takes no longer."""
_NOWHERE = 0
"""The row of what the table has no room for; nothing is kept in it."""


class Meanings:
    """An encoder with a memory, and with its zero set right: some models find any two texts rather alike."""

    __slots__ = ("_encoder", "_floor", "_known", "_pairs", "_places", "_rows", "_table")

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}
        self._pairs: dict[tuple[str, str], float] = {}
        self._rows: dict[Unit, int] = {}
        self._places: dict[tuple[Unit, ...], NDArray[np.intp]] = {}
        self._table = _empty(256)
        rows = encoder.encode(_YARDSTICKS)
        alike = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
        self._floor = max(0.0, float(alike.mean()))

    def prepare(self, texts: Iterable[str]) -> None:
        """Encode what will be asked for, all at once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))

    def vector(self, text: str) -> NDArray[np.float32]:
        """The vector of a text."""
        self.prepare((text,))
        return self._known[text]

    def similarity(self, one: str, other: str) -> float:
        """How alike two texts are: 1 the same, around 0 nothing to do with each other."""
        key = (one, other) if one <= other else (other, one)
        known = self._pairs.get(key)
        if known is None:
            cosine = float(self.vector(one) @ self.vector(other))
            if len(self._pairs) >= _KEPT:
                self._pairs.clear()
            known = self._pairs[key] = (cosine - self._floor) / (1 - self._floor)
        return known

    def likeness(self, units: Sequence[Unit], others: Sequence[Unit]) -> NDArray[np.float32]:
        """How far each unit means the same as each of the others, 0 to 1: the lexicons first, then the vectors."""
        units, others = tuple(units), tuple(others)
        places = self._rows_of(units)[:, None], self._rows_of(others)
        part = self._table[places]
        missing = np.isnan(part)
        if missing.any():
            strange = missing.all(axis=1)
            self._fill(part, np.flatnonzero(strange), np.arange(len(others)), (units, others))
            missing[strange] = False
            rest = [np.flatnonzero(missing.any(axis=axis)) for axis in (1, 0)]
            self._fill(part, rest[0], rest[1], (units, others))
            self._table[places] = part
            self._table[_NOWHERE] = self._table[:, _NOWHERE] = np.nan
        return part

    def _fill(
        self,
        part: NDArray[np.float32],
        rows: NDArray[np.intp],
        columns: NDArray[np.intp],
        sides: tuple[tuple[Unit, ...], tuple[Unit, ...]],
    ) -> None:
        """Work out some rows and columns of a part of the table."""
        if not rows.size or not columns.size:
            return
        here, there = [sides[0][row] for row in rows], [sides[1][column] for column in columns]
        cosines = self._stacked(here) @ self._stacked(there).T
        fresh = np.minimum(np.maximum((cosines - self._floor) / (1 - self._floor), 0), _NEAR)
        for row, column in _perhaps_listed(here, there):
            listed = _listed(here[row], there[column])
            fresh[row, column] = fresh[row, column] if listed is None else listed
        part[np.ix_(rows, columns)] = fresh

    def compare_all(self, units: Iterable[Unit]) -> None:
        """Fill the table for units that will be compared in many pairs, those that come up most often first."""
        often = [unit for unit, _ in Counter(units).most_common(_ROWS - 1)]
        if any(unit not in self._rows for unit in often):
            self._rows.clear()
            self._places.clear()
            self._table = _empty(len(often) + 1)
        for start in range(0, len(often), _BLOCK):
            self.likeness(often[start : start + _BLOCK], often)

    def _rows_of(self, units: tuple[Unit, ...]) -> NDArray[np.intp]:
        """The rows of the table for some units; those for which it has no room stand nowhere."""
        known = self._places.get(units)
        if known is None:
            if len(self._places) >= _REMEMBERED:
                self._places.clear()
            known = self._places[units] = np.array([self._row(unit) for unit in units], np.intp)
        return known

    def _row(self, unit: Unit) -> int:
        row = self._rows.get(unit)
        if row is not None or len(self._rows) + 1 >= _ROWS:
            return _NOWHERE if row is None else row
        row = self._rows[unit] = len(self._rows) + 1
        if row >= len(self._table):
            grown = _empty(min(2 * row, _ROWS))
            grown[: len(self._table), : len(self._table)] = self._table
            self._table = grown
        return row

    def _stacked(self, units: Sequence[Unit]) -> NDArray[np.float32]:
        self.prepare(unit.text for unit in units)
        return np.stack([self._known[unit.text] for unit in units])


def _empty(size: int) -> NDArray[np.float32]:
    return np.full((size, size), np.nan, np.float32)


Mark = tuple[str, str | int]
"""Something that two units must have in common for the words or the lexicons to say anything of them."""


def _perhaps_listed(units: Sequence[Unit], others: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """The places of the pairs that have a mark in common; a pair may come up more than once."""
    holders: dict[Mark, list[int]] = {}
    for column, unit in enumerate(others):
        for mark in _marks(unit)[1]:
            holders.setdefault(mark, []).append(column)
    for row, unit in enumerate(units):
        for mark in _marks(unit)[0]:
            for column in holders.get(mark, ()):
                yield row, column


@lru_cache(maxsize=65_536)
def _marks(unit: Unit) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The marks of a unit that is looked for, and those of one that may be found."""
    concepts = (("concept", number) for number in unit.concepts)
    opposites = (("opposite", number) for number in unit.opposites)
    both: tuple[Mark, ...] = (("stem", unit.stem), ("root", unit.root), *concepts, *opposites)
    return (*both, *_first_letter(unit, "any", "short")), (*both, *_first_letter(unit, "short", "any"))


def _first_letter(unit: Unit, if_short: str, else_: str) -> tuple[Mark, ...]:
    """A word without vowels may stand for any with its first letter; two with vowels never do."""
    letter = unit.text[:1]
    if len(unit.text) == 1 or not unit.text.isalpha() or _VOWEL.search(unit.text):
        return ((else_, letter),)
    return ((if_short, letter), (else_, letter)) if if_short == "short" else ((if_short, letter),)


def _listed(one: Unit, other: Unit) -> float | None:
    """What the words themselves and the lexicons say; None where they say nothing."""
    if one.stem == other.stem:
        return 1.0
    if not one.opposites.isdisjoint(other.opposites):
        return 0.0
    if one.root == other.root:
        return _FAMILY
    if not one.concepts.isdisjoint(other.concepts):
        return _CONCEPT
    return _SHORTENED if _shortens(one.text, other.text) or _shortens(other.text, one.text) else None


def _shortens(short: str, long: str) -> bool:
    """Whether `short` is what remains of `long` when letters, the vowels above all, are left out: `cstmr`."""
    if short[:1] != long[:1] or not 1 < len(short) < len(long) - 1 or _VOWEL.search(short) or not short.isalpha():
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
