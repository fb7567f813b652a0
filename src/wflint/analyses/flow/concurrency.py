"""What can happen at the same time, what happens twice, and what never happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.analyses.flow.closure import Closure, positions
from wflint.analyses.flow.firing import Firing, starts_once
from wflint.analyses.flow.supersteps import Exploration
from wflint.analyses.flow.wiring import always_fires
from wflint.model.workflow import END, START, Edge, EdgeKind, StepKind, Workflow


class Pair(Struct, frozen=True):
    """Two steps that can run in the same superstep, in declared order; a step beside itself is a fan-out's worker.

    `fork` is the step whose edges start both without anybody deciding, or None where a decision comes between.
    `edge` is the fan-out of a worker.
    """

    first: str
    second: str
    fork: str | None
    edge: Edge | None = None


class Rerun(Struct, frozen=True):
    """A step that is started again by a branch that was still under way when it first ran.

    `early` is the edge that started it, `late` the one that starts it again, `behind` the step of the late branch
    that runs at the same time, `fork` the step where the branches part.
    """

    step: str
    fork: str
    early: Edge
    late: Edge
    behind: str


class Concurrency:
    """The facts of one exploration: who runs beside whom, steps that run twice, joins (by index) that never fire.

    Sets of steps are bits: where many steps start at once, there are too many pairs to list.
    `workers` are the steps that fan-outs start many copies of, each beside itself.
    """

    def __init__(self, workflow: Workflow, explored: Exploration) -> None:
        self._workflow = workflow
        self._firing = Firing.of(workflow)
        self._started: dict[str, int] = {}
        self._together = _together(workflow, explored, self._firing.closure)
        self.workers = _workers(workflow, explored)
        self.stuck = tuple(index for index in range(len(workflow.joins)) if index not in explored.fired)
        self.reruns = tuple(self._reruns())
        self.rerun_steps = frozenset(rerun.step for rerun in self.reruns)

    @property
    def is_cut(self) -> bool:
        """Whether ways were too long to follow all of them: forks and reruns may be missing."""
        return self._firing.walked.too_far

    def bits(self, names: Iterable[str]) -> int:
        """The bits of several steps."""
        return self._firing.closure.bits(names)

    def later_beside(self, first: str, others: int = -1) -> Iterator[str]:
        """The steps among others, declared after `first`, that can run at the same time."""
        order = self._workflow.index.order
        found = (name for name in self._named(self._together.get(first, 0) & others) if order(name) > order(first))
        yield from sorted(found, key=order)

    def pair(self, first: str, second: str) -> Pair:
        """Two steps that can run at the same time."""
        return Pair(first, second, self.fork(first, second))

    def fork(self, first: str, second: str) -> str | None:
        """The nearest step that starts both, equally many supersteps later, without a decision in between."""
        return self._firing.fork(first, second)

    def meanwhile(self, names: Iterable[str]) -> frozenset[str]:
        """The steps that can run at the same time as one of these."""
        found = frozenset(worker.first for worker in self.workers if worker.first in names)
        bits = 0
        for name in names:
            bits |= self._together.get(name, 0)
        return found.union(self._named(bits))

    def are_together(self, one: str, other: str) -> bool:
        """Whether two different steps can run at the same time."""
        return bool(self._together.get(one, 0) & self.bits([other]))

    def are_beside(self, one: str, other: str) -> bool:
        """Whether two different steps run at the same time whatever is decided: both are started, each of them once."""
        if not self.are_together(one, other):
            return False
        return self._starters(one) & self._starters(other) != 0 or self.fork(one, other) is not None

    def _starters(self, name: str) -> int:
        """The steps whose edges always start this one, once."""
        if name not in self._started:
            edges = self._workflow.index.edges_into(name)
            sources = {edge.source for edge in edges if always_fires(edge) and not edge.fan_out}
            self._started[name] = self.bits(sources)
        return self._started[name]

    def _reruns(self) -> Iterator[Rerun]:
        """The first of each step: further branches would say the same again."""
        met = {step.id for step in self._workflow.steps if self._meets(step.id)}
        left = self.bits(met)
        for first in self._workflow.steps if met else ():
            among = self._firing.related(first.id) & (-1 if first.id in met else left)
            for second in self.later_beside(first.id, among):
                for early, late in ((first.id, second), (second, first.id)):
                    rerun = _rerun(self._workflow, self._firing, early, late) if early in met else None
                    if rerun is not None:
                        met.remove(early)
                        left &= ~self.bits([early])
                        yield rerun
            if self.is_cut:
                return

    def _meets(self, name: str) -> bool:
        """Whether several edges always start a step for which that matters."""
        starting = sum(map(always_fires, self._workflow.index.edges_into(name)))
        return starting > 1 and _matters(self._workflow, name)

    def _named(self, bits: int) -> Iterator[str]:
        return (self._firing.names[position] for position in positions(bits))


def _together(workflow: Workflow, explored: Exploration, closure: Closure) -> Mapping[str, int]:
    """For each step the others that run in the same superstep as it."""
    found: dict[str, int] = defaultdict(int)
    for superstep in explored.supersteps:
        known = [name for name in superstep.steps if name in workflow.index.steps and name != START]
        if len(known) > 1:
            bits = closure.bits(known)
            for name in known:
                found[name] |= bits
    return {name: bits & ~closure.bits([name]) for name, bits in found.items()}


def _workers(workflow: Workflow, explored: Exploration) -> tuple[Pair, ...]:
    workers: dict[str, Edge] = {}
    for edge in workflow.edges:
        if edge.kind is EdgeKind.FAN_OUT and edge.source in explored.steps and edge.fan_out:
            workers.setdefault(edge.target, edge)
    return tuple(Pair(name, name, edge.source, edge) for name, edge in workers.items() if name != END)


def _rerun(workflow: Workflow, firing: Firing, early: str, late: str) -> Rerun | None:
    """Whether `early`, which runs beside `late`, is started again by what `late` starts."""
    if not firing.closure.leads(late, early):
        return None
    entry = firing.last_edge(late, early)
    starting = (edge for edge in workflow.index.edges_into(early) if always_fires(edge) and edge != entry)
    for edge in starting if entry is not None else ():
        fork = firing.parting(edge.source, late, early) if starts_once(workflow, edge) else None
        if fork is not None and entry is not None:
            return Rerun(early, fork, edge, entry, late)
    return None


def _matters(workflow: Workflow, name: str) -> bool:
    """A step that waits, or code that writes nothing and leads nowhere (a log line), may well run for each edge."""
    step = workflow.step(name)
    if step is None or step.deferred:
        return False
    leads_on = any(edge.target != END for edge in workflow.index.edges_from(name))
    works = step.kind in (StepKind.AGENT, StepKind.SUBWORKFLOW)
    return works or bool(step.offers) or step.offers_open or step.forwards_state or leads_on
