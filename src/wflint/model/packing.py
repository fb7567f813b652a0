"""Workflows as they are stored: a schema that many steps declare is written once."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from wflint.model.contract import Schema
from wflint.model.workflow import Step, Workflow

_REFERENCE = "#"
"""What the name of a schema begins with that stands for another one; no class has such a name."""


class Packing:
    """Takes the steps' own schemas out of workflows, each once, and leaves their numbers."""

    def __init__(self) -> None:
        self._schemas: dict[int, Schema] = {}
        self._references: dict[int, Schema] = {}

    @property
    def schemas(self) -> tuple[Schema, ...]:
        """What was taken out, by number."""
        return tuple(self._schemas.values())

    def packed(self, workflow: Workflow) -> Workflow:
        """The workflow, its steps with numbers for schemas."""
        return replace(workflow, steps=tuple(self._step(step) for step in workflow.steps))

    def _step(self, step: Step) -> Step:
        own = step.own_schema
        if own is None:
            return step
        if id(own) not in self._schemas:
            self._references[id(own)] = Schema(f"{_REFERENCE}{len(self._schemas)}", (), None)
            self._schemas[id(own)] = own
        return replace(step, own_schema=self._references[id(own)])


def digestible(workflows: Iterable[Workflow], *others: object) -> bytes:
    """All that there is in workflows and in other values, in a form whose size grows with that of the source."""
    packing = Packing()
    return msgspec.json.encode((tuple(map(packing.packed, workflows)), packing.schemas, others))


def unpacked(workflows: Iterable[Workflow], schemas: tuple[Schema, ...]) -> tuple[Workflow, ...]:
    """The workflows, their steps with schemas for numbers."""
    return tuple(replace(flow, steps=tuple(_whole(step, schemas) for step in flow.steps)) for flow in workflows)


def _whole(step: Step, schemas: tuple[Schema, ...]) -> Step:
    own = step.own_schema
    if own is None or not own.name.startswith(_REFERENCE):
        return step
    return replace(step, own_schema=schemas[int(own.name.removeprefix(_REFERENCE))])
