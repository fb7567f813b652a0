"""WF111: a field is read, or asked for in words, that nobody makes, while somebody makes it under another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.analyses.data.gaps import GapKind
from wflint.analyses.data.soft_matches import SoftMatch
from wflint.analyses.facts import Facts
from wflint.analyses.prose.unoffered import Unoffered
from wflint.analyses.wording import dependents
from wflint.matching.scorer import SURE
from wflint.model.contract import Certainty
from wflint.model.finding import Level, Observation, Reason, Related
from wflint.model.workflow import Workflow

SHOWN = 2
"""So many reasons stand in the message."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every likely match of a read that could also be an input; what can be none is another rule's to say."""
    for match in facts.soft_matches:
        if match.gap.kind is GapKind.CALLER:
            yield _observation(workflow, facts, match)
    for found in facts.unoffered:
        yield _told(workflow, facts, found)


def _observation(workflow: Workflow, facts: Facts, match: SoftMatch) -> Observation:
    read, source = match.gap.read, match.source
    pair = (source.step, read.step)
    edges = {(edge.source, edge.target) for edge in workflow.edges}
    offered, advice = _offered(match)
    return Observation(
        message=f'{read.reader} reads "{read.need.name}", which no step writes, while {offered}: probably the same '
        f"({match.similarity:.2f}{_because(match.reasons)}){dependents(facts.impact, read.step)}; {advice}",
        span=read.need.span,
        key=(read.reader, read.need.name),
        related=(Related(source.offer.span, _here(match)),),
        level=_level(match),
        step=read.step,
        edge=pair if pair in edges else None,
        reasons=match.reasons,
    )


def _told(workflow: Workflow, facts: Facts, found: Unoffered) -> Observation:
    """A text asks for a field by another name than the one that it is made under."""
    pair = (found.source, found.step)
    edges = {(edge.source, edge.target) for edge in workflow.edges}
    makes = "is told to answer with" if found.told is not None else "offers"
    sure = found.similarity >= SURE and found.told is None
    return Observation(
        message=f'step "{found.step}" is told to use "{found.name}", which no earlier step produces, while step '
        f'"{found.source}" {makes} "{found.offer.name}": probably the same ({found.similarity:.2f}'
        f"{_because(found.reasons)}){dependents(facts.impact, found.step)}; use one name",
        span=found.ask.span,
        key=(found.step, found.name),
        related=(Related(found.offer.span, f'"{found.offer.name}" is here'),),
        level=Level.WARNING if sure else Level.NOTE,
        step=found.step,
        edge=pair if pair in edges else None,
        reasons=found.reasons,
    )


def _because(reasons: Iterable[Reason]) -> str:
    because = "; ".join(reason.text for reason in list(reasons)[:SHOWN] if reason.weight > 0)
    return f": {because}" if because else ""


def _offered(match: SoftMatch) -> tuple[str, str]:
    """What is said of the output, and what to do."""
    source = match.source
    if source.told is not None:
        what = f'step "{source.step}" is told to answer with "{source.offer.name}"'
        return what, "write it to the state or pass it in the call"
    what = f'"{source.offer.name}", written by step "{source.step}", is never read'
    return what, "use one name or pass it in the call"


def _here(match: SoftMatch) -> str:
    if match.source.told is not None:
        return f'"{match.source.told.sentence}" is written here'
    return f'step "{match.source.step}" writes "{match.source.offer.name}" here'


def _level(match: SoftMatch) -> Level:
    sure = match.similarity >= SURE and match.gap.read.crashes and match.source.offer.certainty is Certainty.CERTAIN
    return Level.WARNING if sure else Level.NOTE
