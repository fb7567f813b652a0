"""The execution plan of a workflow: stages, the critical path, waits, and how often each step can run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from wflint.analyses.execution.executions import Executions, executions_of
from wflint.analyses.execution.independent import Independent, independent_steps
from wflint.analyses.execution.order import ForwardOrder
from wflint.analyses.execution.step_cost import FREE, StepCost, step_costs, total
from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.loops import Loop
from wflint.analyses.flow.reachability import Reachability
from wflint.model.program import Program
from wflint.model.recorded import Recording
from wflint.model.workflow import END, START, Workflow

MOST_COMPARED = 60
"""So many steps of a stage are compared with each other."""


class Together(StrEnum):
    """How the steps of a stage go together."""

    ALONE = "alone"
    """There is one."""
    PARALLEL = "at the same time"
    """Two of them at least run at the same time."""
    ALTERNATIVE = "one of them"
    """A choice is between them."""
    UNKNOWN = "not known"
    """The source does not tell; none of them waits for another one."""


class Stage(Struct, frozen=True):
    """Steps that are equally far from the start on their longest way there."""

    steps: tuple[str, ...]
    together: Together


class Wait(Struct, frozen=True):
    """A join: `target` starts when all of `sources` are done; `last` is the one that most is spent on until then.

    `idle` is how much less was spent on the way to the first one, in effective tokens.
    """

    target: str
    sources: tuple[str, ...]
    last: str
    idle: float


class ExecutionPlan(Struct, frozen=True):
    """When the steps of a workflow run.

    `cost` is that of one pass along the critical path, `once` that of every step once, `worst` that of the most
    executions, None where one of them has no bound. `unreached` are steps that no way from the start leads to.
    """

    stages: tuple[Stage, ...]
    critical_path: tuple[str, ...]
    cost: StepCost
    once: StepCost
    worst: float | None
    independent: tuple[Independent, ...]
    waits: tuple[Wait, ...]
    executions: tuple[Executions, ...]
    unreached: tuple[str, ...]
    costs: Mapping[str, StepCost]


def execution_plan(
    workflow: Workflow,
    program: Program,
    reachability: Reachability,
    loops: tuple[Loop, ...],
    concurrency: Concurrency | None,
    recording: Recording | None,
) -> ExecutionPlan:
    """The execution plan; `concurrency` is None where it is not known."""
    costs = step_costs(workflow, program, recording)
    order = ForwardOrder.of(reachability.entries, reachability.successors)
    longest = _Longest(order, costs)
    path = longest.path()
    executions = executions_of(workflow, reachability, loops, concurrency)
    return ExecutionPlan(
        stages=tuple(Stage(steps, _together(steps, workflow, concurrency)) for steps in order.stages()),
        critical_path=path,
        cost=total(tuple(costs[name] for name in path if name in costs)),
        once=total(tuple(costs[one.step] for one in executions)),
        worst=_worst(executions, costs),
        independent=tuple(independent_steps(workflow, costs)),
        waits=tuple(_waits(workflow, longest)),
        executions=executions,
        unreached=tuple(
            step.id for step in workflow.steps if step.id not in reachability.reached and step.id not in (START, END)
        ),
        costs=costs,
    )


class _Longest:
    """The dearest way to each step; of equally dear ones the longest."""

    def __init__(self, order: ForwardOrder, costs: Mapping[str, StepCost]) -> None:
        self._before = order.before
        self._reach: dict[str, tuple[float, int]] = {}
        self._from: dict[str, str | None] = {}
        for name in order.names:
            self._enter(name, costs.get(name, FREE).typical)

    def _enter(self, name: str, cost: float) -> None:
        came = max(self._before[name], key=lambda source: self._reach[source], default=None)
        spent, length = self._reach[came] if came is not None else (0.0, 0)
        self._from[name] = came
        self._reach[name] = (spent + cost, length + (name not in (START, END)))

    def spent(self, name: str) -> float | None:
        """What is spent until a step is done, None where it is not reached."""
        return self._reach[name][0] if name in self._reach else None

    def path(self) -> tuple[str, ...]:
        """The steps of the dearest way, in order."""
        found: list[str] = []
        at = max(self._reach, key=lambda name: self._reach[name], default=None)
        while at is not None:
            if at not in (START, END):
                found.append(at)
            at = self._from[at]
        return tuple(reversed(found))


def _together(steps: tuple[str, ...], workflow: Workflow, concurrency: Concurrency | None) -> Together:
    if len(steps) == 1:
        return Together.ALONE
    if workflow.is_imperative or concurrency is None or len(steps) > MOST_COMPARED:
        return Together.UNKNOWN
    pairs = ((one, other) for place, one in enumerate(steps) for other in steps[place + 1 :])
    return Together.PARALLEL if any(concurrency.are_together(*pair) for pair in pairs) else Together.ALTERNATIVE


def _worst(executions: tuple[Executions, ...], costs: Mapping[str, StepCost]) -> float | None:
    spent = 0.0
    for one in executions:
        if not costs[one.step].high:
            continue
        if one.most is None:
            return None
        spent += one.most * costs[one.step].high
    return spent


def _waits(workflow: Workflow, longest: _Longest) -> Iterator[Wait]:
    for join in workflow.joins:
        spent = {source: longest.spent(source) for source in join.sources}
        known = {source: value for source, value in spent.items() if value is not None}
        if len(known) == len(spent) > 1:
            last = max(known, key=lambda source: known[source])
            yield Wait(join.target, join.sources, last, known[last] - min(known.values()))
