"""WF201: steps of different workflows that do the same work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.analyses.duplicates import Duplicate, Placed, Twin, duplicates
from wflint.analyses.effort import effort_of
from wflint.analyses.facts import ProgramFacts
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Program

SURE = 0.8
"""From this similarity on it is worth a warning."""
SHOWN = 2
"""So many reasons stand in the message."""
APART = re.compile(r"(^|[/_.-])(tests?|examples?|tutorials?|docs?|samples?|cookbooks?|notebooks?|demos?)([/_.-]|$)", re.I)
"""Paths of code that repeats itself on purpose."""


def check(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """Every group of near duplicates, told at its first step."""
    for duplicate in duplicates(program, facts.matching):
        yield _observation(duplicate, facts)


def _observation(duplicate: Duplicate, facts: ProgramFacts) -> Observation:
    first, twins = duplicate.first, duplicate.twins
    nearest = max(twins, key=lambda twin: twin.match.similarity)
    because = "; ".join(reason.text for reason in nearest.match.reasons if reason.weight > 0)
    return Observation(
        message=f"{_named(first)} probably does the same work as {' and '.join(_named(t.placed) for t in twins[:SHOWN])}"
        f" ({nearest.match.similarity:.2f}{f': {because}' if because else ''}); {_saving(duplicate)}{_users(twins, facts)}",
        span=first.step.definition or first.step.span,
        key=(first.workflow.id, first.step.id, *(twin.placed.workflow.id for twin in twins)),
        related=tuple(
            Related(twin.placed.step.definition or twin.placed.step.span, f"{_named(twin.placed)} is here")
            for twin in twins
        ),
        level=Level.WARNING if any(_is_sure(first, twin) for twin in twins) else Level.NOTE,
        step=first.step.id,
        reasons=nearest.match.reasons,
    )


def _named(placed: Placed) -> str:
    return f'step "{placed.step.id}" of "{placed.workflow.name}"'
