"""WF803: recorded inputs that come close to what a model takes."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.runs.windows import window_of
from wflint.analyses.wording import step_named
from wflint.model.finding import Observation
from wflint.model.workflow import Workflow

NEAR = 0.8
"""Share of the window from which the next, longer input may not fit."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Steps whose largest recorded input nearly fills the window of every model that they called."""
    for step in workflow.steps:
        seen = facts.recording.step(workflow.id, step.id) if facts.recording is not None else None
        if seen is None or seen.largest_input is None or not seen.models:
            continue
        windows = [window_of(model) for model in seen.models]
        known = [window for window in windows if window is not None]
        if len(known) < len(windows) or seen.largest_input < NEAR * max(known):
            continue
        yield Observation(
            message=f"{step_named(step.id)} read {seen.largest_input:,} tokens in a recorded call, "
            f"{seen.largest_input / max(known):.0%} of the {max(known):,} that {seen.models[0]} takes; trim or "
            "summarise what flows in",
            span=step.span,
            key=(step.id,),
            step=step.id,
        )
