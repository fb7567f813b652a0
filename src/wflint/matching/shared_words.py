"""Steps that share rare words or their synonyms: candidates that the vectors of whole steps do not bring together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from wflint.matching.step_reading import Part, StepReading

_RAREST = 6
"""So many words of each step are looked up."""
_COMMON = 24
"""Words that more steps have bring nobody together."""
_PARTNERS = 3
"""So many partners of each step are taken."""
_SHARED = 2
"""So many rare words have to be shared."""

Token = str | int
"""A stem, or the number of a set of synonyms."""


def sharing_rare_words(readings: Sequence[StepReading]) -> Iterator[tuple[int, int]]:
    """Pairs of places, the smaller first."""
    tokens = [_tokens(reading) for reading in readings]
    holders = Counter(token for own in tokens for token in own)
    index: dict[Token, list[int]] = defaultdict(list)
    for place, own in enumerate(tokens):
        telling = sorted(
            (token for token in own if 1 < holders[token] <= _COMMON), key=lambda token: _order(token, holders)
        )
        met: Counter[int] = Counter(other for token in telling[:_RAREST] for other in index[token])
        near = [other for other, count in met.most_common(_PARTNERS) if count >= _SHARED]
        yield from ((other, place) for other in near)
        for token in telling:
            index[token].append(place)


def _order(token: Token, holders: Counter[Token]) -> tuple[int, str]:
    return holders[token], str(token)


def _tokens(reading: StepReading) -> set[Token]:
    units = reading.part(Part.TEXT)
    return {unit.stem for unit in units} | {concept for unit in units for concept in unit.concepts}
