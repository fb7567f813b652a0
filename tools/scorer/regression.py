"""Logistic regression whose weights may not have the wrong sign."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 4_000
STILL = 1e-7
"""Weights that move less in a round have arrived."""
LARGEST = 6.0
"""No single feature may decide: so much, in log-odds, is the most it can say."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds: `bias` for a pair of which nothing is known, and so much for each feature at full strength."""

    bias: float
    features: Floats

    def probability(self, features: Floats) -> Floats:
        """The probability of a match for each row."""
        return sigmoid(features @ self.features + self.bias)


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of features with their labels, and how much each row counts."""

    features: Floats
    labels: NDArray[np.bool_]
    importance: Floats

    def only(self, chosen: NDArray[np.bool_]) -> Examples:
        """The chosen rows."""
        return Examples(self.features[chosen], self.labels[chosen], self.importance[chosen])


def sigmoid(log_odds: Floats) -> Floats:
    """From log-odds to probabilities."""
    return 1 / (1 + np.exp(-np.clip(log_odds, -50, 50)))


def fit(examples: Examples, signs: Floats, penalty: float) -> Weights:
    """The weights of least loss, each of the sign in `signs` or zero; `penalty` keeps them small.

    Accelerated projected gradient on features brought to one scale. No randomness: the same rows give the same weights.
    """
    spread = examples.features.std(axis=0) + 1e-9
    rows = np.column_stack([examples.features / spread, np.ones(len(examples.labels))])
    shrink = np.append(np.full(len(signs), penalty), 0.0)
    highest = np.append(np.where(signs > 0, LARGEST * spread, 0.0), np.inf)
    lowest = np.append(np.where(signs < 0, -LARGEST * spread, 0.0), -np.inf)
    step = 4 / (np.linalg.norm(rows * np.sqrt(examples.importance)[:, None], 2) ** 2 + 4 * penalty)
    weights = np.zeros(rows.shape[1])
    ahead, pace = weights, 1.0
    for _ in range(ROUNDS):
        error = examples.importance * (sigmoid(rows @ ahead) - examples.labels)
        moved = ahead - step * (rows.T @ error + shrink * ahead)
        moved = np.clip(moved, lowest, highest)
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        arrived = np.abs(moved - weights).max() < STILL
        weights, pace = moved, faster
        if arrived:
            break
    return Weights(float(weights[-1]), weights[:-1] / spread)
