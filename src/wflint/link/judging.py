"""Whether two steps of different repositories do the same work, as far as names, sketches and vectors tell.

Where names say that two jobs differ, nothing that texts share outweighs that: `translate_to_french` and
`translate_to_spanish` are told nearly the same.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from wflint.link import sketch
from wflint.link.columns import Face
from wflint.link.names import GENERIC
from wflint.matching.matcher import Matcher
from wflint.matching.step_reading import Part
from wflint.matching.subjects import FieldText, StepText
from wflint.matching.units import exclusions, opposites, roles, works

_CHANCE: Final = 1 / 256
"""So often slots of a byte agree by chance."""


class SharedText(Struct, frozen=True):
    """What two texts share: of their words, of their pairs of words, and of their meaning, each 0 to 1."""

    words: float
    pairs: float
    meaning: float

    @classmethod
    def of(cls, single: int, double: int, product: int) -> SharedText:
        """The shares that agreeing slots and a product stand for."""
        agreeing = single / sketch.SLOTS
        words = max(0.0, (agreeing - _CHANCE) / (1 - _CHANCE))
        return cls(words, double / sketch.SLOTS, product / sketch.SCALE**2)

    @property
    def similarity(self) -> float:
        """One number for all."""
        return round((self.words + self.meaning) / 2, 4)


class Bar(Struct, frozen=True):
    """How much two texts have to share: of their words, of their pairs of words, and of their meaning."""

    words: float
    pairs: float
    meaning: float

    def is_met(self, shared: SharedText) -> bool:
        """Whether so much is shared."""
        return shared.words >= self.words and shared.pairs >= self.pairs and shared.meaning >= self.meaning


_SAME_NAME: Final = Bar(0.42, 0.10, 0.84)
"""For steps of one name, which says what they do."""
_LIKE_NAMES: Final = Bar(0.50, 0.15, 0.86)
"""For names that say the same."""
_NO_NAMES: Final = Bar(0.58, 0.25, 0.90)
"""For names that say nothing."""
_ANY_NAMES: Final = Bar(0.85, 0.60, 0.95)
"""For names that have nothing to do with each other, where much is told."""
_SAME_WORDS: Final = Bar(0.85, 0.70, 0.92)
"""For texts that are the same but for a few words: tools may go by other names there."""
_MUCH: Final = 30
"""So many words are much: where less is told, one word makes another job."""
_SAME_INPUT: Final = 0.7
"""From this likeness on, inputs under other names count as the same."""
_TALK: Final = frozenset({"messages", "message", "input", "reply", "output"})
"""Fields that say nothing about what is worked on."""


class ToldLikeness(StrEnum):
    """How what two steps are told goes together."""

    COPY = "copy"
    """The same, word for word."""
    REWORDED = "reworded"
    """Much the same, and nothing tells the jobs apart."""
    PARTLY_KNOWN = "partly-known"
    """The same as far as it is known, under the same name."""


class Question(Struct, frozen=True, array_like=True):
    """Two steps by their names, encoded, and what their texts share."""

    one: bytes
    other: bytes
    single: int
    double: int
    product: int


def judge(questions: tuple[Question, ...]) -> tuple[float, ...]:
    """For each pair how alike the two are; 0 where they are not told the same work."""
    return tuple(_judged(question) for question in questions)


def _judged(question: Question) -> float:
    shared = SharedText.of(question.single, question.double, question.product)
    one, other = (msgspec.json.decode(data, type=Face) for data in (question.one, question.other))
    return shared.similarity if _is_same_work(one, other, shared) else 0.0


def _is_same_work(one: Face, other: Face, shared: SharedText) -> bool:
    if not _SAME_NAME.is_met(shared) or (_have_other_tools(one, other) and not _SAME_WORDS.is_met(shared)):
        return False
    names = _Names.of(one, other)
    if names.exclude_each_other or not _take_the_same(one, other):
        return False
    if names.are_generic:
        return _NO_NAMES.is_met(shared)
    if names.agree:
        return (_SAME_NAME if names.are_equal else _LIKE_NAMES).is_met(shared)
    return names.share_nothing and min(one.words, other.words) >= _MUCH and _ANY_NAMES.is_met(shared)


class _Names(Struct, frozen=True):
    """What the names of two steps say: that it is one job, that it is two, or nothing."""

    are_equal: bool
    agree: bool
    share_nothing: bool
    exclude_each_other: bool
    are_generic: bool

    @classmethod
    def of(cls, one: Face, other: Face) -> _Names:
        """What these two say."""
        matcher, texts = _matcher(), (_text(one), _text(other))
        here, there = (reading.part(Part.NAME) for reading in matcher.read_steps(texts))
        mine, theirs = ({unit.stem for unit in units} for units in (here, there))
        return cls(
            are_equal=mine == theirs,
            agree=not matcher.unsaid_names(*texts),
            share_nothing=mine.isdisjoint(theirs),
            exclude_each_other=any(exclusions(here, there, sets) for sets in (roles, opposites, works)),
            are_generic=mine <= GENERIC and theirs <= GENERIC,
        )


def _have_other_tools(one: Face, other: Face) -> bool:
    return bool(one.tools and other.tools) and set(one.tools).isdisjoint(other.tools)


def _take_the_same(one: Face, other: Face) -> bool:
    mine, theirs = ({name for name, _ in face.needs if "." not in name} - _TALK for face in (one, other))
    if not mine or not theirs or mine == theirs:
        return True
    return _matcher().inputs_alike(_text(one), _text(other)) >= _SAME_INPUT


@cache
def _matcher() -> Matcher:
    return Matcher()


def _text(face: Face) -> StepText:
    return StepText(
        face.name,
        "",
        face.tools,
        tuple(FieldText(name, kind) for name, kind in face.needs),
        tuple(FieldText(name, kind) for name, kind in face.offers),
    )
