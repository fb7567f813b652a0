"""What is known about a probability: a Beta distribution, from a prior and from counted runs."""

from __future__ import annotations

import math

from msgspec import Struct

_ROUNDS = 300
_CLOSE = 1e-12
_TINY = 1e-300
_LEAST = 1e-6
"""Shapes below this are numerically a point."""


class Beta(Struct, frozen=True):
    """A belief about a probability: `hits` and `misses` are its shapes, in runs, prior included."""

    hits: float
    misses: float

    @classmethod
    def of(cls, prior: float, strength: float, executions: int = 0, mismatches: int = 0) -> Beta:
        """The belief after `executions` runs, `mismatches` of them bad, the prior being worth `strength` runs."""
        hits = strength * prior + mismatches
        return cls(max(hits, _LEAST), max(strength * (1 - prior) + executions - mismatches, _LEAST))

    @property
    def mean(self) -> float:
        return self.hits / (self.hits + self.misses)

    def above(self, threshold: float) -> float:
        """Probability that the true probability lies above `threshold`."""
        if threshold <= 0:
            return 1.0
        if threshold >= 1:
            return 0.0
        return 1 - _cumulative(threshold, self.hits, self.misses)


def _cumulative(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, on the side where its continued fraction converges."""
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    front = math.exp(log_front)
    low = x < (a + 1) / (a + b + 2)
    value = front * _fraction(x, a, b) / a if low else 1 - front * _fraction(1 - x, b, a) / b
    return min(max(value, 0.0), 1.0)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction, evaluated from the front (the modified Lentz method)."""
    numerator, denominator = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    total = denominator
    for m in range(1, _ROUNDS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            denominator = 1 / _away(1 + term * denominator)
            numerator = _away(1 + term / numerator)
            step = denominator * numerator
            total *= step
        if abs(step - 1) < _CLOSE:
            break
    return total


def _away(value: float) -> float:
    """The value, kept away from zero."""
    return value if abs(value) > _TINY else _TINY
