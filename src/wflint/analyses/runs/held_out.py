"""How well recorded runs tell of others: each run of an edge is predicted from all the rest of that edge's."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wflint.analyses.labels.beta import Beta
from wflint.analyses.labels.calibration import Case, Fit


class HeldOut(Struct, frozen=True):
    """Brier scores over `runs` predictions, by the prior alone and with the evidence of the other runs."""

    runs: int
    prior: float
    posterior: float


def held_out(cases: Iterable[Case], fit: Fit) -> HeldOut | None:
    """Leave out one run at a time; None where no edge was taken twice."""
    runs, prior, posterior = 0, 0.0, 0.0
    for case in cases:
        if case.executions < 2:  # noqa: PLR2004 (nothing is left to predict from)
            continue
        good, bad = case.executions - case.mismatches, case.mismatches
        chance = fit.probability(case.score)
        prior += good * chance**2 + bad * (1 - chance) ** 2
        if good:
            posterior += good * Beta.of(chance, fit.strength, case.executions - 1, bad).mean ** 2
        if bad:
            posterior += bad * (1 - Beta.of(chance, fit.strength, case.executions - 1, bad - 1).mean) ** 2
        runs += case.executions
    return HeldOut(runs, prior / runs, posterior / runs) if runs else None
