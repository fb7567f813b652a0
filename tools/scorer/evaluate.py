"""How good the scorer is on domains it was not fitted to.

    python -m tools.scorer.evaluate

Each domain in turn is judged by weights fitted to the other seven. The lexicons are outside of this: whoever extends
them should do so without looking at the labelled pairs, or the numbers flatter. Prints, for each job: the area under
the ROC curve; F1 where `wflint match` calls a pair a match; precision and recall at the cut; the share of random pairs
of one domain that fire; the same three from
where on a match is worth a warning; and how often the right partner comes first among those of all matches of its
domain (partners of the same name count as right, for nothing could tell them apart).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.scorer import pairs
from tools.scorer.fitting import Table, tabulate
from tools.scorer.pairs import SubjectT, Task
from tools.scorer.regression import Floats, Weights
from wflint.matching.encoders import load_encoder
from wflint.matching.meanings import Meanings
from wflint.matching.scorer import BALANCED, CUT, SURE


@dataclass(frozen=True, slots=True)
class Quality:
    """What came out, each from 0 to 1."""

    area: float
    balanced: float
    precision: float
    recall: float
    firing: float
    sure_precision: float
    sure_recall: float
    sure_firing: float
    first: float
    candidates: float

    def __str__(self) -> str:
        return (
            f"ROC-AUC {self.area:.3f}, F1 {self.balanced:.3f}; "
            f"from {CUT} on precision {self.precision:.3f}, recall {self.recall:.3f}, "
            f"random pairs that fire {self.firing:.3f}; from {SURE} on precision {self.sure_precision:.3f}, "
            f"recall {self.sure_recall:.3f}, random pairs {self.sure_firing:.3f}; "
            f"first of {self.candidates:.0f}: {self.first:.3f}"
        )


def main() -> None:
    """Prints a line a job."""
    meanings = Meanings(load_encoder())
    print("fields:", judge(pairs.fields(meanings)))
    print("steps: ", judge(pairs.steps(meanings)))


def judge(task: Task[SubjectT]) -> Quality:
    """Judge a task domain by domain."""
    table = tabulate(task)
    scores = np.zeros(len(table.domains))
    ranks: list[tuple[bool, int]] = []
    for domain in sorted(set(table.domains)):
        held = table.domains == domain
        weights = table.weights(~held)
        scores[held] = weights.probability(table.examples.features[held])
        ranks.extend(_ranks(task, str(domain), weights))
    return _quality(table, scores, ranks)


def _ranks(task: Task[SubjectT], domain: str, weights: Weights) -> Iterator[tuple[bool, int]]:
    """For each match of the domain, whether the right partner comes first, and among how many."""
    matches = [pair for pair in task.pairs if pair.domain == domain and pair.is_match]
    for pair in matches:
        scores = weights.probability(np.array([task.row(other.one, pair.other) for other in matches]))
        own = scores[matches.index(pair)]
        rivals = (score for other, score in zip(matches, scores, strict=True) if other.one.stems != pair.one.stems)
        yield all(own > rival for rival in rivals), len(matches)


def _quality(table: Table, scores: Floats, ranks: list[tuple[bool, int]]) -> Quality:
    written, random = scores[: table.written], scores[table.written :]
    labels = table.examples.labels[: table.written]
    fired, sure = written >= CUT, written >= SURE
    return Quality(
        area=area(written, labels),
        balanced=f1(written >= BALANCED, labels),
        precision=float(labels[fired].mean()),
        recall=float(fired[labels].mean()),
        firing=float((random >= CUT).mean()),
        sure_precision=float(labels[sure].mean()),
        sure_recall=float(sure[labels].mean()),
        sure_firing=float((random >= SURE).mean()),
        first=float(np.mean([first for first, _ in ranks])),
        candidates=float(np.mean([candidates for _, candidates in ranks])),
    )


def f1(called: NDArray[np.bool_], labels: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (called & labels).sum() / (called.sum() + labels.sum()))


def area(scores: Floats, labels: NDArray[np.bool_]) -> float:
    """The probability that a match scores higher than another pair; half of it where they are level."""
    differences = scores[labels][:, None] - scores[~labels][None, :]
    return float((differences > 0).mean() + (differences == 0).mean() / 2)


if __name__ == "__main__":
    main()
