"""WF802: a prompt that grows with every round of a loop, as the code says or as runs have shown."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, step_named
from wflint.model.contract import APPENDING, Field
from wflint.model.finding import Cause, Confidence, Level, Observation, Related
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Steps whose recorded input grew from round to round; steps that tell a model all that each round adds to."""
    yield from _recorded(workflow, facts)
    for found in facts.swelling:
        told = found.told
        yield _written(
            Observation(
                message=f'{step_named(found.step)} tells its model all of "{told.name}", to which '
                f"{listed(found.adding)} {'adds' if len(found.adding) == 1 else 'add'} in each round of the loop: "
                f"{ADVICE}",
                span=told.span,
                key=(found.step, told.name),
                step=found.step,
            )
        )
    for loop in workflow.swelling_loops:
        yield _written(
            Observation(
                message=f'each round of the loop tells {listed((loop.step,))} all of "{loop.told.name}", '
                f"to which it adds: {ADVICE}",
                span=loop.told.span,
                key=(loop.step, loop.told.name),
                related=(Related(loop.span, "the loop"),),
                step=loop.step if workflow.step(loop.step) is not None else None,
            )
        )


ADVICE = "what it costs grows with the square of the rounds; pass on the last entries or a summary"


def _written(seen: Observation) -> Observation:
    """What the source says, and no run has shown: there may be few rounds."""
    cause = Cause("growing prompt", seen.key)
    return replace(seen, level=Level.NOTE, confidence=Confidence.MEDIUM, cause=cause)


def _recorded(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
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
            cause=Cause("growing prompt", (step.id, fields[0].name)) if fields else None,
        )


def _appended(step: Step, workflow: Workflow) -> Iterator[Field]:
    """Fields that the step reads and whose reducer appends."""
    for need in step.needs:
        field = workflow.state.field(need.name) if workflow.state is not None else None
        if field is not None and field.reducer in APPENDING:
            yield field
