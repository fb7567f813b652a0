"""What a workflow is given when a run begins."""

from __future__ import annotations

from functools import reduce

from msgspec import Struct

from wflint.analyses.data.fields import EVERYTHING, NOTHING, FieldSet
from wflint.analyses.flow.wiring import replaces_state
from wflint.model.contract import Schema
from wflint.model.program import Program
from wflint.model.workflow import Edge, Invocation, Workflow


class Inputs(Struct, frozen=True):
    """What is set before the first step runs.

    `given` is set on every run, `possible` on some. `inherited` may come from a workflow that holds this one as a
    step. `guessed` is true where no visible call shows all it passes, so that any accepted field may be an input.
    `calls` are the visible calls.
    """

    given: FieldSet
    possible: FieldSet
    inherited: FieldSet
    guessed: bool
    calls: tuple[Invocation, ...]
    accepted: FieldSet

    @property
    def unknown(self) -> bool:
        """Whether nothing at all is known about the callers."""
        return not self.calls and self.inherited == NOTHING


def declared(schema: Schema | None) -> FieldSet:
    """The fields a schema lets through; an open or unknown one lets everything through."""
    return FieldSet(schema.names) if schema is not None and schema.closed else EVERYTHING


def channels(workflow: Workflow) -> FieldSet:
    """Every field that can hold a value: those of the state and those that steps declare as their own input."""
    own = {id(step.own_schema): step.own_schema for step in workflow.steps if step.own_schema is not None}
    return reduce(FieldSet.__or__, map(declared, own.values()), declared(workflow.state))


def inputs_of(workflow: Workflow, program: Program) -> Inputs:
    """What the callers of a workflow hand in, as far as the source shows it."""
    accepted = declared(workflow.inputs if workflow.inputs is not None else workflow.state)
    preset = _preset(workflow.state) | _preset(workflow.inputs)
    calls = workflow.invocations
    passed = [FieldSet.of(call.keys) & accepted for call in calls]
    always = reduce(FieldSet.__and__, passed) if passed else NOTHING
    sometimes = reduce(FieldSet.__or__, passed) if passed else NOTHING
    if not all(call.closed for call in calls):
        sometimes = accepted
    return Inputs(
        given=preset | always,
        possible=preset | sometimes,
        inherited=_inherited(workflow, program) & accepted,
        guessed=not calls or not all(call.closed for call in calls),
        calls=calls,
        accepted=accepted,
    )


def _preset(schema: Schema | None) -> FieldSet:
    return NOTHING if schema is None else FieldSet.of(field.name for field in schema.fields if field.preset)


def _inherited(workflow: Workflow, program: Program) -> FieldSet:
    outer = [program.workflow(identity) for identity in workflow.parents]
    return reduce(FieldSet.__or__, (_handed_down(parent, workflow) for parent in outer), NOTHING)


def _handed_down(parent: Workflow | None, workflow: Workflow) -> FieldSet:
    """What a workflow around this one hands down: its state, and the payloads that it sends here.

    What a step's own code hands to the workflow that it runs is a call like any other.
    """
    if parent is None:
        return EVERYTHING
    holding = [step for step in parent.steps if step.workflow == workflow.id]
    if holding and all(step.maps_fields for step in holding):
        return NOTHING
    holders = {step.id for step in holding if not step.maps_fields}
    sent = [edge for edge in parent.edges if edge.target in holders and replaces_state(edge)]
    return reduce(FieldSet.__or__, map(_sent, sent), channels(parent))


def _sent(edge: Edge) -> FieldSet:
    return FieldSet.of(edge.payload.keys) if edge.payload is not None and edge.payload.closed else EVERYTHING
