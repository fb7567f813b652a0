"""How much of a workflow hangs on a step: who uses what it offers, directly and through what they make of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from wflint.analyses.flow.closure import Closure, positions
from wflint.analyses.flow.reachability import Reachability
from wflint.model.strong_parts import strong_parts
from wflint.model.workflow import END, START, Step, Workflow

_STEP, _FIELD = "step ", "field "
"""What tells a step from a field in a graph of both."""


class Impact(Struct, frozen=True):
    """The steps that depend on each step's output; `total` counts all steps of the workflow, its ends aside.

    A set of steps is the bits of their positions: in a long workflow, nearly everything depends on nearly everything.
    `users` are those that read, or are chosen by, what the step itself offers.
    """

    names: tuple[str, ...]
    position: Mapping[str, int]
    dependents: Mapping[str, int]
    users: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.names)

    def count(self, step: str) -> int:
        """How many steps depend on `step`."""
        return self.dependents.get(step, 0).bit_count()

    def of(self, step: str) -> Iterator[str]:
        """The steps that depend on `step`, in declared order."""
        return self._named(self.dependents.get(step, 0))

    def first(self, step: str, most: int) -> list[str]:
        """So many of the steps that depend on `step`, in declared order."""
        return list(islice(self.of(step), min(most, self.count(step))))

    def depends(self, later: str, earlier: str) -> bool:
        """Whether `later` depends on `earlier`."""
        return bool(self.dependents.get(earlier, 0) >> self.position[later] & 1) if later in self.position else False

    def consumers(self, step: str) -> tuple[str, ...]:
        """The steps that use what `step` itself offers, in declared order."""
        return tuple(self._named(self.users.get(step, 0)))

    def share(self, step: str) -> float:
        """The share of the workflow that a fault in `step` touches, the step itself included; 0..1."""
        return (1 + self.count(step)) / self.total if self.total else 0.0

    def _named(self, bits: int) -> Iterator[str]:
        if bits:
            yield from (name for name in self.names if bits >> self.position[name] & 1)


class EffortSums:
    """The effort of a step and of all that depend on it: each effort is taken apart into its binary places."""

    def __init__(self, impact: Impact, steps: Iterable[Step], effort: Callable[[Step], int]) -> None:
        self._impact = impact
        self._planes: dict[int, int] = defaultdict(int)
        """The steps whose effort has a one at a binary place."""
        self._sums: dict[str, int] = {}
        for step in steps:
            for place in positions(effort(step)):
                self._planes[place] |= 1 << impact.position[step.id]

    def behind(self, name: str) -> int:
        """The effort of the steps that a fault in this one makes run again."""
        if name not in self._sums:
            own = 1 << self._impact.position[name] if name in self._impact.position else 0
            bits = self._impact.dependents.get(name, 0) | own
            self._sums[name] = sum((bits & plane).bit_count() << place for place, plane in self._planes.items())
        return self._sums[name]


def impact(workflow: Workflow, reachability: Reachability) -> Impact:
    """Who depends on whom, by the fields they offer and need along the ways of the graph."""
    known = reachability.closure
    readers = _readers(workflow, known)
    users = {step.id: _users(step, readers, known) for step in workflow.steps}
    names = tuple(step.id for step in workflow.steps if step.id not in (START, END))
    inner = known.bits(names)
    dependents = _dependents(workflow, known, users)
    return Impact(
        names,
        known.position,
        {name: dependents[name] & inner & ~known.bits([name]) for name in names},
        {name: users[name] & inner for name in names},
    )


def _readers(workflow: Workflow, known: Closure) -> Mapping[str, int]:
    """The steps that read, or are chosen by, each field."""
    found: dict[str, set[str]] = defaultdict(set)
    for step in workflow.steps:
        for need in step.needs:
            found[need.name].add(step.id)
    for edge in workflow.edges:
        for need in workflow.choices[edge.choice].needs if edge.choice is not None else ():
            found[need.name].add(edge.target)
    return {field: known.bits(names - {END}) for field, names in found.items()}


def _users(step: Step, readers: Mapping[str, int], known: Closure) -> int:
    """The steps after `step` that read, or decide by, something it offers."""
    found = 0
    for offer in step.offers:
        found |= readers.get(offer.name, 0)
    return found & known.after.get(step.id, 0) & ~known.bits([step.id])


def _dependents(workflow: Workflow, known: Closure, users: Mapping[str, int]) -> Mapping[str, int]:
    """The users of each step, their users, and so on: the last steps first, a cycle of the graph at a time."""
    ordered = sorted(known.position, key=known.position.__getitem__)
    found: dict[str, int] = {}

    def absorbed(bits: int) -> int:
        """The steps of these bits and all that depend on them; the first of them mostly bring in the others."""
        covered = 0
        while bits:
            lowest = bits & -bits
            covered |= lowest | found.get(ordered[lowest.bit_length() - 1], 0)
            bits &= ~covered
        return covered

    for part in known.parts:
        inside = known.bits(part)
        outside = {name: absorbed(users.get(name, 0) & ~inside) for name in part}
        if len(part) == 1:
            found[part[0]] = outside[part[0]]
        else:
            found.update(_within_cycle(workflow, known, part, outside))
    return found


def _within_cycle(
    workflow: Workflow, known: Closure, part: tuple[str, ...], outside: Mapping[str, int]
) -> Mapping[str, int]:
    """The same for steps that all can follow each other, over the fields that lie between them."""
    successors = _uses_between(workflow, frozenset(part))
    own = {_STEP + name: known.bits([name]) for name in part}
    found: dict[str, int] = {}
    edges = ((source, target) for source, targets in successors.items() for target in targets)
    for component in strong_parts(dict.fromkeys((*own, *successors)), edges):
        bits = 0
        for node in component:
            bits |= outside.get(node.removeprefix(_STEP), 0) if node in own else 0
            for target in successors.get(node, ()):
                bits |= found.get(target, 0) | own.get(target, 0)
        found.update(dict.fromkeys(component, bits))
    return {name: found[_STEP + name] for name in part}


def _uses_between(workflow: Workflow, part: frozenset[str]) -> Mapping[str, list[str]]:
    """From each step of a part to the fields that it offers, from these to the steps of the part that use them."""
    successors: dict[str, list[str]] = defaultdict(list)
    for name in part:
        step = workflow.step(name)
        for offer in step.offers if step is not None else ():
            successors[_STEP + name].append(_FIELD + offer.name)
        for need in step.needs if step is not None else ():
            successors[_FIELD + need.name].append(_STEP + name)
        for edge in workflow.index.edges_into(name):
            for need in workflow.choices[edge.choice].needs if edge.choice is not None else ():
                successors[_FIELD + need.name].append(_STEP + name)
    return successors
