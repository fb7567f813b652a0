"""Overlap: how far two long texts say the same, where the words that few texts of a program have count most.

The scorer weighs single words, which tell short texts apart; in a prompt of many sentences some words always differ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from wflint.matching.crossing import Crossing
from wflint.matching.meanings import Meanings
from wflint.matching.step_reading import Part, StepReading
from wflint.matching.units import KNOWN

_PRIOR = 20
"""So many texts without a word stand beside those of the program: in a small one, every word is rare."""
LONG = 10
"""From so many words on, stop words aside, a description is long."""


class Rarity(Struct, frozen=True):
    """How much each word tells, by the number of the texts that it is in."""

    weights: Mapping[str, float]
    unheard: float
    """The weight of a word that is in none of them."""

    @classmethod
    def of(cls, readings: Iterable[StepReading]) -> Rarity:
        """The rarity of words among steps."""
        holders: Counter[str] = Counter()
        count = 0
        for reading in readings:
            count += 1
            holders.update({unit.stem for unit in reading.part(Part.DOC)})
        weights = {stem: math.log((count + _PRIOR) / (held + 1)) for stem, held in holders.items()}
        return cls(weights, math.log(count + _PRIOR))

    def weight(self, stem: str) -> float:
        """The weight of a word."""
        return self.weights.get(stem, self.unheard)


def is_long(reading: StepReading) -> bool:
    """Whether there is enough to compare by overlap."""
    return len(reading.part(Part.DOC)) >= LONG


def overlap(one: StepReading, other: StepReading, meanings: Meanings, rarity: Rarity) -> float:
    """The share of either description that the other step accounts for, the lesser of both; 0 to 1."""
    pair = Crossing.of(one, other, meanings)
    return min(_accounted(way, rarity) for way in (pair, pair.turned))


def _accounted(pair: Crossing, rarity: Rarity) -> float:
    best: Sequence[float] = pair.best(Part.DOC, Part.ALL)
    weights = [rarity.weight(unit.stem) for unit in pair.one.part(Part.DOC)]
    whole = sum(weights)
    met = sum(weight * likeness for weight, likeness in zip(weights, best, strict=True) if likeness >= KNOWN)
    return met / whole if whole else 0.0
