"""The source graph by the names that traces use for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from wflint.model.workflow import END, START, EdgeKind, Exchange, Step, StepKind, Workflow
from wflint.traces.draft import Kind
from wflint.traces.table import Identity

_DATED = re.compile(r"[-@:]\d{4}-?\d{2}(-?\d{2})?$|-latest$")


class StepRef(Struct, frozen=True):
    """A step of a workflow of the source."""

    workflow: str
    step: str


class SourceIndex:
    """Finds the steps of workflows by what spans say."""

    def __init__(self, workflows: Iterable[Workflow]) -> None:
        self.workflows = {workflow.id: workflow for workflow in workflows}

    @cached_property
    def _runners(self) -> dict[str, list[StepRef]]:
        """The steps that run a workflow."""
        found: dict[str, list[StepRef]] = {}
        for workflow in self.workflows.values():
            for step in workflow.steps:
                if step.workflow is not None:
                    found.setdefault(step.workflow, []).append(StepRef(workflow.id, step.id))
        return found

    def only_runner_of(self, workflow: str) -> StepRef | None:
        """The one step that runs a workflow; None where none does, or several do."""
        runners = self._runners.get(workflow, [])
        return runners[0] if len(runners) == 1 else None

    def runners_of_ready_made(self, workflow: str) -> tuple[StepRef, ...]:
        """The steps that run a workflow all of which is made by one call; none of any other workflow."""
        flow = self.workflows.get(workflow)
        return tuple(self._runners.get(workflow, ())) if flow is not None and _is_ready_made(flow) else ()

    def comes_round(self, ref: StepRef, through: StepRef) -> bool:
        """Whether a run may come back to a step from another one, or from itself, as far as the source knows."""
        workflow = self.workflows.get(ref.workflow)
        if workflow is None or not workflow.complete_edges:
            return True
        return ref in (self._on_themselves if ref == through else self._in_circles)

    @cached_property
    def _on_themselves(self) -> frozenset[StepRef]:
        """The steps that an edge leads from to themselves."""
        flows = self.workflows.values()
        return frozenset(
            StepRef(flow.id, one.source) for flow in flows for one in flow.edges if one.source == one.target
        )

    @cached_property
    def _in_circles(self) -> frozenset[StepRef]:
        """The steps that edges lead back to."""
        found = set()
        for workflow in self.workflows.values():
            targets: dict[str, set[str]] = {}
            for edge in workflow.edges:
                targets.setdefault(edge.source, set()).add(edge.target)
            found |= {StepRef(workflow.id, step) for step in targets if step in _reached(step, targets)}
        return frozenset(found)

    def step(self, ref: StepRef) -> Step:
        """The step itself."""
        found = self.workflows[ref.workflow].step(ref.step)
        assert found is not None
        return found

    def family(self, workflow: str) -> frozenset[str]:
        """A workflow with all that are around or inside it."""
        found, waiting = {workflow}, [workflow]
        while waiting:
            current = self.workflows[waiting.pop()]
            near = [step.workflow for step in current.steps if step.workflow] + [*current.parents, current.parent or ""]
            new = {name for name in near if name in self.workflows} - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    def find(self, identity: Identity, among: Iterable[str]) -> StepRef | None:
        """The step that spans of an identity belong to, by what they say themselves."""
        flows = [self.workflows[name] for name in among]
        if identity.path:
            found = self._by_path(identity.path.split("|"), flows)
            if found is not None:
                return self.folded(found)
        worker = identity.name if identity.kind in (Kind.AGENT, Kind.STEP) else ""
        for name in (identity.step, identity.agent, worker):
            found = self._by_name(name, flows) if name else None
            if found is not None:
                return self.folded(found)
        found = _by_span_name(identity.name, flows)
        return self.folded(found) if found is not None else None

    def by_model(self, model: str, among: Iterable[str]) -> StepRef | None:
        """The one step that uses a model; None where several do, or may: code of which nobody knows the model."""
        flows = [self.workflows[name] for name in among]
        if not model or any(_may_call(step, flow) for flow in flows for step in flow.steps):
            return None
        bare = bare_model(model)
        fits = {
            StepRef(flow.id, step.id)
            for flow in flows
            for step in flow.steps
            if step.model is not None and bare_model(step.model) == bare
        }
        return self.folded(fits.pop()) if len(fits) == 1 else None

    def worked_by(self, name: str) -> tuple[StepRef, ...]:
        """The steps whose work somebody of this name does.

        None of a workflow in which one that works is a step by itself, too: of such a one nobody can tell where it was
        at work, and the others would stand for a part of the workflow.
        """
        found = self._by_worker.get(name, ())
        return tuple(ref for ref in found if ref.workflow not in self._with_loners)

    def collects(self, ref: StepRef) -> bool:
        """Whether a step waits until several things have come in."""
        return ref in self._collectors

    @cached_property
    def _collectors(self) -> frozenset[StepRef]:
        return frozenset(
            StepRef(flow.id, edge.target)
            for flow in self.workflows.values()
            for edge in flow.edges
            if edge.join is not None or edge.kind is EdgeKind.FAN_IN
        )

    @cached_property
    def _by_worker(self) -> dict[str, list[StepRef]]:
        found: dict[str, list[StepRef]] = {}
        for flow in self.workflows.values():
            for step in flow.steps:
                for name in _workers_of(step):
                    found.setdefault(name, []).append(StepRef(flow.id, step.id))
        return found

    @cached_property
    def _with_loners(self) -> frozenset[str]:
        """The workflows in which one that works is a step by itself, too, elsewhere than in what its own step runs."""
        homes: dict[str, set[str]] = {}
        for flow in self.workflows.values():
            for step in flow.steps:
                homes.setdefault(step.id, set()).add(flow.id)
        return frozenset(
            flow.id
            for flow in self.workflows.values()
            for step in flow.steps
            if any(homes.get(name, set()) - {step.workflow} for name in _workers_of(step))
        )

    def is_worker(self, name: str) -> bool:
        """Whether the source knows somebody of this name who does the work of a step."""
        return name in self._by_worker

    def folded(self, ref: StepRef) -> StepRef:
        """The step itself, or the one that runs its workflow where all of that is made by one call."""
        workflow = self.workflows[ref.workflow]
        runners = self._runners.get(workflow.id, [])
        only = len(runners) == 1 and runners[0] != ref
        return self.folded(runners[0]) if only and _is_ready_made(workflow) else ref

    def _by_path(self, names: list[str], flows: list[Workflow]) -> StepRef | None:
        best: tuple[int, StepRef] | None = None
        for flow in flows:
            found = self._follow(names, flow)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        return best[1] if best is not None else None

    def _follow(self, names: list[str], flow: Workflow) -> tuple[int, StepRef] | None:
        """How far a path leads into a workflow: the step that runs a ready-made one is the last that is told apart."""
        found: tuple[int, StepRef] | None = None
        current: Workflow | None = flow
        for depth, name in enumerate(names):
            step = current.step(name) if current is not None else None
            if current is None or step is None:
                break
            found = depth, StepRef(current.id, name)
            inner = self.workflows.get(step.workflow or "")
            current = inner if inner is not None and not _is_ready_made(inner) else None
        return found

    def _by_name(self, name: str, flows: list[Workflow]) -> StepRef | None:
        """By the name of a step, of who does its work, or of the workflow that it runs."""
        ids = [StepRef(flow.id, name) for flow in flows if flow.step(name) is not None]
        if ids:
            return ids[0]
        near = {flow.id for flow in flows}
        workers = [ref for ref in self.worked_by(name) if ref.workflow in near]
        if len(workers) == 1:
            return workers[0]
        named = [flow for flow in flows if name in (flow.name, flow.id.rpartition("::")[2])]
        runners = [runner for flow in named for runner in self._runners.get(flow.id, [])]
        return runners[0] if len(runners) == 1 else None


def _is_ready_made(workflow: Workflow) -> bool:
    """Whether all of a workflow is made by one call."""
    return all(step.span == workflow.span for step in workflow.steps if step.id not in (START, END))


def _workers_of(step: Step) -> tuple[str, ...]:
    """Who does the work of a step."""
    return (step.worker, *step.agents) if step.worker else step.agents


def _reached(step: str, targets: dict[str, set[str]]) -> set[str]:
    """What follows a step, at once or later."""
    found: set[str] = set()
    waiting = {step}
    while waiting:
        new = targets.get(waiting.pop(), set()) - found
        found |= new
        waiting |= new
    return found


def _may_call(step: Step, workflow: Workflow) -> bool:
    """Whether a step may call models that the source does not name: an agent's, or any from the code of a node."""
    if step.model is not None or step.id in (START, END):
        return False
    if step.kind is StepKind.AGENT:
        return True
    return step.kind is StepKind.FUNCTION and (workflow.exchange is Exchange.STATE or bool(step.calls))


def _by_span_name(name: str, flows: list[Workflow]) -> StepRef | None:
    """By a span called `Workflow.step`."""
    owner, dot, step = name.partition(".")
    if not dot:
        return None
    fits = (flow for flow in flows if owner in (flow.name, flow.id.rpartition("::")[2]))
    return next((StepRef(flow.id, step) for flow in fits if flow.step(step) is not None), None)


def bare_model(model: str) -> str:
    """A model's name without provider and date."""
    return _DATED.sub("", model.rpartition("/")[2].rpartition(":")[2])
