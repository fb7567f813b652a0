"""WF201: steps that do the same work, in different workflows or in one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.analyses.facts import ProgramFacts
from wflint.analyses.labels.effort import effort_of
from wflint.analyses.repetition.comparing import Placed
from wflint.analyses.repetition.duplicates import Situation, duplicates
from wflint.analyses.repetition.twins import Duplicate, Twin
from wflint.analyses.wording import listed
from wflint.matching.scorer import SURE
from wflint.model.finding import Level, Observation, Related
from wflint.model.patterns import pattern
from wflint.model.program import Program

SHOWN = 2
"""So many reasons stand in the message."""
APART = pattern(
    r"(^|[/_.-])(tests?|examples?|tutorials?|docs?|samples?|cookbooks?|notebooks?|ipynb|demos?)([/_.-]|$)",
    re.IGNORECASE,
)
"""Paths of code that repeats itself on purpose."""


def check(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """Every group of near duplicates, told at its first step."""
    found = duplicates(
        program, facts.matching, lambda flow: Situation(facts.of(flow).reachability, facts.of(flow).impact)
    )
    for duplicate in found:
        yield _observation(duplicate, facts)


def _observation(duplicate: Duplicate, facts: ProgramFacts) -> Observation:
    first, twins = duplicate.first, duplicate.twins
    nearest = max(twins, key=lambda twin: twin.match.similarity)
    others = " and ".join(_named(twin.placed, duplicate) for twin in twins[:SHOWN])
    more = f" and {len(twins) - SHOWN} more" if len(twins) > SHOWN else ""
    likely = "; ".join([f"{nearest.match.similarity:.2f}", *_reasons(nearest)])
    return Observation(
        message=f"{_named(first, duplicate)} probably does the same work as {others}{more} ({likely}); "
        f"{_saving(duplicate)}{_users(twins, facts)}",
        span=first.step.definition or first.step.span,
        key=(first.workflow.id, first.step.id, *_key(duplicate)),
        related=tuple(
            Related(twin.placed.step.definition or twin.placed.step.span, f"{_named(twin.placed, duplicate)} is here")
            for twin in twins
        ),
        level=Level.WARNING if any(_is_sure(first, twin) for twin in twins) else Level.NOTE,
        step=first.step.id,
        edge=(first.step.id, twins[0].placed.step.id) if duplicate.is_within else None,
        reasons=nearest.match.reasons,
    )


def _key(duplicate: Duplicate) -> tuple[str, ...]:
    if duplicate.is_within:
        return tuple(twin.placed.step.id for twin in duplicate.twins)
    return tuple(twin.placed.workflow.id for twin in duplicate.twins)


def _reasons(twin: Twin) -> list[str]:
    """What speaks most for it."""
    return [reason.text for reason in twin.match.reasons if reason.weight > 0][:SHOWN]


def _named(placed: Placed, duplicate: Duplicate) -> str:
    where = "" if duplicate.is_within else f' of "{placed.workflow.name}"'
    return f'step "{placed.step.id}"{where}'


def _saving(duplicate: Duplicate) -> str:
    """What one step for all of them would save, where one run needs several of them."""
    calls = len(duplicate.twins)
    tokens = sum(effort_of(twin.placed.step, twin.placed.workflow) for twin in duplicate.twins)
    return f"sharing it saves {calls} model call{'s' if calls > 1 else ''} (about {tokens} effective tokens)"


def _users(twins: tuple[Twin, ...], facts: ProgramFacts) -> str:
    """Who would take the shared output, and how much of the workflow hangs on the repeated one."""
    impacts = [(facts.of(twin.placed.workflow).impact, twin.placed.step.id) for twin in twins]
    users = dict.fromkeys(name for impact, step in impacts for name in impact.consumers(step))
    if not users:
        return ""
    impact, step = max(impacts, key=lambda pair: pair[0].share(pair[1]))
    count = impact.count(step)
    share = f"{count} of {impact.total} steps depend{'s' if count == 1 else ''} on it"
    return f", and {listed(users)} could reuse its output ({share})"


def _is_sure(first: Placed, twin: Twin) -> bool:
    paths = (first.workflow.span.path, twin.placed.workflow.span.path)
    likely = twin.agrees and twin.is_near and twin.match.similarity >= SURE
    return likely and not any(APART.search(path) for path in paths)
