"""Who reads what: the needs of steps and of the decisions after them, as one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from wflint.analyses.flow.wiring import replaces_state
from wflint.analyses.wording import step_named
from wflint.model.contract import Certainty, Need
from wflint.model.workflow import START, Choice, Workflow


class Read(Struct, frozen=True):
    """A need of a step's own code, or of the decision after it where `choice` is given.

    `demanded_by` is the schema that needs the field, where no code reads it.
    """

    step: str
    need: Need
    choice: Choice | None = None
    demanded_by: str = ""

    @property
    def claim(self) -> str:
        """What the reader does, as findings say it: `step "draft" reads "text"`."""
        name = self.need.name
        if self.demanded_by:
            return f'{self.reader} is given {self.demanded_by}, which requires "{name}"'
        return f'{self.reader} reads "{name}"'

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


class Reads(Struct, frozen=True):
    """Every read of a workflow, in order of place, by the step whose own code makes it, and by field."""

    all: tuple[Read, ...]
    own: Mapping[str, tuple[Read, ...]]
    by_field: Mapping[str, tuple[Read, ...]]

    @classmethod
    def of(cls, workflow: Workflow) -> Reads:
        """The reads of a workflow's steps and decisions."""
        found = reads_of(workflow)
        own = _gathered((read.step, read) for read in found if read.choice is None)
        return cls(found, own, _gathered((read.need.name, read) for read in found))

    def into(self, step: str) -> tuple[Read, ...]:
        """What the step's own code reads of the shared state."""
        return self.own.get(step, ())

    def of_field(self, name: str) -> tuple[Read, ...]:
        """Who reads a field."""
        return self.by_field.get(name, ())


def _gathered(pairs: Iterable[tuple[str, Read]]) -> Mapping[str, tuple[Read, ...]]:
    found: dict[str, list[Read]] = defaultdict(list)
    for key, read in pairs:
        found[key].append(read)
    return {key: tuple(reads) for key, reads in found.items()}


def reads_of(workflow: Workflow) -> tuple[Read, ...]:
    """Every read of the shared state, once per reader and field; reads of a payload are not among them.

    A required read stands for the optional ones of the same reader.
    """
    workers = {name for name, edges in workflow.index.incoming.items() if all(map(replaces_state, edges))}
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
