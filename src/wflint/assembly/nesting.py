"""Steps whose code runs a workflow: whatever framework either is of, the one is nested in the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.actors import Actors, spans_of
from wflint.assembly.chains.assembling import CodeWorkflow
from wflint.assembly.chains.runs import Run
from wflint.model.span import Span
from wflint.model.workflow import Step, StepKind, Workflow

PLAIN = frozenset({StepKind.FUNCTION, StepKind.AGENT, StepKind.SUBWORKFLOW})
"""Kinds of steps that are nothing more particular than a workflow."""


class Inside(Struct):
    """What runs within a function: workflows, by their places, and agents that are none."""

    workflows: set[str] = field(default_factory=set)
    agents: list[Step] = field(default_factory=list)


class Nesting(Struct, frozen=True):
    """What runs within which function or class: the chain there, or what is run there alone."""

    inside: dict[Span, Inside]

    @classmethod
    def of(cls, runs: Iterable[Run], chained: Sequence[CodeWorkflow], actors: Actors) -> Nesting:
        """What all the runs tell."""
        chains = {run: chain.workflow for chain in chained for run in chain.runs}
        found: dict[Span, Inside] = {}
        for run in runs:
            actor = actors.of(run.subject)
            for span, workflow in _held(run, chains.get(run), actors.workflow_of(run.subject)):
                inside = found.setdefault(span, Inside())
                if workflow is not None:
                    inside.workflows.add(workflow.id)
                elif actor is not None:
                    inside.agents += actor.steps
        return cls(found)

    def nested(self, workflow: Workflow) -> Workflow:
        """The workflow, its steps with the workflows that their code runs."""
        return replace(workflow, steps=tuple(self._step(step, workflow) for step in workflow.steps))

    def _step(self, step: Step, workflow: Workflow) -> Step:
        if step.workflow is not None or step.definition is None or step.kind not in PLAIN:
            return step
        inside = self.inside.get(step.definition, Inside())
        held = inside.workflows - {workflow.id}
        if len(held) == 1:
            return replace(step, kind=StepKind.SUBWORKFLOW, workflow=next(iter(held)), maps_fields=True)
        if inside.agents and step.kind is StepKind.FUNCTION:
            return replace(step, kind=StepKind.AGENT, model=step.model or inside.agents[0].model)
        return step


def _held(run: Run, chain: Workflow | None, alone: Workflow | None) -> Iterator[tuple[Span, Workflow | None]]:
    """The functions and classes that were under way: those around a chain run that, those within it what is run."""
    within = chain is None
    for frame in run.api_call.stack:
        workflow = alone if within else chain
        for span in spans_of(frame):
            yield span, workflow
            within = within or (chain is not None and span == chain.span)
