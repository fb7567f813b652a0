"""Clusters: steps of a whole program that probably do the same work, without comparing every step with every other.

Whole steps are compared by their vectors, in blocks of a matrix product that bound the memory, and by the rare words
that they share; only the nearest few of each step are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wflint.matching.matcher import Matcher
from wflint.matching.scorer import CUT, Match
from wflint.matching.shared_words import sharing_rare_words
from wflint.matching.step_reading import StepReading
from wflint.matching.subjects import StepText

_NEAREST = 5
"""So many neighbours of each step are looked at closely."""
_NEAR = 0.25
"""Steps whose vectors are further apart are not looked at."""
_MANY = 16
"""From so many pairs on, their words are compared all at once."""
_CROWD = 300
"""Where so many steps are near each one on average, they are sorted by a cheaper way."""
_BLOCK = 512
"""So many rows of the matrix exist at a time."""


class Member(Struct, frozen=True):
    """A step of a cluster, by its place in what was asked, with how it matches the cluster's first step."""

    step: int
    match: Match | None


class Cluster(Struct, frozen=True):
    """Steps that do the same work: each of them matches the first, whose own match is None."""

    members: tuple[Member, ...]


Judge = Callable[[Sequence[tuple[StepText, StepText]]], Sequence[Match | None]]
"""Says of pairs how they match, None where they do not."""


def clusters(
    steps: Sequence[StepText],
    matcher: Matcher,
    judge: Judge | None = None,
    worth: Callable[[StepText, StepText], bool] | None = None,
) -> tuple[Cluster, ...]:
    """Near duplicates among steps, in the order of their first members; a step is in one cluster at most.

    The scorer judges the pairs, or `judge`. Of two steps that are not `worth` it, nothing more is asked.
    """
    same = _identical(steps)
    distinct = list(same)
    readings = matcher.read_steps(distinct)
    near = dict.fromkeys((*_neighbours(_vectors(readings, matcher)), *sharing_rare_words(readings)))
    places = [(one, other) for one, other in near if worth is None or worth(distinct[one], distinct[other])]
    if len(places) > _MANY:
        matcher.look_around(distinct[place] for place in dict.fromkeys(place for pair in places for place in pair))
    pairs = [(distinct[one], distinct[other]) for one, other in places]
    judged = judge(pairs) if judge is not None else matcher.match_steps(pairs, CUT)
    likely = {place: match for place, match in zip(places, judged, strict=True) if match is not None}
    found = (_members(group, distinct, same, matcher) for group in _stars(len(distinct), likely))
    return tuple(sorted((Cluster(members) for members in found if len(members) > 1), key=_first))


def _first(cluster: Cluster) -> int:
    return cluster.members[0].step


def _identical(steps: Sequence[StepText]) -> dict[StepText, list[int]]:
    """The places of each step; whoever copies a step a thousand times makes one comparison."""
    places: dict[StepText, list[int]] = {}
    for place, step in enumerate(steps):
        places.setdefault(step, []).append(place)
    return places


def _vectors(readings: Sequence[StepReading], matcher: Matcher) -> NDArray[np.float32]:
    return np.array([matcher.meanings.vector(reading.whole_text) for reading in readings], np.float32)


def _neighbours(vectors: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Pairs of places, the smaller first, each once."""
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(vectors), _BLOCK):
        block = vectors[start : start + _BLOCK] @ vectors.T
        block[np.arange(len(block)), np.arange(start, start + len(block))] = -1
        for row, others in _nearest(block):
            pairs = {(min(start + row, other), max(start + row, other)) for other in others}
            yield from sorted(pairs - seen)
            seen |= pairs


def _nearest(block: NDArray[np.float32]) -> Iterator[tuple[int, list[int]]]:
    """The nearest few of each row, as far as they are near."""
    few = min(_NEAREST, block.shape[1])
    rows, columns = np.nonzero(block >= _NEAR)
    if len(rows) > len(block) * _CROWD:
        part = np.argpartition(-block, few - 1, axis=1)[:, :few]
        kept = np.take_along_axis(block, part, axis=1) >= _NEAR
        yield from ((row, part[row][kept[row]].tolist()) for row in range(len(block)))
        return
    bounds = np.searchsorted(rows, np.arange(len(block) + 1))
    for row, (start, end) in enumerate(pairwise(bounds.tolist())):
        near = columns[start:end]
        order = np.argsort(-block[row, near], kind="stable")[:few]
        yield row, near[order].tolist()


def _stars(count: int, likely: Mapping[tuple[int, int], Match]) -> Iterator[list[tuple[int, Match | None]]]:
    """Steps around the one that matches the most others; so each matches its centre, and no chain leads far away."""
    around: list[dict[int, Match]] = [{} for _ in range(count)]
    for (one, other), match in likely.items():
        around[one][other] = match
        around[other][one] = match
    taken: set[int] = set()
    for centre in sorted(range(count), key=lambda place: (-len(around[place]), place)):
        if centre not in taken:
            members = [(other, match) for other, match in sorted(around[centre].items()) if other not in taken]
            taken.update((centre, *(other for other, _ in members)))
            yield [(centre, None), *members]


def _members(
    group: Sequence[tuple[int, Match | None]],
    distinct: Sequence[StepText],
    same: Mapping[StepText, list[int]],
    matcher: Matcher,
) -> tuple[Member, ...]:
    """The places of the group's steps, copies included; the centre first."""
    centre = distinct[group[0][0]]
    places = same[centre]
    itself = matcher.compare_steps([(centre, centre)])[0] if len(places) > 1 else None
    copies = [Member(places[0], None), *(Member(place, itself) for place in places[1:])]
    others = [Member(place, match) for other, match in group[1:] for place in same[distinct[other]]]
    return (*copies, *sorted(others, key=lambda member: member.step))
