"""The edges that always fire, and what they start how many supersteps later."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from msgspec import Struct

from wflint.analyses.flow.closure import Closure, closure, positions
from wflint.analyses.flow.wiring import always_fires
from wflint.model.workflow import END, Edge, EdgeKind, Workflow

MAX_WALKED = 400_000
"""So many steps are looked at on ways back to where branches part."""


class Walked(Struct):
    """How many steps have been looked at on ways back."""

    steps: int = 0

    @property
    def too_far(self) -> bool:
        """Whether the bound is hit: what further ways lead back to stays unknown."""
        return self.steps > MAX_WALKED


def starts_once(workflow: Workflow, edge: Edge) -> bool:
    """Whether an edge starts its target itself, rather than copies of it, or a turn of it for each message."""
    if edge.kind is not EdgeKind.FAN_OUT:
        return True
    copies = edge.fan_out or edge.payload is not None
    return not (copies or workflow.runs_per_arrival or workflow.is_imperative)


class Firing(Struct, frozen=True):
    """The edges that always fire and start their target with the shared state, without waiting for anything.

    Sets of steps are bits by their position in the closure; `before` are those that lead to a step. `started_by` are
    the steps that such edges come from, for each position. A way that is longer than there are steps goes in circles.
    """

    leaving: Mapping[str, tuple[Edge, ...]]
    closure: Closure
    before: Mapping[str, int]
    names: tuple[str, ...]
    started_by: tuple[int, ...]
    steps: int
    started: int
    walked: Walked

    @classmethod
    def of(cls, workflow: Workflow) -> Firing:
        """Such edges of a workflow."""
        waiting = {step.id for step in workflow.steps if step.deferred}
        leaving: dict[str, tuple[Edge, ...]] = {}
        for name, edges in workflow.index.outgoing.items():
            taken = (edge for edge in edges if always_fires(edge) and starts_once(workflow, edge))
            leaving[name] = tuple(edge for edge in taken if edge.target not in waiting)
        successors = {name: tuple(dict.fromkeys(edge.target for edge in edges)) for name, edges in leaving.items()}
        known = closure((step.id for step in workflow.steps), successors)
        started_by = [0] * len(known.position)
        for name, targets in successors.items():
            for target in targets:
                started_by[known.position[target]] |= 1 << known.position[name] if target != END else 0
        names = tuple(sorted(known.position, key=known.position.__getitem__))
        started = len({target for targets in successors.values() for target in targets})
        return cls(
            leaving, known, known.before(successors), names, tuple(started_by), len(workflow.steps), started, Walked()
        )

    def related(self, name: str) -> int:
        """The steps that such edges lead to from here, and from which they lead here."""
        return self.closure.after.get(name, 0) | self.before.get(name, 0)

    def last_edge(self, origin: str, target: str) -> Edge | None:
        """The edge by which a way from `origin` enters `target` for the first time, or None where there is no way."""
        reached = {origin}
        pending = deque([origin])
        while pending:
            self.walked.steps += 1
            for edge in self.leaving.get(pending.popleft(), ()):
                if edge.target == target:
                    return edge
                if edge.target not in reached:
                    reached.add(edge.target)
                    pending.append(edge.target)
        return None

    def fork(self, first: str, second: str) -> str | None:
        """The nearest step that starts both, equally many supersteps later, without a decision in between."""
        levels = self.closure.bits([first]), self.closure.bits([second])
        seen = {levels}
        for _ in range(self.steps):
            levels = self._starting(levels[0]), self._starting(levels[1])
            if levels[0] & levels[1]:
                return self._least(levels[0] & levels[1])
            if not all(levels) or levels in seen or self.walked.too_far:
                return None
            seen.add(levels)
        return None

    def parting(self, first: str, second: str, meeting: str) -> str | None:
        """The nearest step where two branches part: one has come to `second` when the other has just left `first`.

        Only then is it `first` that starts the meeting point beside `second`; neither branch has been there before.
        """
        avoided = self.closure.bits([meeting])
        levels = (
            self.closure.bits([first]) & ~avoided,
            self._starting(self.closure.bits([second]) & ~avoided) & ~avoided,
        )
        seen: set[tuple[int, int]] = set()
        for _ in range(self.started):
            if levels[0] & levels[1]:
                return self._least(levels[0] & levels[1])
            if not all(levels) or levels in seen or self.walked.too_far:
                return None
            seen.add(levels)
            levels = self._starting(levels[0]) & ~avoided, self._starting(levels[1]) & ~avoided
        return None

    def _starting(self, bits: int) -> int:
        """The steps that start one of these."""
        found = 0
        self.walked.steps += bits.bit_count()
        for position in positions(bits):
            found |= self.started_by[position]
        return found

    def _least(self, bits: int) -> str:
        return min(self.names[position] for position in positions(bits))
