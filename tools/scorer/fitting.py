"""From labelled pairs to weights, the same way for the weights that are shipped and for those that are judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tools.scorer.pairs import Pair, SubjectT, Task
from tools.scorer.regression import Examples, Weights, fit
from wflint.matching.scorer import Job

PENALTY = 2.0
"""How strongly weights are held back."""
STRANGERS = 6
"""So many random pairs are made for each match."""
IMPORTANCE = 1.0
"""Of a random pair, beside 1 for a pair written by hand: by far the most pairs of a workflow are of this sort."""
SHIFTS = {Job.FIELDS: 0.4, Job.STEPS: 0.7}
"""Added to the bias: three random pairs in a hundred are the most that fire, and of the matches that are worth a
warning, no more are wrong than before."""

Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Table:
    """All pairs of a task, written and random, as examples; with the domain of each."""

    examples: Examples
    domains: NDArray[np.str_]
    written: int
    signs: NDArray[np.float64]
    shift: float

    def weights(self, chosen: Chosen | None = None) -> Weights:
        """Weights fitted to the chosen examples, or to all."""
        rows = self.examples if chosen is None else self.examples.only(chosen)
        fitted = fit(rows, self.signs, PENALTY)
        return replace(fitted, bias=fitted.bias + self.shift)


def tabulate(task: Task[SubjectT]) -> Table:
    """Every pair of the task as a row."""
    strangers = task.strangers(STRANGERS)
    rows: tuple[Pair[SubjectT], ...] = (*task.pairs, *strangers)
    importance = np.array([1.0] * len(task.pairs) + [IMPORTANCE] * len(strangers))
    labels = np.array([row.is_match for row in rows])
    domains = np.array([row.domain for row in rows])
    examples = Examples(task.matrix(rows), labels, importance)
    return Table(examples, domains, len(task.pairs), task.signs, SHIFTS[task.job])
