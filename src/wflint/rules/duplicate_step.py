"""WF201: steps of different workflows that do the same work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.analyses.duplicates import Duplicate, Placed, Twin, duplicates
from wflint.analyses.effort import effort_of
from wflint.analyses.facts import ProgramFacts
from wflint.analyses.wording import listed
from wflint.matching.scorer import SURE
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Program

SHOWN = 2
"""So many reasons stand in the message."""
APART = re.compile(
    r"(^|[/_.-])(tests?|examples?|tutorials?|docs?|samples?|cookbooks?|notebooks?|demos?)([/_.-]|$)", re.IGNORECASE
)
"""Paths of code that repeats itself on purpose."""


def check(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """Every group of near duplicates, told at its first step."""
    for duplicate in duplicates(program, facts.matching):
        yield _observation(duplicate, facts)


def _observation(duplicate: Duplicate, facts: ProgramFacts) -> Observation:
    first, twins = duplicate.first, duplicate.twins
    nearest = max(twins, key=lambda twin: twin.match.similarity)
    others = " and ".join(_named(twin.placed) for twin in twins[:SHOWN])
    more = f" and {len(twins) - SHOWN} more" if len(twins) > SHOWN else ""
    likely = "; ".join([f"{nearest.match.similarity:.2f}", *_reasons(nearest)])
    return Observation(
        message=f"{_named(first)} probably does the same work as {others}{more} ({likely}); "
        f"{_saving(duplicate)}{_users(twins, facts)}",
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


def _reasons(twin: Twin) -> list[str]:
    """What speaks most for it."""
    return [reason.text for reason in twin.match.reasons if reason.weight > 0][:SHOWN]


def _named(placed: Placed) -> str:
    return f'step "{placed.step.id}" of "{placed.workflow.name}"'


def _saving(duplicate: Duplicate) -> str:
    """What one step for all of them would save, where one run needs several of the workflows."""
    calls = len(duplicate.twins)
    tokens = sum(effort_of(twin.placed.step, twin.placed.workflow) for twin in duplicate.twins)
    return f"shared, it would save {calls} model call{'s' if calls > 1 else ''} (about {tokens} effective tokens)"


def _users(twins: tuple[Twin, ...], facts: ProgramFacts) -> str:
    """Who would take the shared output."""
    users = dict.fromkeys(
        name for twin in twins for name in facts.of(twin.placed.workflow).impact.of(twin.placed.step.id)
    )
    return f", and {listed(users)} could take its output" if users else ""


def _is_sure(first: Placed, twin: Twin) -> bool:
    paths = (first.workflow.span.path, twin.placed.workflow.span.path)
    return twin.agrees and twin.match.similarity >= SURE and not any(APART.search(path) for path in paths)
