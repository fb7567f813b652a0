"""Workflows within workflows, and what each orchestrator has to hold to judge its own edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.analyses.execution.execution_plan import ExecutionPlan
from wflint.analyses.labels.effort import output_of
from wflint.analyses.runs.windows import window_of
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.program import Program
from wflint.model.workflow import END, START, Edge, Workflow

MANY_STEPS = 40
"""From so many steps on, a workflow is worth splitting."""
MUCH_HELD = 0.25
"""From such a share of the window on, too, where that much has to be held to judge the edges that are watched."""
_LEAST_PART = 4
"""Either part of a split has one of so many steps, at least."""


class Place(Struct, frozen=True):
    """A workflow in the tree of workflows: how deep it is, and which ones its steps run, in declared order."""

    workflow: str
    depth: int
    children: tuple[str, ...]


class Split(Struct, frozen=True):
    """Where a workflow comes apart best: `later` and what follows could be a workflow of its own.

    `crossing` are so many edges that would lead from one part to the other, forward and back.
    """

    earlier: tuple[str, ...]
    later: tuple[str, ...]
    crossing: int


class Load(Struct, frozen=True):
    """What an orchestrator has to do: so many edges, so many of them to be watched.

    `tokens` is about how much it holds to judge them: what the steps before them hand on. `window` is how much the
    smallest of the workflow's models takes at once, None where no model of it is known; `model` is that one.
    """

    edges: int
    dynamic_edges: int
    tokens: int
    model: str | None
    window: int | None
    split: Split | None

    @property
    def dynamic_share(self) -> float:
        """The share of the edges that are watched."""
        return self.dynamic_edges / self.edges if self.edges else 0.0

    @property
    def window_share(self) -> float | None:
        """The share of the window that is taken, None where that is not known."""
        return self.tokens / self.window if self.window else None


def hierarchy_of(program: Program) -> tuple[Place, ...]:
    """Every workflow, each after the one that runs it, those that nobody runs first and by id."""
    inner = {flow.id: _children(flow, program) for flow in program.workflows}
    held = {child for children in inner.values() for child in children}
    roots = sorted(flow.id for flow in program.workflows if flow.id not in held)
    found: dict[str, Place] = {}
    _place(roots, inner, found)
    _place(sorted(set(inner) - set(found)), inner, found)
    return tuple(found.values())


def _place(roots: Iterable[str], inner: Mapping[str, tuple[str, ...]], found: dict[str, Place]) -> None:
    pending = [(root, 0) for root in reversed(list(roots))]
    while pending:
        name, depth = pending.pop()
        if name not in found:
            found[name] = Place(name, depth, inner[name])
            pending.extend((child, depth + 1) for child in reversed(inner[name]))


def _children(workflow: Workflow, program: Program) -> tuple[str, ...]:
    named = dict.fromkeys(step.workflow for step in workflow.steps if step.workflow is not None)
    return tuple(name for name in named if program.workflow(name) is not None and name != workflow.id)


def load_of(workflow: Workflow, labels: Mapping[Edge, EdgeLabel], plan: ExecutionPlan) -> Load:
    """What the orchestrator of a workflow has to do."""
    dynamic = [edge for edge, label in labels.items() if label.label is Coordination.DYNAMIC]
    sources = [step for name in dict.fromkeys(edge.source for edge in dynamic) if (step := workflow.step(name))]
    windows = {step.model: window for step in workflow.steps if step.model and (window := window_of(step.model))}
    model = min(windows, key=lambda name: windows[name], default=None)
    window = windows[model] if model is not None else None
    tokens = sum(output_of(step, workflow) for step in sources)
    large = sum(len(stage.steps) for stage in plan.stages) >= MANY_STEPS
    heavy = window is not None and tokens >= MUCH_HELD * window
    return Load(
        edges=len(workflow.edges),
        dynamic_edges=len(dynamic),
        tokens=tokens,
        model=model,
        window=window,
        split=_split(workflow, plan) if large or heavy else None,
    )


def _split(workflow: Workflow, plan: ExecutionPlan) -> Split | None:
    """The cut between stages that fewest edges cross; of equals, the one nearest to the middle."""
    steps = sum(len(stage.steps) for stage in plan.stages)
    cuts = [cut for cut in _cuts(workflow, plan) if min(cut[1], steps - cut[1]) * _LEAST_PART >= steps]
    if not cuts:
        return None
    crossing, _, number = min(cuts, key=lambda cut: (cut[0], abs(2 * cut[1] - steps), cut[2]))
    return Split(plan.stages[number].steps, plan.stages[number + 1].steps, crossing)


def _cuts(workflow: Workflow, plan: ExecutionPlan) -> Iterator[tuple[int, int, int]]:
    """For each stage but the last: the edges across its end, the steps up to there, its number."""
    stage_of = {name: number for number, stage in enumerate(plan.stages) for name in stage.steps}
    change = [0] * (len(plan.stages) + 1)
    for edge in workflow.edges:
        if {edge.source, edge.target}.isdisjoint((START, END)) and edge.source in stage_of and edge.target in stage_of:
            first, last = sorted((stage_of[edge.source], stage_of[edge.target]))
            change[first] += 1
            change[last] -= 1
    crossing = steps = 0
    for number, stage in enumerate(plan.stages[:-1]):
        crossing += change[number]
        steps += len(stage.steps)
        yield crossing, steps, number
