"""WF802: a prompt that was seen to grow with every round of a loop."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import step_named
from wflint.model.contract import Field
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Step, Workflow

APPENDING = frozenset({"add", "iadd", "concat", "iconcat"})
"""Names of `operator`'s functions that put two lists together."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Steps whose recorded input grew from round to round, with the field that the loop appends to, if there is one."""
    looping = {name for loop in facts.loops for name in loop.steps}
    for step in workflow.steps:
        seen = facts.recording.step(workflow.id, step.id) if facts.recording is not None else None
        if seen is None or not seen.growing or step.id not in looping:
            continue
        fields = tuple(_appended(step, workflow))
        cause = f', which reads "{fields[0].name}", to which each round appends' if fields else ""
        yield Observation(
            message=f"the prompt of {step_named(step.id)}{cause} grew with every round in {len(seen.growing)} recorded "
            "runs, to twice its size and more; pass on the last entries or a summary",
            span=step.span,
            key=(step.id,),
            related=tuple(Related(field.span, f'"{field.name}" is appended to') for field in fields),
            step=step.id,
        )


def _appended(step: Step, workflow: Workflow) -> Iterator[Field]:
    """Fields that the step reads and whose reducer appends."""
    for need in step.needs:
        field = workflow.state.field(need.name) if workflow.state is not None else None
        if field is not None and field.reducer in APPENDING:
            yield field
