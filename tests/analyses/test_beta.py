from __future__ import annotations

import math

import pytest

from wflint.analyses.labels.beta import Beta


def integrated(belief: Beta, threshold: float, pieces: int = 40_000) -> float:
    """The same probability by the midpoint rule, after substituting x = sin² t to tame the ends."""
    a, b = belief.hits, belief.misses
    scale = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    low, high = math.asin(math.sqrt(threshold)), math.pi / 2
    step = (high - low) / pieces
    points = (low + (number + 0.5) * step for number in range(pieces))
    total = sum(math.pow(math.sin(t), 2 * a - 1) * math.pow(math.cos(t), 2 * b - 1) for t in points)
    return scale * 2 * step * total


@pytest.mark.parametrize("threshold", [0.01, 0.2, 0.5, 0.9])
@pytest.mark.parametrize(("hits", "misses"), [(0.6, 2.4), (1, 1), (3, 0.7), (12, 40), (300, 5)])
def test_above_agrees_with_integration(hits: float, misses: float, threshold: float) -> None:
    belief = Beta(hits, misses)
    assert belief.above(threshold) == pytest.approx(integrated(belief, threshold), abs=2e-4)


def test_the_uniform_belief() -> None:
    assert Beta(1, 1).above(0.3) == pytest.approx(0.7)


def test_the_edges_of_the_scale() -> None:
    assert (Beta(1, 2).above(0), Beta(1, 2).above(1)) == (1.0, 0.0)


def test_prior_and_runs() -> None:
    assert Beta.of(0.25, 4) == Beta(1, 3)
    assert Beta.of(0.25, 4, executions=10, mismatches=3) == Beta(4, 10)
    assert Beta.of(0.25, 4, 10, 3).mean == pytest.approx(4 / 14)


@pytest.mark.parametrize("prior", [0.0, 1.0, 1e-300])
def test_priors_without_a_doubt(prior: float) -> None:
    assert Beta.of(prior, 3).above(0.5) == pytest.approx(round(prior), abs=1e-3)


def test_many_runs_leave_little_doubt() -> None:
    assert Beta.of(0.1, 3, 1_000_000, 400_000).above(0.39) == pytest.approx(1.0)
