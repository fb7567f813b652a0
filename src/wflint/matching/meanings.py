"""Meanings: vectors of texts, made once each, in one go where the texts are known beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from wflint.matching.encoders import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_YARDSTICKS = (
    "invoice", "weather", "poem", "database", "hotel", "music", "container", "lawyer", "temperature", "football",
    "grammar", "server", "recipe", "loan", "painting", "keyboard", "vaccine", "election", "warehouse", "tweet",
)  # fmt: skip
"""Words that have nothing to do with each other: how alike an encoder finds them is its zero."""


class Meanings:
    """An encoder with a memory, and with its zero set right: some models find any two texts rather alike."""

    __slots__ = ("_encoder", "_floor", "_known", "_pairs")

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}
        self._pairs: dict[tuple[str, str], float] = {}
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
