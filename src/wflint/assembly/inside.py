"""Workflows that the code of a step runs by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import Object
from wflint.model.span import Span
from wflint.model.workflow import Step, StepKind


def started(calls: Iterable[LibraryCall], runs: Callable[[str], bool]) -> tuple[Object, ...]:
    """The objects that observed calls run; `runs` tells by its path whether a call does."""
    return tuple(call.receiver for call in calls if isinstance(call.receiver, Object) and runs(call.path))


def running(step: Step, inner: Span | None) -> Step:
    """The step as one that runs the workflow which is shown at `inner`, None where that is not in the source."""
    workflow = str(inner) if inner is not None else None
    return replace(step, kind=StepKind.SUBWORKFLOW, workflow=workflow, translates=True)
