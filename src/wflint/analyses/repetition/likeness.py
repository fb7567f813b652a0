"""When two steps count as the same work: short texts word by word, by the scorer; long ones by what they share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from wflint.analyses.repetition.comparing import Placed, is_asked, own_words, said, text_of, wording
from wflint.matching.scorer import Match
from wflint.model.finding import Reason

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
_LITERAL: Final = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|https?://[^\s)>\"']+")
"""Names of constants and addresses, which no rewording changes."""


class Likeness(StrEnum):
    """How the texts of two steps go together."""

    COPY = "copy"
    """The same, word for word."""
    REWORDED = "reworded"
    """They ask for the same work in other words, and nothing tells the jobs apart."""
    ALIKE = "alike"
    """They are near each other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares steps of one program, whose rare words count most."""

    matcher: Matcher
    rarity: Rarity

    @classmethod
    def of(cls, matcher: Matcher, placed: Iterable[Placed]) -> Comparison:
        """The comparison for these steps."""
        from wflint.matching.overlap import Rarity

        return cls(matcher, Rarity.of(matcher.read_steps(text_of(one) for one in placed)))

    def judge(self, pairs: Sequence[tuple[StepText, StepText]]) -> tuple[Match | None, ...]:
        """How each two steps match; None where they do not."""
        short = [pair for pair in pairs if not self._are_long(*pair)]
        scored = dict(zip(short, self.matcher.match_steps(short, _LEAST), strict=True))
        return tuple(scored[pair] if pair in scored else self._overlapping(*pair) for pair in pairs)

    def likeness(self, one: Placed, other: Placed, match: Match | None) -> Likeness | None:
        """How two steps go together; None where they share no more than boilerplate.

        What people say about a step may be the same of many steps of a program, word for word: then the names have to
        be the same, too, or the text has to account for both.
        """
        if wording(one.step) == wording(other.step):
            tells = is_asked(one.step) and is_asked(other.step)
            named = one.step.id == other.step.id or not self.matcher.unsaid_names(text_of(one), text_of(other))
            return Likeness.COPY if tells or named else None
        if match is None or _have_other_literals(one, other):
            return None
        mine, theirs = own_words(text_of(one), text_of(other))
        if self._are_long(text_of(one), text_of(other)):
            return self._likeness_at_length(mine, theirs)
        if self._is_same_work(mine, theirs, match):
            return Likeness.REWORDED
        overlap = self.matcher.overlap(mine, theirs, self.rarity)
        is_near = overlap >= _least(mine, theirs) and not _tell_apart(match, _APART_AT_LENGTH)
        return Likeness.ALIKE if is_near else None

    def _are_long(self, one: StepText, other: StepText) -> bool:
        from wflint.matching.overlap import is_long

        return all(is_long(reading) for reading in self.matcher.read_steps((one, other)))

    def _overlapping(self, one: StepText, other: StepText) -> Match | None:
        overlap = self.matcher.overlap(one, other, self.rarity)
        if overlap < _least(one, other):
            return None
        return Match(round(overlap, 4), (Reason("overlap", "most of what either is told, the other is told, too"),))

    def _likeness_at_length(self, one: StepText, other: StepText) -> Likeness | None:
        """How long texts go together, what both are told word for word aside."""
        overlap = self.matcher.overlap(one, other, self.rarity)
        if overlap < _least(one, other) or _tell_apart(self.matcher.compare_steps([(one, other)])[0], _APART_AT_LENGTH):
            return None
        named = one.name == other.name or overlap >= _CLOSE or not self.matcher.unsaid_names(one, other)
        return Likeness.REWORDED if named and overlap >= _SAME else Likeness.ALIKE

    def _is_same_work(self, one: StepText, other: StepText, match: Match) -> bool:
        """Whether a likely match of short texts stands: they say the same, and nothing tells the jobs apart.

        Steps of one family share most of their descriptions; what they are for stands in their names.
        """
        left = match.strengths.get("leftover", 0.0)
        if (
            not match.is_match
            or _tell_apart(match, _APART)
            or left > _LEFT
            or match.strengths.get("doc-overlap", 0.0) < _SHORT_OVERLAP
        ):
            return False
        if not self.matcher.compare_steps([(one, other)])[0].is_match:
            return False
        return one.name == other.name or not self.matcher.unsaid_names(one, other)


def _tell_apart(match: Match, features: Sequence[str]) -> bool:
    return any(reason.feature in features and reason.weight <= _CLEAR for reason in match.reasons)


def _least(one: StepText, other: StepText) -> float:
    """The overlap from which on texts are near each other."""
    return _NEAR_BY_NAME if one.name == other.name else _NEAR


def _have_other_literals(one: Placed, other: Placed) -> bool:
    """Whether both texts hold constants or addresses, and none in common."""
    mine, theirs = (set(_LITERAL.findall(said(placed.step))) for placed in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)
