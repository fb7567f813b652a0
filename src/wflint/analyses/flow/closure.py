"""What follows what in a graph, for all pairs at once: one integer a node, one bit in it for each node that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from wflint.model.strong_parts import strong_parts


class Closure(Struct, frozen=True):
    """The nodes of a graph in topological order, cycles in one piece, with what can follow each on some way.

    `names` are the nodes by their bits, lower ones come first; `position` is the bit of a node, `after` holds the bits
    of all nodes that follow. `parts` are the strongly connected components, the last ones first.
    """

    names: Sequence[str]
    position: Mapping[str, int]
    after: Mapping[str, int]
    parts: tuple[tuple[str, ...], ...]

    def leads(self, earlier: str, later: str) -> bool:
        """Whether `later` can follow `earlier`."""
        bit = self.position.get(later)
        return bit is not None and bool(self.after.get(earlier, 0) >> bit & 1)

    def bits(self, names: Iterable[str]) -> int:
        """The bits of several nodes; names of others count for nothing."""
        found = 0
        for name in names:
            if name in self.position:
                found |= 1 << self.position[name]
        return found

    def before(self, successors: Mapping[str, Iterable[str]]) -> Mapping[str, int]:
        """The bits of all nodes that each node can follow; `successors` are those of the closure."""
        gathered: dict[str, int] = {}
        found: dict[str, int] = {}
        for part in reversed(self.parts):
            bits = self.bits(part) if self.leads(part[0], part[0]) else 0
            for name in part:
                bits |= gathered.get(name, 0)
            for name in part:
                found[name] = bits
                for target in successors.get(name, ()):
                    gathered[target] = gathered.get(target, 0) | bits | 1 << self.position[name]
        return found


def closure(names: Iterable[str], successors: Mapping[str, Iterable[str]]) -> Closure:
    """The closure of a graph whose nodes are `names` and whatever `successors` mentions."""
    known = dict.fromkeys(names)
    for source, targets in successors.items():
        known[source] = None
        known.update(dict.fromkeys(targets))
    parts = strong_parts(known, ((source, target) for source, targets in successors.items() for target in targets))
    ordered = [name for part in reversed(parts) for name in part]
    position = {name: index for index, name in enumerate(ordered)}
    after: dict[str, int] = {}
    for part in parts:
        found = 0
        for name in part:
            for target in successors.get(name, ()):
                found |= 1 << position[target] | after.get(target, 0)
        after.update(dict.fromkeys(part, found))
    return Closure(ordered, position, after, parts)


def positions(bits: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
