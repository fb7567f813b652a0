"""The matcher: an encoder, the scorer's weights, and what was read so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wflint.matching.encoders import DEFAULT, load_encoder
from wflint.matching.field_reading import FieldReading, read_field
from wflint.matching.fields import field_signals, field_stages
from wflint.matching.meanings import Meanings
from wflint.matching.overlap import Rarity, overlap
from wflint.matching.scorer import Job, Match, load_scorer
from wflint.matching.step_reading import Part, StepReading, read_step
from wflint.matching.steps import step_signals, step_stages, unsaid_names
from wflint.matching.subjects import FieldText, StepText
from wflint.matching.units import coverage


class Matcher:
    """Judges pairs; a text is read and encoded once, however many pairs it is part of."""

    __slots__ = ("_fields", "_steps", "meanings")

    def __init__(self, encoder: str = DEFAULT) -> None:
        self.meanings = Meanings(load_encoder(encoder))
        self._fields: dict[FieldText, FieldReading] = {}
        self._steps: dict[StepText, StepReading] = {}

    def compare_fields(self, pairs: Sequence[tuple[FieldText, FieldText]]) -> tuple[Match, ...]:
        """For each offer and need, whether the offer is what the need asks for."""
        self.read_fields(field for pair in pairs for field in pair)
        scorer, known = load_scorer(Job.FIELDS), self._fields
        return tuple(scorer.judge(field_signals(known[offer], known[need], self.meanings)) for offer, need in pairs)

    def match_fields(self, pairs: Sequence[tuple[FieldText, FieldText]], least: float) -> tuple[Match | None, ...]:
        """For each offer and need, how the offer is what the need asks for; None where that is less likely."""
        self.read_fields(field for pair in pairs for field in pair)
        scorer, known = load_scorer(Job.FIELDS), self._fields
        stages = (field_stages(known[offer], known[need], self.meanings) for offer, need in pairs)
        return tuple(scorer.judge_from(stage, least) for stage in stages)

    def compare_steps(self, pairs: Sequence[tuple[StepText, StepText]]) -> tuple[Match, ...]:
        """For each two steps, whether they do the same work."""
        self.read_steps(step for pair in pairs for step in pair)
        scorer, known = load_scorer(Job.STEPS), self._steps
        return tuple(scorer.judge(step_signals(known[one], known[other], self.meanings)) for one, other in pairs)

    def match_steps(self, pairs: Sequence[tuple[StepText, StepText]], least: float) -> tuple[Match | None, ...]:
        """For each two steps, how they do the same work; None where that is less likely than `least`."""
        self.read_steps(step for pair in pairs for step in pair)
        scorer, known = load_scorer(Job.STEPS), self._steps
        stages = (step_stages(known[one], known[other], self.meanings) for one, other in pairs)
        return tuple(scorer.judge_from(stage, least) for stage in stages)

    def inputs_alike(self, one: StepText, other: StepText) -> float:
        """How far two steps take the same by its names, 0 to 1."""
        mine, theirs = (reading.part(Part.INPUTS) for reading in self.read_steps((one, other)))
        return min(coverage(mine, theirs, self.meanings), coverage(theirs, mine, self.meanings))

    def overlap(self, one: StepText, other: StepText, rarity: Rarity) -> float:
        """How far either description says what the other says, rare words counting most; 0 to 1."""
        mine, theirs = self.read_steps((one, other))
        return overlap(mine, theirs, self.meanings, rarity)

    def look_around(self, steps: Iterable[StepText]) -> None:
        """Compare the words of many steps all at once, which is quicker than pair by pair."""
        self.meanings.compare_all(unit for reading in self.read_steps(steps) for unit in reading.units)

    def unsaid_names(self, one: StepText, other: StepText) -> tuple[str, ...]:
        """Words of two steps' names that the other step does not speak of."""
        mine, theirs = self.read_steps((one, other))
        return unsaid_names(mine, theirs, self.meanings)

    def read_fields(self, fields: Iterable[FieldText]) -> tuple[FieldReading, ...]:
        """Read fields, and encode the new ones in one go."""
        wanted = tuple(fields)
        new = {field: read_field(field) for field in wanted if field not in self._fields}
        self.meanings.prepare(text for reading in new.values() for text in reading.texts)
        self._fields.update(new)
        return tuple(self._fields[field] for field in wanted)

    def read_steps(self, steps: Iterable[StepText]) -> tuple[StepReading, ...]:
        """Read steps, and encode the new ones in one go."""
        wanted = tuple(steps)
        new = {step: read_step(step) for step in wanted if step not in self._steps}
        self.meanings.prepare(text for reading in new.values() for text in reading.texts)
        self._steps.update(new)
        return tuple(self._steps[step] for step in wanted)
