"""Runs one rule over one hand-made workflow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tests.analyses.workflows import facts
from wflint.analyses.facts import Facts
from wflint.model.finding import Observation, Persona
from wflint.model.workflow import Workflow


def said(
    check: Callable[[Workflow, Facts], Iterator[Observation]], flow: Workflow, *others: Workflow
) -> list[tuple[int, str, str]]:
    """What a rule says: line, level (`page` where the page decides) and message, in order of place."""
    return _told(check(flow, facts(flow, *others)))


def heard(
    check: Callable[[Workflow, Facts], Iterator[Observation]], flow: Workflow, *others: Workflow
) -> list[tuple[int, str, str]]:
    """What everybody hears of it: nothing that a rule keeps for the pedantic and for auditors."""
    return _told(one for one in check(flow, facts(flow, *others)) if one.persona in (None, Persona.REGULAR))


def _told(found: Iterable[Observation]) -> list[tuple[int, str, str]]:
    return sorted((one.span.line, one.level.value if one.level else "page", one.message) for one in found)
