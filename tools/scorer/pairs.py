"""The labelled pairs, and the pairs made from them, as features.

`labelled/*.jsonl` were written by hand; each row has a domain, and a tag that says what makes it easy or hard. Real
workflows consist of unrelated pairs for the most part, so random ones from the same domain are added, each of little
importance, as examples of what is no match.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from tools.scorer.regression import Floats
from wflint.matching.field_reading import FieldReading, read_field
from wflint.matching.fields import field_signals
from wflint.matching.meanings import Meanings
from wflint.matching.rows import parse_fields, parse_steps
from wflint.matching.scorer import Job
from wflint.matching.signals import Feature, FieldFeature, Signal, StepFeature
from wflint.matching.step_reading import StepReading, read_step
from wflint.matching.steps import step_signals

FOLDER = Path(__file__).parent / "labelled"
SEED = 20
SubjectT = TypeVar("SubjectT", bound=FieldReading | StepReading)


@dataclass(frozen=True, slots=True)
class Pair(Generic[SubjectT]):
    """Two readings, with what is known about them."""

    one: SubjectT
    other: SubjectT
    domain: str
    tag: str
    label: str

    @property
    def is_match(self) -> bool:
        return self.label in {"same", "duplicate"}


@dataclass(frozen=True, slots=True)
class Task(Generic[SubjectT]):
    """A job of the scorer with its pairs; `signals` gives the features of any two readings."""

    job: Job
    pairs: tuple[Pair[SubjectT], ...]
    features: tuple[Feature, ...]
    signals: Callable[[SubjectT, SubjectT], Iterable[Signal]]

    @property
    def signs(self) -> Floats:
        """1 for a feature that can only speak for a match, -1 for one that can only speak against it."""
        return np.array([float(feature.side.value) for feature in self.features])

    def row(self, one: SubjectT, other: SubjectT) -> Floats:
        """The features of two readings as numbers, in order."""
        strengths = {signal.feature: signal.strength for signal in self.signals(one, other)}
        return np.array([strengths.get(feature, 0.0) for feature in self.features])

    def matrix(self, pairs: Iterable[Pair[SubjectT]]) -> Floats:
        """A row a pair."""
        return np.array([self.row(pair.one, pair.other) for pair in pairs])

    def strangers(self, each: int) -> tuple[Pair[SubjectT], ...]:
        """For each match, so many random partners from other pairs of its domain."""
        return tuple(self._strangers(random.Random(SEED), each))  # noqa: S311 (drawn for repetition, not for secrecy)

    def _strangers(self, chance: random.Random, each: int) -> Iterator[Pair[SubjectT]]:
        for pair in self.pairs:
            others = [other for other in self.pairs if other.domain == pair.domain and other is not pair]
            if pair.is_match:
                for other in chance.sample(others, each):
                    yield Pair(other.one, pair.other, pair.domain, "stranger", "unrelated")


def fields(meanings: Meanings) -> Task[FieldReading]:
    """The pairs of fields."""
    pairs = tuple(
        Pair(read_field(row.one), read_field(row.other), *labels) for row, labels in _read("fields", parse_fields)
    )
    meanings.prepare(text for pair in pairs for reading in (pair.one, pair.other) for text in reading.texts)
    return Task(Job.FIELDS, pairs, tuple(FieldFeature), lambda one, other: field_signals(one, other, meanings))


def steps(meanings: Meanings) -> Task[StepReading]:
    """The pairs of steps."""
    pairs = tuple(
        Pair(read_step(row.one), read_step(row.other), *labels) for row, labels in _read("steps", parse_steps)
    )
    meanings.prepare(text for pair in pairs for reading in (pair.one, pair.other) for text in reading.texts)
    return Task(Job.STEPS, pairs, tuple(StepFeature), lambda one, other: step_signals(one, other, meanings))


RowT = TypeVar("RowT")


def _read(name: str, parse: Callable[[str, int], RowT]) -> Iterator[tuple[RowT, tuple[str, str, str]]]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        yield parse(line, number), (row["domain"], row["tag"], row["label"])
