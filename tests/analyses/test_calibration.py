"""Fitting: on labels drawn from a known prior, and on too few to say much."""

from __future__ import annotations

import math
import random

import pytest

from wflint.analyses.labels.calibration import Case, Fit, calibrate
from wflint.analyses.labels.decisions import EdgeName


def name(number: int) -> EdgeName:
    return EdgeName("flow.py::flow", f"s{number}", "t")


def drawn(scale: float, bias: float, edges: int = 400, runs: int = 1, spread: float | None = None) -> tuple[Case, ...]:
    """Edges whose runs go wrong as a prior of this scale and bias says, give or take what one of `spread` runs may."""
    dice = random.Random(7)  # noqa: S311 (a test)
    cases = []
    for number in range(edges):
        score = dice.uniform(-4, 3)
        chance = 1 / (1 + math.exp(-bias - scale * score))
        if spread is not None:
            chance = dice.betavariate(spread * chance, spread * (1 - chance))
        cases.append(Case(name(number), score, runs, sum(dice.random() < chance for _ in range(runs))))
    return tuple(cases)


@pytest.mark.slow
def test_the_prior_that_the_labels_came_from_is_found() -> None:
    found = calibrate(drawn(scale=0.6, bias=1.2, edges=1_500), Fit())
    assert found.fit.scale == pytest.approx(0.6, abs=0.12)
    assert found.fit.bias == pytest.approx(1.2, abs=0.2)
    assert found.brier < found.brier_before
    assert found.brier < found.brier_base
    assert found.auc is not None
    assert found.auc > 0.75
    assert (found.edges, found.executions, found.folds, found.scaled) == (1_500, 1_500, 200, True)


def test_few_labels_move_the_zero_only() -> None:
    cases = (Case(name(1), -2.0, 1, 0), Case(name(2), 0.0, 1, 1), Case(name(3), -1.0, 1, 1))
    found = calibrate(cases, Fit())
    assert (found.fit.scale, found.scaled, found.folds) == (1.0, False, 3)
    assert 0 < found.fit.bias < 3
    assert found.auc == 1.0


def test_the_area_under_the_curve_by_hand() -> None:
    cases = (Case(name(1), 1.0, 3, 2), Case(name(2), 0.0, 2, 1), Case(name(3), -1.0, 2, 0))
    # bad: 1, 1, 0; good: 1, 0, -1, -1. Pairs won: 2 * (1/2 + 3) + (1/2 + 2) = 9.5 of 12.
    assert calibrate(cases, Fit()).auc == pytest.approx(9.5 / 12)


@pytest.mark.parametrize("bad", [0, 1])
def test_labels_that_are_all_alike(bad: int) -> None:
    found = calibrate(tuple(Case(name(number), 0.5, 1, bad) for number in range(4)), Fit())
    assert found.auc is None
    assert math.isfinite(found.fit.bias)


def test_one_label() -> None:
    found = calibrate((Case(name(1), -2.0, 1, 1),), Fit())
    assert (found.edges, found.folds, found.brier_base) == (1, 1, 0.25)


@pytest.mark.slow
def test_a_score_that_is_the_wrong_way_round_keeps_its_order_and_shrinks() -> None:
    upside_down = tuple(
        Case(case.edge, -case.score, case.executions, case.mismatches) for case in drawn(scale=1.0, bias=0.0)
    )
    found = calibrate(upside_down, Fit())
    assert found.fit.scale == pytest.approx(0.05)
    assert found.auc is not None
    assert found.auc < 0.5


@pytest.mark.slow
@pytest.mark.parametrize(("spread", "expected"), [(2.0, 2.0), (4.0, 4.0)])
def test_repeated_runs_tell_what_the_prior_is_worth(spread: float, expected: float) -> None:
    found = calibrate(drawn(scale=1.0, bias=0.0, edges=800, runs=30, spread=spread), Fit())
    assert (found.fit.strength, found.strengthened) == (expected, True)
