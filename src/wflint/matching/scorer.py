"""The scorer: named features, weighed and added up to the probability of a match.

The weights are in `data/scorer.json`, made by `python -m tools.scorer.fit`. A similarity never weighs against a match
and a difference never for it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from msgspec import Struct, field

from wflint.errors import ConfigError
from wflint.matching.signals import Feature, Signal
from wflint.model.finding import Reason

WEIGHTS = Path(__file__).parent / "data" / "scorer.json"

CUT = 0.5
"""From this similarity on, a pair is more likely a match than not, among all the pairs that there are in a workflow."""
BALANCED = 0.2
"""From this similarity on, `wflint match` calls a pair a match.

Whoever asks about a pair has a reason to. Among such pairs, on domains that the weights were not fitted to, precision
and recall together are level from 0.15 to 0.45 (F1 .88 to .90 of fields, .90 to .93 of steps). Words that no lexicon
knows pull matches down, never others up: with six in ten sets of synonyms left out, F1 is best at 0.2 (.88 and .90; at
`CUT` .82 and .79).
"""
SURE = 0.8
"""From this similarity on, a match is worth a warning.

`python -m tools.scorer.evaluate` measures it on domains that the weights were not fitted to. Of random pairs of fields
of one domain, one in a hundred gets there (of steps, two), and of the labelled pairs that do, 98 in a hundred are
matches (of steps, too). From `CUT` on it is two in a hundred, and 94 (three, and 97).
"""
_NOTABLE = 0.05
"""A reason that moves the log-odds by less is not worth telling."""
_DIGITS = 4


class Job(StrEnum):
    """What is compared."""

    FIELDS = "fields"
    """An offered field and a needed one: is it the same value?"""
    STEPS = "steps"
    """Two steps: do they do the same work?"""


class Match(Struct, frozen=True):
    """The judgement about a pair: `similarity` is the probability of a match, `reasons` begin with the weightiest.

    `strengths` are how far each feature is there, 0 to 1, by its name.
    """

    similarity: float
    reasons: tuple[Reason, ...]
    strengths: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_match(self) -> bool:
        """Whether a pair that nobody asked about is a match."""
        return self.similarity >= CUT

    @property
    def is_called_match(self) -> bool:
        """Whether a pair that somebody asked about is a match."""
        return self.similarity >= BALANCED


class Scorer(Struct, frozen=True):
    """Weights in log-odds, by the name of the feature."""

    bias: float
    weights: Mapping[str, float]

    def judge_from(self, stages: Iterable[tuple[Iterable[Feature], Iterable[Signal]]], least: float) -> Match | None:
        """Weigh stage by stage, until nothing that is still to come can lift the pair to `least`; then None."""
        open_ = {name: weight for name, weight in self.weights.items() if weight > 0}
        wanted = math.log(least / (1 - least))
        seen: list[Signal] = []
        for settled, signals in stages:
            seen.extend(signals)
            for feature in settled:
                open_.pop(feature, None)
            log_odds = self.bias + sum(signal.strength * self.weights[signal.feature] for signal in seen)
            if log_odds + sum(open_.values()) < wanted:
                return None
        match = self.judge(seen)
        return match if match.similarity >= least else None

    def judge(self, signals: Iterable[Signal]) -> Match:
        """Weigh what is there and add it up."""
        there = tuple(signals)
        reasons = [
            Reason(signal.feature.value, signal.text, round(signal.strength * self.weights[signal.feature], _DIGITS))
            for signal in there
        ]
        log_odds = self.bias + sum(reason.weight for reason in reasons)
        told = [reason for reason in reasons if abs(reason.weight) >= _NOTABLE]
        similarity = 1 / (1 + math.exp(-log_odds))
        return Match(
            round(similarity, _DIGITS),
            tuple(sorted(told, key=lambda told: (-abs(told.weight), told.feature))),
            {signal.feature.value: signal.strength for signal in there},
        )


@cache
def load_scorer(job: Job, path: Path = WEIGHTS) -> Scorer:
    """The weights for a job."""
    try:
        table = json.loads(path.read_bytes())[job.value]
        weights = {name: float(entry["weight"]) for name, entry in table["features"].items()}
        return Scorer(float(table["bias"]), weights)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"the weights cannot be read ({error}); install wflint again", str(path)) from error
