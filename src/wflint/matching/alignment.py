"""Alignment: all offers and all needs of an edge at once, so that no offer serves two needs while another lies idle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from wflint.matching.matcher import Matcher
from wflint.matching.scorer import CUT, Match
from wflint.matching.subjects import FieldText

_ALL = 2_500
"""Up to so many pairs, every one is judged; beyond, only the nearest offers of each need."""
_NEAREST = 12
_UNIT = 1_000_000
"""Matching weighs in whole numbers."""


class Aligned(Struct, frozen=True):
    """An offer and the need that it meets; `offer` and `need` are their places in what was asked."""

    offer: int
    need: int
    match: Match


def align(
    offers: Sequence[FieldText], needs: Sequence[FieldText], matcher: Matcher, least: float = CUT
) -> tuple[Aligned, ...]:
    """The pairs of offers and needs whose similarities add up to the most, none of them below `least`.

    Each offer and each need is in one pair at most. In the order of the needs.
    """
    import rustworkx

    places = _candidates(offers, needs, matcher)
    judged = matcher.compare_fields([(offers[offer], needs[need]) for offer, need in places])
    likely = {place: match for place, match in zip(places, judged, strict=True) if match.similarity >= least}
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * (len(offers) + len(needs)))
    graph.add_edges_from(
        [(offer, len(offers) + need, round(match.similarity * _UNIT)) for (offer, need), match in likely.items()]
    )
    chosen = (sorted(pair) for pair in rustworkx.max_weight_matching(graph, weight_fn=int))
    pairs = ((offer, other - len(offers)) for offer, other in chosen)
    aligned = (Aligned(offer, need, likely[offer, need]) for offer, need in pairs)
    return tuple(sorted(aligned, key=lambda pair: pair.need))


def _candidates(offers: Sequence[FieldText], needs: Sequence[FieldText], matcher: Matcher) -> list[tuple[int, int]]:
    if len(offers) * len(needs) <= _ALL:
        return [(offer, need) for need in range(len(needs)) for offer in range(len(offers))]
    mine = np.array([_vector(reading.texts[0], matcher) for reading in matcher.read_fields(offers)])
    found: list[tuple[int, int]] = []
    for place, (need, reading) in enumerate(zip(needs, matcher.read_fields(needs), strict=True)):
        nearness = mine @ _vector(reading.texts[0], matcher)
        nearest = np.argsort(-nearness, kind="stable")[:_NEAREST].tolist()
        namesakes = [offer for offer, other in enumerate(offers) if other.name == need.name]
        found.extend((offer, place) for offer in sorted({*nearest, *namesakes[:_NEAREST]}))
    return found


def _vector(text: str, matcher: Matcher) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return matcher.meanings.vector(text).reshape(-1)
