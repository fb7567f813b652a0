"""The reachability graph of a workflow's markings, explored within bounds.

A superstep is a set of steps that run at the same time. A transition lets all of them finish: edges that always fire
start their targets, every decision takes exactly one of its alternatives, a join starts its target once all of its
sources have been seen, and a deferred step waits until nothing else runs. What the data says is not looked at, so a
path that the graph has may be closed at run time. Of a decision that may pick several targets at once, the graph has
each target alone and all of them together; the copies of a fan-out are one run that may decide in every way at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product
from math import prod

from msgspec import Struct, field

from wflint.analyses.flow.wiring import Decision, Exits, always_fires, exits_of, replaces_state
from wflint.model.workflow import END, START, Edge, EdgeKind, Workflow

MAX_SUPERSTEPS = 4_000
"""The exploration stops at so many different supersteps."""
MAX_TRANSITIONS = 20_000
"""The exploration stops at so many transitions."""
MAX_RUNS = 200_000
"""The exploration stops at so many runs of steps, in all supersteps together."""
MAX_WAYS = 512
"""The exploration stops at so many combined decisions in one superstep."""


class Run(Struct, frozen=True, order=True):
    """A step that runs; `own_input` is true where it was handed a payload in place of the shared state."""

    step: str
    own_input: bool = False


class Superstep(Struct, frozen=True):
    """What runs at the same time, which sources each join has seen, and which deferred steps wait."""

    active: frozenset[Run]
    arrived: frozenset[tuple[int, str]] = frozenset()
    waiting: frozenset[Run] = frozenset()

    @property
    def steps(self) -> frozenset[str]:
        return frozenset(run.step for run in self.active)


class Transition(Struct, frozen=True):
    """A way from one superstep to the next, both by index.

    `assumed` are fields that the taken edges prove to be set; `decided` is true where somebody chose.
    """

    source: int
    target: int
    assumed: frozenset[str]
    decided: bool


class Exploration(Struct, frozen=True):
    """Every superstep that can come about, the first one first, and the joins that fired in any of them."""

    supersteps: tuple[Superstep, ...]
    transitions: tuple[Transition, ...]
    fired: frozenset[int]

    @property
    def steps(self) -> frozenset[str]:
        """The steps that run in some superstep."""
        return frozenset(chain.from_iterable(superstep.steps for superstep in self.supersteps))


class Unexplored(Struct, frozen=True):
    """The exploration was given up; `reason` says why. `too_large` is true where a bound was hit."""

    reason: str
    too_large: bool = False


class _OutOfBounds(Exception):
    """A bound was hit; the text says which."""


class _Way(Struct, frozen=True):
    """What the edges that are taken at once start, the fields that they prove to be set, and whether somebody chose."""

    started: frozenset[Run]
    assumed: frozenset[str]
    decided: bool


class _ReachabilityGraph(Struct):
    """Indices of the supersteps seen so far, the transitions between them, and the joins that fired."""

    workflow: Workflow
    exits: Mapping[str, Exits]
    deferred: frozenset[str]
    waiting: Mapping[str, tuple[int, ...]]
    """The joins that wait for a step, by index."""
    seen: dict[Superstep, int] = field(default_factory=dict)
    transitions: set[Transition] = field(default_factory=set)
    fired: set[int] = field(default_factory=set)
    known: dict[tuple[str, bool], tuple[_Way, ...]] = field(default_factory=dict)
    """The ways on from the steps that have been met."""
    counts: dict[tuple[str, bool], int] = field(default_factory=dict)
    runs: int = 0

    def explore(self, first: Superstep) -> None:
        pending = [first]
        self.seen[first] = 0
        while pending:
            superstep = pending.pop()
            for taken in self._ways(superstep):
                pending.extend(self._fire(superstep, taken))

    def _ways(self, superstep: Superstep) -> Iterator[_Way]:
        """Every way that a superstep may end; where each step has one only, there is one."""
        copied = {run.step for run in superstep.active if run.own_input}
        steps = [(step, step in copied) for step in sorted(superstep.steps)]
        if prod(map(self._count, steps)) > MAX_WAYS:
            raise _OutOfBounds(f"more than {MAX_WAYS} combined decisions in one superstep")
        ways = [self._ways_on(*step) for step in steps]
        settled = _together(each[0] for each in ways if len(each) == 1)
        for chosen in product(*(each for each in ways if len(each) > 1)):
            yield _together((settled, *chosen)) if chosen else settled

    def _count(self, step: tuple[str, bool]) -> int:
        """How many ways there are on from one step."""
        if step not in self.counts:
            name, together = step
            self.counts[step] = self.exits.get(name, Exits()).count(together=together)
        return self.counts[step]

    def _ways_on(self, step: str, together: bool) -> tuple[_Way, ...]:  # noqa: FBT001 (half of a key)
        """The ways on from one step; `together` where many copies of it decide."""
        if (step, together) not in self.known:
            ways = self.exits.get(step, Exits()).ways(together=together)
            self.known[step, together] = tuple(map(_way, ways))
        return self.known[step, together]

    def _fire(self, superstep: Superstep, way: _Way) -> Iterator[Superstep]:
        """Record a transition; its superstep is handed back where it is new."""
        following = self._next(superstep, way)
        known = len(self.seen)
        index = self.seen.setdefault(following, known)
        self.transitions.add(Transition(self.seen[superstep], index, way.assumed, way.decided))
        if len(self.seen) > MAX_SUPERSTEPS or len(self.transitions) > MAX_TRANSITIONS:
            raise _OutOfBounds(f"more than {MAX_SUPERSTEPS} supersteps or {MAX_TRANSITIONS} transitions")
        if index == known:
            self.runs += len(following.active)
            if self.runs > MAX_RUNS:
                raise _OutOfBounds(f"more than {MAX_RUNS} runs of steps in all supersteps together")
            yield following

    def _next(self, superstep: Superstep, way: _Way) -> Superstep:
        if not (self.waiting or self.deferred or superstep.arrived or superstep.waiting):
            return Superstep(way.started)
        started = set(way.started)
        arrived = set(superstep.arrived)
        seen = {index for step in superstep.steps for index in self.waiting.get(step, ())}
        for index in sorted(seen):
            join = self.workflow.joins[index]
            arrived |= {(index, source) for source in join.sources if source in superstep.steps}
            needed = {(index, source) for source in join.sources}
            if needed <= arrived:
                arrived -= needed
                self.fired.add(index)
                started |= {Run(join.target)} if join.target != END else set()
        held = {run for run in started if run.step in self.deferred}
        running, waiting = started - held, superstep.waiting | held
        if running:
            return Superstep(frozenset(running), frozenset(arrived), waiting)
        return Superstep(waiting, frozenset(arrived))


def _way(taken: tuple[Edge, ...]) -> _Way:
    started = frozenset(Run(edge.target, replaces_state(edge)) for edge in taken if edge.target != END)
    assumed = frozenset(chain.from_iterable(edge.assumes for edge in taken))
    return _Way(started, assumed, not all(map(always_fires, taken)))


def _together(ways: Iterable[_Way]) -> _Way:
    """Several ways that are taken at once."""
    known = list(ways)
    started = frozenset[Run]().union(*(way.started for way in known))
    assumed = frozenset[str]().union(*(way.assumed for way in known))
    return _Way(started, assumed, any(way.decided for way in known))


def explore(workflow: Workflow) -> Exploration | Unexplored:
    """Explore from the start until nothing new comes up or a bound is hit."""
    if workflow.is_imperative:
        return Unexplored("plain code runs the steps, in an order of its own")
    deferred = frozenset(step.id for step in workflow.steps if step.deferred)
    first, exits = _beginning(workflow)
    graph = _ReachabilityGraph(workflow, exits, deferred, _waiting(workflow))
    try:
        graph.explore(Superstep(frozenset(map(Run, first))))
    except _OutOfBounds as bound:
        return Unexplored(str(bound), too_large=True)
    transitions = tuple(
        sorted(
            graph.transitions,
            key=lambda transition: (
                transition.source,
                transition.target,
                transition.decided,
                sorted(transition.assumed),
            ),
        )
    )
    return Exploration(tuple(graph.seen), transitions, frozenset(graph.fired))


def _beginning(workflow: Workflow) -> tuple[tuple[str, ...], Mapping[str, Exits]]:
    """The steps that run first, and the ways on from each; START decides where a run begins with one of several."""
    first, exits = entries(workflow), exits_of(workflow)
    if not workflow.begins_with_one or len(first) < 2 or START in first:  # noqa: PLR2004 (one is no choice)
        return first, exits
    ways = tuple((Edge(START, name, EdgeKind.CONDITIONAL, workflow.span),) for name in first)
    return (START,), {**exits, START: Exits(decisions=(Decision(ways),))}


def _waiting(workflow: Workflow) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, join in enumerate(workflow.joins):
        for source in dict.fromkeys(join.sources):
            found[source].append(index)
    return {source: tuple(joins) for source, joins in found.items()}


def entries(workflow: Workflow) -> tuple[str, ...]:
    """The steps a run begins with: the start and those named; where there is neither, those that nothing leads to."""
    names = [step.id for step in workflow.steps if step.id != END]
    named = tuple(name for name in workflow.entries if name in names)
    if any(edge.source == START for edge in workflow.edges) or workflow.step(START) is not None:
        return (START, *named)
    entered = {edge.target for edge in workflow.edges if edge.target != edge.source}
    return named or tuple(name for name in names if name not in entered) or tuple(names[:1])
