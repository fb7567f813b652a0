"""Nested workflows that go by one list which is always empty when they are asked."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.analyses.data.inputs import Inputs
from wflint.model.contract import Need
from wflint.model.program import Program
from wflint.model.workflow import Exchange, Step, Workflow


class Unheard(Struct, frozen=True):
    """A step that is a workflow of its own, and all that this one reads: a list to which nobody has added anything."""

    step: Step
    need: Need


def unheard(workflow: Workflow, program: Program, inputs: Inputs) -> Iterator[Unheard]:
    """Every such step, where all writers are seen, and all runs, which begin with something that it is not told.

    What the step itself adds comes too late for it.
    """
    calls = () if inputs.guessed or workflow.persisted else inputs.calls
    seen = bool(calls) and all(call.closed and {*call.keys} - {*call.empty} for call in calls)
    if not seen or workflow.state is None or workflow.exchange is not Exchange.STATE:
        return
    unseen = [step.id for step in workflow.steps if step.offers_open]
    for step in workflow.steps:
        inner = program.workflow(step.workflow) if step.workflow is not None and not step.maps_fields else None
        shared = _shared(workflow, inner)
        if len(shared) != 1 or step.needs_open or {need.name for need in step.needs} != shared:
            continue
        need = step.needs[0]
        field = workflow.state.field(need.name)
        grows = field is not None and field.preset and field.reducer is not None
        others = any(writer.id != step.id for writer, _ in workflow.index.writers(need.name))
        others = others or any(name != step.id for name in unseen)
        passed = any(need.name in call.keys and need.name not in call.empty for call in calls)
        if grows and not others and not passed and need.name not in inputs.inherited:
            yield Unheard(step, need)


def _shared(workflow: Workflow, inner: Workflow | None) -> frozenset[str]:
    """The fields of the state that a nested workflow is shown; none where they are not all known."""
    if inner is None or inner.state is None or workflow.state is None or not inner.state.closed:
        return frozenset()
    return frozenset(inner.state.names) & frozenset(workflow.state.names)
