"""What can happen at the same time, what happens twice, and what never happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from wflint.analyses.flow.supersteps import Exploration
from wflint.analyses.flow.wiring import always_fires
from wflint.model.workflow import END, START, Edge, EdgeKind, Workflow


@dataclass(frozen=True, slots=True)
class Pair:
    """Two steps that can run in the same superstep, in declared order; a step beside itself is a fan-out's worker.

    `fork` is the step whose edges start both without anybody deciding, or None where a decision comes between.
    `edge` is the fan-out of a worker.
    """

    first: str
    second: str
    fork: str | None
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class Rerun:
    """A step that is started again by a branch that was still under way when it first ran.

    `early` is the edge that started it, `late` the one that starts it again, `behind` the step of the late branch
    that runs at the same time, `fork` the step where the branches part.
    """

    step: str
    fork: str
    early: Edge
    late: Edge
    behind: str


@dataclass(frozen=True, slots=True)
class Concurrency:
    """The facts of one exploration: pairs, steps that run twice, and joins (by index) that never fire.

    `beside` are the pairs of different steps that run at the same time whatever is decided, either one first.
    """

    pairs: tuple[Pair, ...]
    reruns: tuple[Rerun, ...]
    stuck: tuple[int, ...]
    beside: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Firing:
    """The edges that always fire and start their target with the shared state, without waiting for anything."""

    leaving: Mapping[str, tuple[Edge, ...]]
    sources: Mapping[str, frozenset[str]]

    def targets(self, steps: frozenset[str]) -> frozenset[str]:
        return frozenset(edge.target for step in steps for edge in self.leaving.get(step, ()) if edge.target != END)

    def ancestors(self, step: str, avoiding: str | None = None) -> frozenset[str]:
        """The steps that lead to `step` over such edges, on ways that do not lead through `avoiding`."""
        found: set[str] = set()
        pending = [step]
        while pending:
            current = pending.pop()
            fresh = self.sources.get(current, frozenset()) - found - {avoiding}
            found |= fresh
            pending.extend(fresh)
        return frozenset(found)

    def last_edge(self, origin: str, target: str) -> Edge | None:
        """The edge by which a way from `origin` enters `target` for the first time, or None where there is no way."""
        reached = {origin}
        pending = [origin]
        while pending:
            for edge in self.leaving.get(pending.pop(0), ()):
                if edge.target == target:
                    return edge
                if edge.target not in reached:
                    reached.add(edge.target)
                    pending.append(edge.target)
        return None


def of_exploration(workflow: Workflow, explored: Exploration) -> Concurrency:
    """What follows from an exploration of the workflow."""
    firing = _firing(workflow)
    together = _together(workflow, explored)
    pairs = [Pair(a, b, _fork(firing, a, b, len(workflow.steps))) for a, b in together]
    reruns = (_rerun(workflow, firing, early, late) for a, b in together for early, late in ((a, b), (b, a)))
    return Concurrency(
        pairs=(*pairs, *_workers(workflow, explored)),
        reruns=_one_a_step(reruns),
        stuck=tuple(index for index in range(len(workflow.joins)) if index not in explored.fired),
        beside=_beside(workflow, pairs),
    )


def _one_a_step(reruns: Iterable[Rerun | None]) -> tuple[Rerun, ...]:
    """The first of each step: further branches would say the same again."""
    found: dict[str, Rerun] = {}
    for rerun in reruns:
        if rerun is not None:
            found.setdefault(rerun.step, rerun)
    return tuple(found.values())


def _beside(workflow: Workflow, pairs: list[Pair]) -> frozenset[tuple[str, str]]:
    """The pairs that a fork starts, and those that one step starts side by side, each of them once."""
    started = {(edge.source, edge.target) for edge in workflow.edges if always_fires(edge) and not edge.fan_out}
    sources = {source for source, _ in started}
    found = {
        (pair.first, pair.second)
        for pair in pairs
        if pair.fork is not None or any({(source, pair.first), (source, pair.second)} <= started for source in sources)
    }
    return frozenset((*found, *((second, first) for first, second in found)))


def _firing(workflow: Workflow) -> _Firing:
    leaving: dict[str, list[Edge]] = defaultdict(list)
    sources: dict[str, set[str]] = defaultdict(set)
    waiting = {step.id for step in workflow.steps if step.deferred}
    for edge in workflow.edges:
        if always_fires(edge) and edge.kind is not EdgeKind.FAN_OUT and edge.target not in waiting:
            leaving[edge.source].append(edge)
            sources[edge.target].add(edge.source)
    return _Firing(
        {source: tuple(edges) for source, edges in leaving.items()},
        {target: frozenset(names) for target, names in sources.items()},
    )


def _together(workflow: Workflow, explored: Exploration) -> tuple[tuple[str, str], ...]:
    order = {step.id: index for index, step in enumerate(workflow.steps)}
    found: set[tuple[str, str]] = set()
    for superstep in explored.supersteps:
        known = sorted(superstep.steps & order.keys() - {START}, key=order.__getitem__)
        found |= set(combinations(known, 2))
    return tuple(sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]])))


def _workers(workflow: Workflow, explored: Exploration) -> tuple[Pair, ...]:
    """The steps that fan-outs start many copies of."""
    workers: dict[str, Edge] = {}
    for edge in workflow.edges:
        if edge.kind is EdgeKind.FAN_OUT and edge.source in explored.steps and edge.fan_out:
            workers.setdefault(edge.target, edge)
    return tuple(Pair(name, name, edge.source, edge) for name, edge in workers.items() if name != END)


def _fork(firing: _Firing, first: str, second: str, depth: int) -> str | None:
    """The nearest step that starts both, equally many supersteps later, without a decision in between."""
    found: list[tuple[int, str]] = []
    for fork in sorted(firing.ancestors(first) & firing.ancestors(second)):
        level = frozenset({fork})
        for distance in range(depth):
            level = firing.targets(level)
            if {first, second} <= level:
                found.append((distance, fork))
                break
    return min(found)[1] if found else None


def _rerun(workflow: Workflow, firing: _Firing, early: str, late: str) -> Rerun | None:
    """Whether `early`, which runs beside `late`, is started again by what `late` starts."""
    entering = firing.last_edge(late, early)
    if entering is None or not _matters(workflow, early):
        return None
    starting = (edge for edge in workflow.edges if edge.target == early and always_fires(edge) and edge != entering)
    for edge in starting:
        fork = _parting(firing, edge.source, late, early) if edge.kind is not EdgeKind.FAN_OUT else None
        if fork is not None:
            return Rerun(early, fork, edge, entering, late)
    return None


def _parting(firing: _Firing, first: str, second: str, meeting: str) -> str | None:
    """The nearest step where two branches part, of which one has come to `second` when the other has just left `first`.

    Only then is it `first` that starts the meeting point beside `second`; neither branch has been there before.
    """
    found: list[tuple[int, str]] = []
    for fork in firing.ancestors(second, meeting) & (firing.ancestors(first, meeting) | {first}):
        level = frozenset({fork})
        for distance in range(len(firing.sources)):
            following = firing.targets(level) - {meeting}
            if first in level and second in following:
                found.append((distance, fork))
                break
            level = following
    return min(found)[1] if found else None


def _matters(workflow: Workflow, name: str) -> bool:
    """A step that waits, or that writes nothing and leads nowhere (a log line), may well run once for each edge."""
    step = workflow.step(name)
    if step is None or step.deferred:
        return False
    leads_on = any(edge.source == name and edge.target != END for edge in workflow.edges)
    return bool(step.offers) or step.offers_open or step.forwards_state or leads_on
