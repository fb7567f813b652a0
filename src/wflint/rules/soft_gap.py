"""WF111: a field is read, or asked for in words, that nobody makes, while somebody makes it under another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.analyses.data.gaps import GapKind
from wflint.analyses.data.soft_matches import SoftMatch
from wflint.analyses.facts import Facts
from wflint.analyses.prose.in_words import InWords
from wflint.analyses.prose.unoffered import Unoffered
from wflint.analyses.wording import dependents
from wflint.matching.scorer import SURE
from wflint.model.contract import Certainty
from wflint.model.finding import Level, Observation, Persona, Reason, Related
from wflint.model.workflow import Workflow

SHOWN = 2
"""So many reasons stand in the message."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every likely match of a read that could also be an input; what can be none is another rule's to say."""
    for match in facts.soft_matches:
        match match.gap.kind:
            case GapKind.CALLER:
                yield _observation(workflow, facts, match, "which no step writes")
            case GapKind.EMPTY:
                yield _observation(workflow, facts, match, "which no step writes and no call passes: it stays empty")
            case GapKind.SERVED:
                yield _observation(workflow, facts, match, _as_it_began(workflow, facts, match))
            case _:
                pass
    for found in facts.unoffered:
        yield _told(workflow, facts, found)
    for spoken in facts.in_words:
        yield _in_words(workflow, spoken)


def _as_it_began(workflow: Workflow, facts: Facts, match: SoftMatch) -> str:
    """What is said of a field that is set before the first step and by no step after it."""
    reader = match.gap.read.step
    unseen = any(step.offers_open and facts.reachability.leads(step.id, reader) for step in workflow.steps)
    return "which no step is seen to write" if unseen else "which no step writes: it keeps what it begins with"


def _observation(workflow: Workflow, facts: Facts, match: SoftMatch, fate: str) -> Observation:
    read, source = match.gap.read, match.source
    pair = (source.step, read.step)
    edges = {(edge.source, edge.target) for edge in workflow.edges}
    offered, advice = _offered(match)
    likely = "probably the same" if match.is_likely else "nothing comes nearer"
    return Observation(
        message=f'{read.reader} reads "{read.need.name}", {fate}, while {offered}: {likely} '
        f"({match.similarity:.2f}{_because(match.reasons)}){dependents(facts.impact, read.step)}; {advice}",
        span=read.need.span,
        key=(read.reader, read.need.name),
        related=(Related(source.offer.span, _here(match)),),
        level=_level(match),
        persona=None if _is_for_all(match) else Persona.PEDANTIC,
        step=read.step,
        edge=pair if pair in edges else None,
        reasons=match.reasons,
    )


def _told(workflow: Workflow, facts: Facts, found: Unoffered) -> Observation:
    """A text asks for a field by another name than the one that it is made under."""
    pair = (found.source, found.step)
    edges = {(edge.source, edge.target) for edge in workflow.edges}
    sure = found.similarity >= SURE and found.told is None
    return Observation(
        message=f'step "{found.step}" is told to use "{found.name}", which no earlier step produces'
        f"{_nearest(found, dependents(facts.impact, found.step))}",
        span=found.ask.span,
        key=(found.step, found.name),
        related=(Related(found.offer.span, f'"{found.offer.name}" is here'),),
        level=Level.WARNING if sure else Level.NOTE,
        persona=None if found.is_likely else Persona.PEDANTIC,
        step=found.step,
        edge=pair if pair in edges else None,
        reasons=found.reasons,
    )


def _nearest(found: Unoffered, touched: str) -> str:
    """What is made instead, as far as anything comes near."""
    how = f"({found.similarity:.2f}{_because(found.reasons)})"
    if not found.is_likely:
        nearest = f'"{found.offer.name}" of step "{found.source}"'
        return f"; the nearest, {nearest}, is hardly the same {how}{touched}; produce it or leave it out"
    makes = "is told to answer with" if found.told is not None else "offers"
    instead = f'while step "{found.source}" {makes} "{found.offer.name}"'
    return f", {instead}: probably the same {how}{touched}; use one name"


def _in_words(workflow: Workflow, found: InWords) -> Observation:
    """A text asks for a result that no field names."""
    pair = (found.source.id, found.step)
    edges = {(edge.source, edge.target) for edge in workflow.edges}
    what = "" if found.made == found.source.id else f' ("{found.made}")'
    return Observation(
        message=f'step "{found.step}" is told to use "{found.phrase}", which no step offers under that name; the '
        f'likeliest is what step "{found.source.id}" makes{what} ({found.similarity:.2f}{_because(found.reasons)}); '
        "use the same words on both sides or declare a field",
        span=found.ask.span,
        key=(found.step, found.source.id, found.phrase),
        related=(Related(found.source.span, f'step "{found.source.id}" is here'),),
        level=Level.NOTE,
        persona=Persona.PEDANTIC,
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


def _is_for_all(match: SoftMatch) -> bool:
    """Whether the field has no value unless a caller whom nobody sees passes it, and only later steps read it.

    One that certainly stays empty is for all.
    """
    if match.gap.kind is GapKind.EMPTY:
        return not match.is_read_before
    return match.gap.kind is GapKind.CALLER and match.is_likely and not match.is_read_before


def _level(match: SoftMatch) -> Level:
    certain = match.gap.read.crashes and match.source.offer.certainty is Certainty.CERTAIN
    sure = (match.similarity >= SURE or match.gap.kind is GapKind.EMPTY) and certain and _is_for_all(match)
    return Level.WARNING if sure else Level.NOTE
