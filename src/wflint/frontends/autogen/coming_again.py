"""What a node of a graph waits for: as many messages as it has edges, whoever sends them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wflint.frontends.autogen.ways import Way
from wflint.model.loss import Loss, LossKind

MOST = 300
"""In loops of more nodes than these, nobody looks who comes round again."""
MOST_SEARCHES = 2_000
"""So many searches for a way back are made in one graph."""


class Rounds:
    """The loops of a graph: which nodes may send to another one again before that has run."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self.ways: dict[str, list[Way]] = {}
        for way in ways:
            self.ways.setdefault(way.source, []).append(way)
        self.searches = 0
        self.looped = _looped({name: {way.target for way in each} for name, each in self.ways.items()})

    def comes_again(self, way: Way) -> bool:
        """Whether an edge may be taken once more before its target has run: its source goes round beside it."""
        if way.source not in self.looped or len(self.looped) > MOST:
            return False
        beside = (other for other in self.ways[way.source] if other.target != way.target and _together(way, other))
        return any(self._leads_back(other.target, way) for other in beside)

    def _leads_back(self, start: str, way: Way) -> bool:
        """Whether a node leads to an edge's source without its target."""
        self.searches += 1
        if self.searches > MOST_SEARCHES:
            return False
        seen, pending = {start, way.target}, [start] if start != way.target else []
        while pending:
            name = pending.pop()
            if name == way.source:
                return True
            following = {each.target for each in self.ways.get(name, ())} & self.looped - seen
            seen |= following
            pending += following
        return False


def _looped(targets: dict[str, set[str]]) -> frozenset[str]:
    """The nodes that lead on to a loop and are led to by one: all others are taken away, in time for each edge once."""
    left = _kept(targets)
    sources: dict[str, set[str]] = {name: set() for name in left}
    for name in left:
        for target in targets[name] & left:
            sources[target].add(name)
    return _kept(sources)


def _kept(following: dict[str, set[str]]) -> frozenset[str]:
    """The nodes from which ways go on for ever."""
    before: dict[str, list[str]] = {}
    for name, targets in following.items():
        for target in targets:
            before.setdefault(target, []).append(name)
    open_ways = {name: len(targets) for name, targets in following.items()}
    ended = [name for name in {*before, *following} if not open_ways.get(name)]
    gone = set(ended)
    while ended:
        for name in before.get(ended.pop(), ()):
            open_ways[name] -= 1
            if not open_ways[name] and name not in gone:
                gone.add(name)
                ended.append(name)
    return frozenset(following.keys() - gone)


def _together(way: Way, other: Way) -> bool:
    """Whether what a node says may take both edges."""
    if way.conditional != other.conditional:
        return False
    if not way.conditional or way.keyword is None or other.keyword is None:
        return True
    return way.keyword in other.keyword or other.keyword in way.keyword


def counted_twice(ways: Sequence[Way], again: Way) -> Loss:
    """A node that waits for several, of which one may come round and count for the others."""
    others = sorted({f'"{way.source}"' for way in ways if way.source != again.source})
    return Loss(
        LossKind.JOIN,
        f'step "{again.target}"',
        again.span,
        f'counts messages, not senders: once "{again.source}" has come round again, it no longer waits for '
        + " and ".join(others),
        "give the edges activation groups of their own",
        step=again.source,
        in_some=True,
    )
