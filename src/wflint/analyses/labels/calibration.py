"""Fitting the prior to labelled edges: how far to stretch the features' weights, and where to put zero.

Two numbers are what a few dozen labels support; the weights among themselves stay as they are. The scale is kept
positive, so that fitting never changes which of two edges ranks higher: the ranks that ROC-AUC is made of need no
held-out fit. The Brier score does, so each edge is judged by a fit without it.
"""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace

from wflint.analyses.labels.decisions import EdgeName

FEW = 5
"""With fewer good or bad runs than this, or twice as few edges, the scale stays and only the zero is moved."""
MOST_FITS = 200
"""Beyond so many edges, folds of several edges are left out at once."""
STRENGTHS = (2.0, 3.0, 4.0)
"""How many runs the prior may be worth."""
REPEATED = 10
"""So many edges with several runs each are needed to choose among them."""

_LEAST_SCALE = 0.05
_SCALE_PENALTY = 4.0
"""Inverse variance of the scale around 1: half is as far as one would go without evidence."""
_BIAS_PENALTY = 0.25
"""Inverse variance of the bias around 0, in log-odds: two either way."""
_STEPS = 100
_SMALL = 1e-9


class Case(Struct, frozen=True):
    """An edge with the log-odds that the weights give it, and how often it was good and bad."""

    edge: EdgeName
    score: float
    executions: int
    mismatches: int


class Fit(Struct, frozen=True):
    """What the prior becomes: `log-odds = bias + scale * score`, worth `strength` runs."""

    scale: float = 1.0
    bias: float = 0.0
    strength: float = 3.0

    def probability(self, score: float) -> float:
        """The probability of a mismatch."""
        return 1 / (1 + math.exp(-min(max(self.bias + self.scale * score, -500.0), 500.0)))


class Calibration(Struct, frozen=True):
    """A fit and how good it is; `auc` is None where all runs are alike. Brier scores: the lower, the better."""

    fit: Fit
    edges: int
    executions: int
    mismatches: int
    auc: float | None
    brier: float
    brier_before: float
    brier_base: float
    folds: int
    scaled: bool
    strengthened: bool


def calibrate(cases: tuple[Case, ...], before: Fit) -> Calibration:
    """The prior that the cases ask for; there is at least one case with a run."""
    executions, mismatches = _totals(cases)
    fit = _fit(cases, before)
    strength = _strength(cases, fit)
    parts = _folds(cases)
    left_out = [_fit(tuple(case for case in cases if case not in part), before) for part in parts]
    bases = [_base(tuple(case for case in cases if case not in part)) for part in parts]
    return Calibration(
        fit=replace(fit, strength=strength or before.strength),
        edges=len(cases),
        executions=executions,
        mismatches=mismatches,
        auc=_auc(cases),
        brier=sum(
            _loss(case, one.probability(case.score)) for part, one in zip(parts, left_out, strict=True) for case in part
        )
        / executions,
        brier_before=sum(_loss(case, before.probability(case.score)) for case in cases) / executions,
        brier_base=sum(_loss(case, base) for part, base in zip(parts, bases, strict=True) for case in part)
        / executions,
        folds=len(parts),
        scaled=_supports_scale(cases),
        strengthened=strength is not None,
    )


def _totals(cases: tuple[Case, ...]) -> tuple[int, int]:
    return sum(case.executions for case in cases), sum(case.mismatches for case in cases)


def _supports_scale(cases: tuple[Case, ...]) -> bool:
    executions, mismatches = _totals(cases)
    return len(cases) >= 2 * FEW and min(mismatches, executions - mismatches) >= FEW


def _folds(cases: tuple[Case, ...]) -> tuple[tuple[Case, ...], ...]:
    """Each edge alone, or every so many edges together."""
    number = min(len(cases), MOST_FITS)
    ordered = sorted(cases, key=lambda case: str(case.edge))
    return tuple(tuple(ordered[start::number]) for start in range(number))


def _base(cases: tuple[Case, ...]) -> float:
    """The rate of mismatches, an edge's name unseen; half before anything is known."""
    executions, mismatches = _totals(cases)
    return (mismatches + 0.5) / (executions + 1)


def _loss(case: Case, probability: float) -> float:
    good = case.executions - case.mismatches
    return case.mismatches * (1 - probability) ** 2 + good * probability**2


def _fit(cases: tuple[Case, ...], before: Fit) -> Fit:
    """The most probable scale and bias, by Newton's method on a function with one minimum."""
    free = _supports_scale(cases)
    fit = replace(before, scale=max(before.scale, _LEAST_SCALE)) if free else before
    for _ in range(_STEPS):
        moved = _step(cases, fit, before, bias_only=not free)
        close = abs(moved.scale - fit.scale) + abs(moved.bias - fit.bias) < _SMALL
        fit = moved
        if close:
            break
    return fit


def _step(cases: tuple[Case, ...], fit: Fit, before: Fit, *, bias_only: bool) -> Fit:
    slope, lean = _SCALE_PENALTY * (fit.scale - 1), _BIAS_PENALTY * fit.bias
    ss, sb, bb = _SCALE_PENALTY, 0.0, _BIAS_PENALTY
    for case in cases:
        chance = fit.probability(case.score)
        error = case.executions * chance - case.mismatches
        weight = case.executions * chance * (1 - chance)
        slope, lean = slope + error * case.score, lean + error
        ss, sb, bb = ss + weight * case.score**2, sb + weight * case.score, bb + weight
    if bias_only:
        return replace(fit, scale=before.scale, bias=fit.bias - _bounded(lean / bb))
    determinant = ss * bb - sb * sb
    scale = fit.scale - _bounded((bb * slope - sb * lean) / determinant)
    return replace(
        fit, scale=max(scale, _LEAST_SCALE), bias=fit.bias - _bounded((ss * lean - sb * slope) / determinant)
    )


def _bounded(move: float) -> float:
    """One step goes so far and no further, so that far-off starts do not overshoot."""
    return min(max(move, -1.0), 1.0)


def _auc(cases: tuple[Case, ...]) -> float | None:
    """Probability that a bad run's edge has the higher score than a good run's; ties count half."""
    executions, mismatches = _totals(cases)
    good, below, total = executions - mismatches, 0, 0.0
    if not good or not mismatches:
        return None
    by_score: dict[float, list[Case]] = {}
    for case in cases:
        by_score.setdefault(case.score, []).append(case)
    for score in sorted(by_score):
        bad_here = sum(case.mismatches for case in by_score[score])
        good_here = sum(case.executions - case.mismatches for case in by_score[score])
        total += bad_here * (below + good_here / 2)
        below += good_here
    return total / (good * mismatches)


def _strength(cases: tuple[Case, ...], fit: Fit) -> float | None:
    """The strength under which repeated runs are likeliest; None where too few edges were run repeatedly."""
    repeated = [case for case in cases if case.executions > 1]
    if len(repeated) < REPEATED:
        return None
    return max(STRENGTHS, key=lambda strength: sum(_likelihood(case, fit, strength) for case in repeated))


def _likelihood(case: Case, fit: Fit, strength: float) -> float:
    """Log-likelihood of an edge's runs, up to a constant."""
    chance = min(max(fit.probability(case.score), 1e-6), 1 - 1e-6)
    a, b = strength * chance, strength * (1 - chance)
    good = case.executions - case.mismatches
    after = math.lgamma(a + case.mismatches) + math.lgamma(b + good) - math.lgamma(a + b + case.executions)
    return after - (math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b))
