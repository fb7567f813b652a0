"""Copies: workflows of different repositories that were one once, and may have drifted apart since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from wflint.link import sketch
from wflint.link.columns import UNTOLD
from wflint.link.corpus import Corpus

_SHARED: Final = 0.5
"""Copies share so many of their steps' names."""
_ALIKE: Final = 38
"""Texts that agree in so many slots are one text, changed a little."""
_SAME_EDGES: Final = 0.8
"""Where no texts are known, so many edges are the same."""
_COMMON: Final = 8
"""Names that workflows of more repositories have tell nothing."""
_CROWD: Final = 64
"""What more workflows share brings nobody together one by one: each is compared with the next few."""
_NEXT: Final = 4
_TWO: Final = 2


class FlowNumbers(Struct, frozen=True):
    """A workflow as numbers: a row (or none) by the number of each step's name, those of its own making, its edges."""

    rows: dict[int, int]
    own: frozenset[int]
    edges: frozenset[int]


def copy_families(corpus: Corpus) -> tuple[tuple[int, ...], ...]:
    """Workflows, by number, that are copies of each other, directly or through others, of two repositories at least.

    The first of each family is the one that most of the others are copies of.
    """
    flows = _Flows(corpus)
    often = flows.holders()
    pairs = [pair for pair in flows.candidates() if _are_copies(flows[pair[0]], flows[pair[1]], corpus, often)]
    often_met = Counter(flow for pair in pairs for flow in pair)
    return tuple(
        tuple(sorted(part, key=lambda flow: flow != centre))
        for part in _connected(pairs)
        for centre in [min(part, key=lambda flow: (-often_met[flow], flow))]
    )


class _Flows:
    """The workflows of a corpus, taken to pieces when they are asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._shape = corpus.shape
        self._starts = corpus.shape.starts.tolist()
        self._edge_starts = corpus.shape.edge_starts.tolist()

    def __getitem__(self, flow: int) -> FlowNumbers:
        start, end = self._starts[flow : flow + 2]
        names, rows = self._shape.names[start:end].tolist(), self._shape.rows[start:end].tolist()
        edges = self._shape.edges[self._edge_starts[flow] : self._edge_starts[flow + 1]].tolist()
        own = [name for name, is_own in zip(names, self._shape.own[start:end].tolist(), strict=True) if is_own]
        return FlowNumbers(dict(zip(names, rows, strict=True)), frozenset(own), frozenset(edges))

    def holders(self) -> dict[int, int]:
        """In how many repositories each name is that is in more than one."""
        steps = np.diff(self._shape.starts)
        flows = np.repeat(np.arange(len(steps)), steps)
        owners = np.searchsorted(self._corpus.flow_starts, flows, side="right") - 1
        pairs = np.unique(np.stack([self._shape.names, owners.astype(np.uint64)], axis=1), axis=0)
        names, counts = np.unique(pairs[:, 0], return_counts=True)
        several = counts > 1
        return dict(zip(names[several].tolist(), counts[several].tolist(), strict=True))

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of different repositories that share names, or texts, that few have."""
        met: dict[tuple[int, int], int] = defaultdict(int)
        for flows in self._shared():
            near = len(flows) if len(flows) <= _CROWD else _NEXT + 1
            for place, one in enumerate(flows):
                for other in flows[place + 1 : place + near]:
                    if self._corpus.flow_repository(one) != self._corpus.flow_repository(other):
                        met[one, other] += 1
        return (pair for pair, count in sorted(met.items()) if count >= _TWO)

    def _shared(self) -> Iterator[list[int]]:
        """The workflows that have a name, or are told a text, for each one that several have."""
        steps = np.diff(self._shape.starts)
        flows = np.repeat(np.arange(len(steps)), steps)
        told = self._shape.rows != UNTOLD
        texts = self._corpus.text_of[self._shape.rows[told]].astype(np.uint64)
        for keys, holding in ((self._shape.names, flows), (texts, flows[told])):
            order = np.lexsort((holding, keys))
            bounds = np.concatenate([[0], np.flatnonzero(np.diff(keys[order])) + 1, [len(order)]])
            several = np.flatnonzero(np.diff(bounds) > 1)
            for start, end in zip(bounds[several].tolist(), bounds[several + 1].tolist(), strict=True):
                yield list(dict.fromkeys(holding[order[start:end]].tolist()))


def _are_copies(one: FlowNumbers, other: FlowNumbers, corpus: Corpus, often: dict[int, int]) -> bool:
    """Whether the steps of two workflows, of the same names, are told the same for the most part.

    Where hardly anything is told, the graphs have to be the same, of names that say something and are not everybody's:
    pipelines that are put together of one library's parts look alike.
    """
    common = [name for name in one.rows if name in other.rows]
    if len(common) < _TWO or len(common) < _SHARED * max(len(one.rows), len(other.rows)):
        return False
    told = [(one.rows[name], other.rows[name]) for name in common]
    told = [(mine, theirs) for mine, theirs in told if UNTOLD not in (mine, theirs)]
    if len(told) >= _TWO:
        return sum(_are_alike(mine, theirs, corpus) for mine, theirs in told) > len(told) / 2
    telling = [name for name in one.own & other.own if often.get(name, 1) <= _COMMON]
    same = len(one.edges & other.edges) >= _SAME_EDGES * max(len(one.edges), len(other.edges), 1)
    whole = one.rows.keys() == other.rows.keys() and same and len(telling) > _TWO
    return whole and all(_are_alike(mine, theirs, corpus) for mine, theirs in told)


def _are_alike(one: int, other: int, corpus: Corpus) -> bool:
    mine, theirs = int(corpus.text_of[one]), int(corpus.text_of[other])
    if mine == theirs:
        return True
    agreeing = int((corpus.texts.singles[mine] == corpus.texts.singles[theirs]).sum())
    return agreeing >= _ALIKE <= sketch.SLOTS


def _connected(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """The connected parts, each in order."""
    parent: dict[int, int] = {}

    def root(flow: int) -> int:
        while parent.setdefault(flow, flow) != flow:
            parent[flow] = parent[parent[flow]]
            flow = parent[flow]
        return flow

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    parts: dict[int, list[int]] = defaultdict(list)
    for flow in sorted(parent):
        parts[root(flow)].append(flow)
    return [tuple(part) for part in parts.values()]
