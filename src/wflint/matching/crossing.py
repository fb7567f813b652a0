"""Crossing: two steps, and how far each word of one means the same as each of the other, worked out once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wflint.matching.meanings import Meanings
from wflint.matching.step_reading import Part, StepReading
from wflint.matching.unit import Unit
from wflint.matching.units import KNOWN


class Crossing(Struct, frozen=True):
    """The units of `one` down, those of `other` across."""

    one: StepReading
    other: StepReading
    table: NDArray[np.float32]

    @classmethod
    def of(cls, one: StepReading, other: StepReading, meanings: Meanings) -> Crossing:
        """The crossing of two steps."""
        return cls(one, other, meanings.likeness(one.units, other.units))

    @property
    def turned(self) -> Crossing:
        """The same, with the steps in the other order."""
        return Crossing(self.other, self.one, self.table.T)

    def coverage(self, part: Part, by: Part) -> float:
        """How far a part of the other says what a part of the one says; 0 where there is nothing to cover."""
        stretch = self.table[self.one.at[part], self.other.at[by]]
        return float(stretch.max(axis=1).sum()) / len(stretch) if stretch.size else 0.0

    def both_ways(self, part: Part, by: Part) -> float:
        """The lesser of both coverages."""
        return min(self.coverage(part, by), self.turned.coverage(part, by))

    def best(self, part: Part, by: Part) -> list[float]:
        """For each word of a part of the one, how far the nearest word of a part of the other means the same."""
        stretch = self.table[self.one.at[part], self.other.at[by]]
        found: list[float] = stretch.max(axis=1).tolist() if stretch.shape[1] else [0.0] * len(stretch)
        return found

    def unaccounted(self, part: Part, by: Part) -> tuple[int, ...]:
        """The places of the words of a part of the one that a part of the other does not account for."""
        stretch = self.table[self.one.at[part], self.other.at[by]]
        start = self.one.at[part].start
        if not stretch.shape[1]:
            return tuple(range(start, start + len(stretch)))
        return tuple((np.flatnonzero(stretch.max(axis=1) < KNOWN) + start).tolist())

    def likeness(self, mine: Sequence[int], theirs: Sequence[int]) -> float:
        """The most that any of these places has in common with any of those."""
        return float(self.table[np.ix_(mine, theirs)].max())

    def word(self, place: int) -> Unit:
        """The unit of the one at a place."""
        return self.one.units[place]
