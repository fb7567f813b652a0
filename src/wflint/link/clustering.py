"""Clusters: steps of several repositories around one that each of them is like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from wflint.link.corpus import Corpus


class GroupMember(Struct, frozen=True):
    """A step by its row, and how alike it and the first step are; 1 where they are told the same."""

    row: int
    similarity: float


class StepGroup(Struct, frozen=True):
    """Steps that do the same work, the first of them in the middle."""

    members: tuple[GroupMember, ...]


def groups(corpus: Corpus, likely: Mapping[tuple[int, int], float]) -> tuple[StepGroup, ...]:
    """The groups of texts that reach into several repositories, in the order of their first steps."""
    rows_of = _RowsOf(corpus)
    stars = _stars(likely)
    told = {text for star in stars for text, _ in star}
    alone = ([(text, 1.0)] for text in rows_of.repeated() if text not in told)
    found = (_group(star, rows_of) for star in (*stars, *alone))
    apart = (group for group in found if _reaches_several(group, corpus))
    return tuple(sorted(apart, key=lambda group: group.members[0].row))


class _RowsOf:
    """The rows of each text."""

    def __init__(self, corpus: Corpus) -> None:
        self._order = np.argsort(corpus.text_of, kind="stable")
        self._starts = np.searchsorted(corpus.text_of[self._order], np.arange(len(corpus.first_rows) + 1))

    def __call__(self, text: int) -> list[int]:
        found: list[int] = self._order[self._starts[text] : self._starts[text + 1]].tolist()
        return found

    def repeated(self) -> list[int]:
        """The texts that several rows have."""
        found: list[int] = np.flatnonzero(np.diff(self._starts) > 1).tolist()
        return found


def _stars(likely: Mapping[tuple[int, int], float]) -> list[list[tuple[int, float]]]:
    """Texts around the one that is like the most others; so no chain leads far away."""
    around: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), similarity in likely.items():
        around[one][other] = similarity
        around[other][one] = similarity
    taken: set[int] = set()
    found: list[list[tuple[int, float]]] = []
    for centre in sorted(around, key=lambda text: (-len(around[text]), text)):
        if centre in taken:
            continue
        members = [(text, similarity) for text, similarity in sorted(around[centre].items()) if text not in taken]
        taken.update((centre, *(text for text, _ in members)))
        found.append([(centre, 1.0), *members])
    return found


def _group(star: Sequence[tuple[int, float]], rows_of: _RowsOf) -> StepGroup:
    members = [GroupMember(row, similarity) for text, similarity in star for row in rows_of(text)]
    return StepGroup((members[0], *sorted(members[1:], key=lambda member: member.row)))


def _reaches_several(group: StepGroup, corpus: Corpus) -> bool:
    return len(set(_repositories(group, corpus))) > 1


def _repositories(group: StepGroup, corpus: Corpus) -> Iterator[int]:
    return (corpus.repository_of(member.row) for member in group.members)
