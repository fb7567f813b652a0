"""The execution plan and the orchestrator's load on the wire, and in a few lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wflint.analyses.execution.execution_plan import ExecutionPlan, Stage, Together
from wflint.analyses.execution.executions import Bound, Executions
from wflint.analyses.execution.hierarchy import Load
from wflint.analyses.execution.step_cost import StepCost
from wflint.writers.wire import Wire

SHOWN = 12
"""So many steps of a stage, or of a path, are named in text."""


class CostWire(Wire):
    """Effective tokens; recorded where runs are, else a wide range told from the source."""

    low: float
    typical: float
    high: float
    recorded: bool

    @classmethod
    def of(cls, cost: StepCost) -> CostWire:
        """A cost on the wire."""
        low, typical, high = (round(value, 1) for value in (cost.low, cost.typical, cost.high))
        return cls(low=low, typical=typical, high=high, recorded=cost.is_recorded)


class StageWire(Wire):
    """Steps that are equally far from the start, and how they go together."""

    steps: tuple[str, ...]
    together: Together


class IndependentWire(Wire):
    """Two steps that run in turn and could run at the same time; `saved` is the cost of the cheaper one."""

    first: str
    second: str
    saved: CostWire


class WaitWire(Wire):
    """A join; `idle` is how much less was spent on the way to the first source than to the last one."""

    target: str
    sources: tuple[str, ...]
    last: str
    idle: float


class ExecutionsWire(Wire):
    """How often a step can run in one run, null where nothing in the source bounds it."""

    step: str
    most: int | None
    bound: Bound


class ExecutionWire(Wire):
    """When the steps run; `worst` is null where a step that costs tokens has no bound."""

    stages: tuple[StageWire, ...]
    critical_path: tuple[str, ...]
    cost: CostWire
    once: CostWire
    worst: float | None
    independent: tuple[IndependentWire, ...]
    waits: tuple[WaitWire, ...]
    executions: tuple[ExecutionsWire, ...]
    unreached: tuple[str, ...]

    @classmethod
    def of(cls, plan: ExecutionPlan) -> ExecutionWire:
        """An execution plan on the wire."""
        return cls(
            stages=tuple(StageWire(steps=stage.steps, together=stage.together) for stage in plan.stages),
            critical_path=plan.critical_path,
            cost=CostWire.of(plan.cost),
            once=CostWire.of(plan.once),
            worst=round(plan.worst, 1) if plan.worst is not None else None,
            independent=tuple(
                IndependentWire(first=one.first, second=one.second, saved=CostWire.of(one.saved))
                for one in plan.independent
            ),
            waits=tuple(
                WaitWire(target=one.target, sources=one.sources, last=one.last, idle=round(one.idle, 1))
                for one in plan.waits
            ),
            executions=tuple(ExecutionsWire(step=one.step, most=one.most, bound=one.bound) for one in plan.executions),
            unreached=plan.unreached,
        )


class SplitWire(Wire):
    """Where a large workflow comes apart best: after `earlier`, before `later`."""

    earlier: tuple[str, ...]
    later: tuple[str, ...]
    crossing: int


class LoadWire(Wire):
    """What an orchestrator has to do; `window` is that of the smallest known model of the workflow, else null."""

    edges: int
    dynamic_edges: int
    dynamic_share: float
    tokens: int
    model: str | None
    window: int | None
    window_share: float | None
    split: SplitWire | None

    @classmethod
    def of(cls, load: Load) -> LoadWire:
        """A load on the wire."""
        cut, taken = load.split, load.window_share
        return cls(
            edges=load.edges,
            dynamic_edges=load.dynamic_edges,
            dynamic_share=round(load.dynamic_share, 4),
            tokens=load.tokens,
            model=load.model,
            window=load.window,
            window_share=round(taken, 4) if taken is not None else None,
            split=SplitWire(earlier=cut.earlier, later=cut.later, crossing=cut.crossing) if cut is not None else None,
        )


def lines_of(plan: ExecutionPlan) -> Iterator[str]:
    """The execution plan for people."""
    for number, stage in enumerate(plan.stages, start=1):
        yield f"stage {number}: {_stage(stage)}"
    if len(plan.critical_path) > 1:
        yield f"critical path: {named(plan.critical_path, ' > ')} ({spent(plan.cost)})"
    for one in plan.independent:
        yield f"{one.first} and {one.second} could run at the same time: {one.second} needs nothing of {one.first}"
    for wait in plan.waits:
        yield f"{wait.target} waits for {named(wait.sources)}; {wait.last} comes last"
    for (most, bound), names in _alike(plan.executions).items():
        yield f"{_often(most, bound)}: {named(tuple(names))}"


def _alike(executions: Iterable[Executions]) -> Mapping[tuple[int | None, Bound], list[str]]:
    """The steps that may run more than once, by what bounds them."""
    found: dict[tuple[int | None, Bound], list[str]] = {}
    for one in executions:
        if one.bound is not Bound.ONCE:
            found.setdefault((one.most, one.bound), []).append(one.step)
    return found


def spent(cost: StepCost) -> str:
    """A cost in words."""
    if not cost.high:
        return "no model call is known"
    if cost.is_recorded:
        return f"recorded: {cost.typical:,.0f} effective tokens"
    return f"estimated: {cost.low:,.0f} to {cost.high:,.0f} effective tokens"


def named(names: tuple[str, ...], between: str = ", ") -> str:
    """The first names, and how many more there are."""
    left = len(names) - SHOWN
    return between.join(names[:SHOWN]) + (f"{between}{left} more" if left > 0 else "")


def _stage(stage: Stage) -> str:
    match stage.together:
        case Together.ALONE:
            return named(stage.steps)
        case Together.UNKNOWN:
            return f"{named(stage.steps)} (not known whether at the same time)"
        case _:
            return f"{named(stage.steps)} ({stage.together})"


def _often(most: int | None, bound: Bound) -> str:
    return f"{bound}, at most {most} times" if most is not None else f"{bound}, no bound is known"
