"""When two steps count as the same work: short texts word by word, by the scorer; long ones by what they share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from wflint.analyses.repetition.comparing import Placed, is_asked, is_open, own_words, text_of, wording
from wflint.matching.scorer import SURE, Match
from wflint.model.finding import Reason
from wflint.model.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wflint.matching.matcher import Matcher
    from wflint.matching.overlap import Rarity
    from wflint.matching.subjects import StepText

_SHORT_OVERLAP: Final = 0.6
"""So much of either short description has to be said by the other."""
_LEFT: Final = 1 - _SHORT_OVERLAP
"""From this share on, words that nothing of the other step accounts for are too many: texts of one trade are alike on
the whole."""
_LEAST: Final = 0.3
"""Short texts that the scorer finds less alike are not looked at."""
_NEAR: Final = 0.6
"""From this overlap on, long texts are near each other."""
_NEAR_BY_NAME: Final = 0.52
"""From this one on, those of steps of one name are."""
_SAME: Final = 0.66
"""From this one on, they say the same."""
_CLOSE: Final = 0.8
"""From this one on, they do so under any names."""
_APART: Final = (
    "substituted", "opposites", "opposite-fields", "other-work", "other-role", "other-object", "numbers",
)  # fmt: skip
"""Features that tell two jobs apart, whatever else is alike."""
_APART_AT_LENGTH: Final = ("opposite-fields", "other-work", "other-role", "other-object")
"""Those that do so where the texts are long: there, single words always differ."""
_CLEAR: Final = -1.0
"""From this weight on they do."""
_LITERAL: Final = pattern(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|https?://[^\s)>\"']+")
"""Names of constants and addresses, which no rewording changes."""


class Likeness(StrEnum):
    """How the texts of two steps go together."""

    COPY = "copy"
    """The same, word for word."""
    REWORDED = "reworded"
    """They ask for the same work in other words, and nothing tells the jobs apart."""
    ALIKE = "alike"
    """They are near each other."""


class Verdict(Struct, frozen=True):
    """How two steps go together, and what says so; `match` is None where they are told the same, word for word."""

    likeness: Likeness
    match: Match | None = None

    @property
    def similarity(self) -> float:
        """How near they are, 0 to 1."""
        return 1.0 if self.match is None else self.match.similarity


class Comparison(Struct, frozen=True):
    """Compares steps of one program, whose rare words count most."""

    matcher: Matcher
    rarity: Rarity

    @classmethod
    def of(cls, matcher: Matcher, placed: Iterable[Placed]) -> Comparison:
        """The comparison for these steps."""
        from wflint.matching.overlap import Rarity

        return cls(matcher, Rarity.of(matcher.read_steps(text_of(one) for one in placed)))

    def compare(self, one: Placed, other: Placed) -> Verdict | None:
        """How two steps go together; None where they share no more than boilerplate.

        Where something is told that is not known, they are near each other at most.

        What people say about code may be the same of many steps of a program, word for word: then the names have to be
        the same, too, or the text has to account for both.
        """
        partly = is_open(one.step) or is_open(other.step)
        if wording(one.step) != wording(other.step):
            found = self._verdict(text_of(one), text_of(other))
            return Verdict(Likeness.ALIKE, found.match) if found is not None and partly else found
        if partly:
            return Verdict(Likeness.ALIKE, _by_overlap(1.0)) if one.step.id == other.step.id else None
        tells = all(is_asked(placed.step) or placed.step.definition is None for placed in (one, other))
        named = one.step.id == other.step.id or not self.matcher.unsaid_names(text_of(one), text_of(other))
        return Verdict(Likeness.COPY) if tells or named else None

    def are_named_apart(self, one: Placed, other: Placed) -> bool:
        """Whether the name of either has words that the other's own texts do not account for."""
        return bool(self.matcher.unsaid_names(*own_words(text_of(one), text_of(other))))

    def judge(self, pairs: Sequence[tuple[StepText, StepText]]) -> tuple[Match | None, ...]:
        """How each two steps match that are not copies; None where they do not."""
        verdicts = (self._verdict(one, other) for one, other in pairs)
        return tuple(verdict.match if verdict is not None else None for verdict in verdicts)

    def _verdict(self, one: StepText, other: StepText) -> Verdict | None:
        if _have_other_literals(one.doc, other.doc):
            return None
        mine, theirs = own_words(one, other)
        if self._are_long(one, other):
            return self._verdict_at_length(mine, theirs)
        overlap = self.matcher.overlap(mine, theirs, self.rarity)
        (match,) = self.matcher.match_steps([(one, other)], _LEAST)
        if match is not None and self._is_same_work(mine, theirs, match):
            return Verdict(Likeness.REWORDED, match)
        if match is not None and one.name == other.name and match.similarity >= SURE:
            return Verdict(Likeness.ALIKE, match)
        is_near = overlap >= (_NEAR if match is None else _least(one, other)) and (
            match is not None or one.name == other.name
        )
        if not is_near or _tell_apart(self.matcher.compare_steps([(one, other)])[0], _APART_AT_LENGTH):
            return None
        return Verdict(Likeness.ALIKE, _by_overlap(overlap))

    def _are_long(self, one: StepText, other: StepText) -> bool:
        from wflint.matching.overlap import is_long

        return all(is_long(reading) for reading in self.matcher.read_steps((one, other)))

    def _verdict_at_length(self, one: StepText, other: StepText) -> Verdict | None:
        """How long texts go together."""
        overlap = self.matcher.overlap(one, other, self.rarity)
        if overlap < _least(one, other) or _tell_apart(self.matcher.compare_steps([(one, other)])[0], _APART_AT_LENGTH):
            return None
        named = one.name == other.name or overlap >= _CLOSE or not self.matcher.unsaid_names(one, other)
        return Verdict(Likeness.REWORDED if named and overlap >= _SAME else Likeness.ALIKE, _by_overlap(overlap))

    def _is_same_work(self, one: StepText, other: StepText, match: Match) -> bool:
        """Whether a likely match of short texts stands: they say the same, and nothing tells the jobs apart.

        Steps of one family share most of their descriptions; what they are for stands in their names.
        """
        left, shared = (match.strengths.get(name, 0.0) for name in ("leftover", "doc-overlap"))
        if not match.is_match or _tell_apart(match, _APART) or left > _LEFT or shared < _SHORT_OVERLAP:
            return False
        if not self.matcher.compare_steps([(one, other)])[0].is_match:
            return False
        return one.name == other.name or not self.matcher.unsaid_names(one, other)


def _by_overlap(overlap: float) -> Match:
    return Match(round(overlap, 4), (Reason("overlap", "most of what either is told, the other is told, too"),))


def _tell_apart(match: Match, features: Sequence[str]) -> bool:
    return any(reason.feature in features and reason.weight <= _CLEAR for reason in match.reasons)


def _least(one: StepText, other: StepText) -> float:
    """The overlap from which on texts are near each other."""
    return _NEAR_BY_NAME if one.name == other.name else _NEAR


def _have_other_literals(one: str, other: str) -> bool:
    """Whether both texts hold constants or addresses, and none in common."""
    mine, theirs = _literals(one), _literals(other)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


@lru_cache(maxsize=4_096)
def _literals(text: str) -> frozenset[str]:
    return frozenset(_LITERAL.findall(text))
