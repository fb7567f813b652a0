"""Meanings: vectors of texts, made once each, in one go where the texts are known beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from wflint.matching.encoders import Encoder
from wflint.matching.unit import Unit

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
_VOWEL = re.compile(r"[aeiou]")
_ROWS = 4_096
"""The table of likenesses grows to so many units, then begins anew; which bounds it to 64 MB."""


class Meanings:
    """An encoder with a memory, and with its zero set right: some models find any two texts rather alike."""

    __slots__ = ("_encoder", "_floor", "_known", "_pairs", "_rows", "_table")

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}
        self._pairs: dict[tuple[str, str], float] = {}
        self._rows: dict[Unit, int] = {}
        self._table = np.full((0, 0), np.nan, np.float32)
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
            known = self._pairs[key] = (cosine - self._floor) / (1 - self._floor)
        return known

    def likeness(self, units: Sequence[Unit], others: Sequence[Unit]) -> NDArray[np.float32]:
        """How far each unit means the same as each of the others, 0 to 1: the lexicons first, then the vectors."""
        if len(self._rows) + len(units) + len(others) > _ROWS:
            self._rows.clear()
            self._table = np.full((0, 0), np.nan, np.float32)
        places = np.ix_([self._row(unit) for unit in units], [self._row(unit) for unit in others])
        self._grow()
        part = self._table[places]
        new = np.argwhere(np.isnan(part))
        if len(new):
            cosines = self._stacked(units) @ self._stacked(others).T
            by_vectors = ((cosines - self._floor) / (1 - self._floor)).clip(0, _NEAR)
            for row, column in new.tolist():
                listed = _listed(units[row], others[column])
                part[row, column] = by_vectors[row, column] if listed is None else listed
            self._table[places] = part
        return part

    def _row(self, unit: Unit) -> int:
        return self._rows.setdefault(unit, len(self._rows))

    def _grow(self) -> None:
        size, wanted = len(self._table), len(self._rows)
        if wanted > size:
            table = np.full((max(256, 2 * wanted),) * 2, np.nan, np.float32)
            table[:size, :size] = self._table
            self._table = table

    def _stacked(self, units: Sequence[Unit]) -> NDArray[np.float32]:
        self.prepare(unit.text for unit in units)
        return np.stack([self._known[unit.text] for unit in units])


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
