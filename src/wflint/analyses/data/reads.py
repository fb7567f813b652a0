"""Who reads what: the needs of steps and of the decisions after them, as one list."""

from __future__ import annotations

from dataclasses import dataclass

from wflint.analyses.flow.wiring import replaces_state
from wflint.analyses.wording import step_named
from wflint.model.contract import Certainty, Need
from wflint.model.workflow import START, Choice, Workflow


@dataclass(frozen=True, slots=True)
class Read:
    """A need of a step's own code, or of the decision after it where `choice` is given."""

    step: str
    need: Need
    choice: Choice | None = None

    @property
    def reader(self) -> str:
        """The reader as findings name it: `step "draft"`, `router "decide" after step "draft"`."""
        if self.choice is None:
            return step_named(self.step)
        return f'router "{self.choice.name}" after {step_named(self.step)}'

    @property
    def crashes(self) -> bool:
        """Whether the read fails for certain where the field is not set."""
        return self.need.required and self.need.certainty is Certainty.CERTAIN


def reads_of(workflow: Workflow) -> tuple[Read, ...]:
    """Every read of the shared state, once per reader and field; reads of a payload are not among them.

    A required read stands for the optional ones of the same reader.
    """
    ways_in = {step.id: [edge for edge in workflow.edges if edge.target == step.id] for step in workflow.steps}
    workers = {name for name, edges in ways_in.items() if edges and all(map(replaces_state, edges))}
    own = [
        Read(step.id, need)
        for step in workflow.steps
        if step.id not in workers
        for need in _shared(step.id, step.needs)
    ]
    decisions = [Read(choice.source, need, choice) for choice in workflow.choices for need in choice.needs]
    chosen: dict[tuple[str, str, Choice | None], Read] = {}
    for read in sorted([*own, *decisions], key=lambda read: (not read.crashes, not read.need.required, read.need.span)):
        chosen.setdefault((read.step, read.need.name, read.choice), read)
    return tuple(sorted(chosen.values(), key=lambda read: (read.need.span, read.step)))


def _shared(step: str, needs: tuple[Need, ...]) -> tuple[Need, ...]:
    return () if step == START else needs
