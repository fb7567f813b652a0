"""Runs one rule over one hand-made workflow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.analyses.workflows import facts
from wflint.analyses.facts import Facts
from wflint.model.finding import Observation
from wflint.model.workflow import Workflow


def said(
    check: Callable[[Workflow, Facts], Iterator[Observation]], flow: Workflow, *others: Workflow
) -> list[tuple[int, str, str]]:
    """What a rule says: line, level (`page` where the page decides) and message, in order of place."""
    found = check(flow, facts(flow, *others))
    return sorted((one.span.line, one.level.value if one.level else "page", one.message) for one in found)
