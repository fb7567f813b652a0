"""WF309: an argument that what is constructed does not take."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import ProgramFacts
from wflint.analyses.wording import is_nearly, nearest
from wflint.model.finding import Confidence, Level, Observation
from wflint.model.program import Program
from wflint.model.stray_argument import StrayArgument


def check(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """Every one, in whatever workflow; without a right name near it, a later release may take it."""
    del facts
    for stray in program.stray_arguments:
        near = nearest(stray.name, stray.taken)
        meant = near if near is not None and is_nearly(stray.name, near) else None
        yield Observation(
            message=f'{stray.constructed} takes no argument "{stray.name}"{_outcome(stray)}; {_advice(meant)}',
            span=stray.span,
            key=(stray.constructed, stray.name),
            level=Level.ERROR if stray.is_refused and meant is not None else Level.WARNING,
            confidence=Confidence.HIGH if meant is not None else Confidence.MEDIUM,
        )


def _outcome(stray: StrayArgument) -> str:
    return ", so the call fails" if stray.is_refused else " and silently ignores it"


def _advice(meant: str | None) -> str:
    return f'did you mean "{meant}"?' if meant is not None else "remove it, or move it to the call that takes it"
