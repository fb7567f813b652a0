"""WF111: a field is read that nobody writes, while somebody writes it under another name and nobody reads that."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.gaps import GapKind
from wflint.analyses.soft_matches import SoftMatch
from wflint.analyses.wording import dependents
from wflint.matching.scorer import SURE
from wflint.model.contract import Certainty
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Workflow

SHOWN = 2
"""So many reasons stand in the message."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every likely match of a read that could also be an input; what can be none is another rule's to say."""
    for match in facts.soft_matches:
        if match.gap.kind is GapKind.CALLER:
            yield _observation(workflow, facts, match)


def _observation(workflow: Workflow, facts: Facts, match: SoftMatch) -> Observation:
    read, source = match.gap.read, match.source
    pair = (source.step, read.step)
    edges = {(edge.source, edge.target) for edge in workflow.edges}
    because = "; ".join(reason.text for reason in match.reasons[:SHOWN] if reason.weight > 0)
    return Observation(
        message=f'{read.reader} reads "{read.need.name}", which no step writes, and nobody reads '
        f'"{source.offer.name}", which step "{source.step}" writes: probably the same '
        f"({match.similarity:.2f}{f': {because}' if because else ''}){dependents(facts.impact, read.step)}; "
        "use one name, or let the caller pass it",
        span=read.need.span,
        key=(read.reader, read.need.name),
        related=(Related(source.offer.span, f'step "{source.step}" writes "{source.offer.name}" here'),),
        level=_level(match),
        step=read.step,
        edge=pair if pair in edges else None,
        reasons=match.reasons,
    )


def _level(match: SoftMatch) -> Level:
    sure = match.similarity >= SURE and match.gap.read.crashes and match.source.offer.certainty is Certainty.CERTAIN
    return Level.WARNING if sure else Level.NOTE
