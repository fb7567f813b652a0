"""Reads that nobody serves under their own name, and the idle output upstream that is probably meant.

What a model is told to answer with counts as an output too, though a step that writes it is always the better one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.analyses.data.gaps import Gap, GapKind, Source
from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.prose.statements import StatementKind, fields_told
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.finding import Reason
from wflint.model.workflow import Workflow

if TYPE_CHECKING:
    from wflint.matching.subjects import FieldText

LONELY = frozenset({GapKind.UNDECLARED, GapKind.NEVER, GapKind.CALLER})
"""Gaps of fields that no step writes at all."""


class SoftMatch(Struct, frozen=True):
    """An output that is probably what a read asks for, under another name; `similarity` is how probably, 0..1."""

    gap: Gap
    source: Source
    similarity: float
    reasons: tuple[Reason, ...]


def soft_matches(
    workflow: Workflow, gaps: Iterable[Gap], reachability: Reachability, shared: SharedMatcher
) -> tuple[SoftMatch, ...]:
    """The likely outputs for reads that have none, the likeliest first; an output serves one field."""
    wanted = [(gap, sources) for gap, sources in _lonely(workflow, gaps, reachability) if sources]
    if not wanted:
        return ()
    needs: dict[str, str] = {}
    offers: dict[str, str] = {}
    found: list[SoftMatch] = []
    for match in sorted(
        _judged(workflow, wanted, shared), key=lambda match: (match.source.told is not None, -match.similarity)
    ):
        need, offer = match.gap.read.need.name, match.source.offer.name
        if needs.setdefault(need, offer) == offer and offers.setdefault(offer, need) == need:
            found.append(match)
    return tuple({(match.gap.read.reader, match.gap.read.need.name): match for match in reversed(found)}.values())


def _lonely(
    workflow: Workflow, gaps: Iterable[Gap], reachability: Reachability
) -> Iterator[tuple[Gap, tuple[Source, ...]]]:
    """Each gap of a field that nobody writes, with the idle outputs before it; what first steps read is an input."""
    lonely = [gap for gap in gaps if gap.kind in LONELY and not _is_input(workflow, gap)]
    if not lonely:
        return
    read = _read(workflow)
    idle, told = _idle(workflow, read), _told(workflow)
    by_name: dict[str, list[tuple[Gap, tuple[Source, ...]]]] = defaultdict(list)
    for gap in lonely:
        name = gap.read.need.name
        meant = (source for source in told if source.offer.name == name or source.offer.name not in read)
        before = (source for source in (*idle, *meant) if reachability.precedes(source.step, gap.read.step))
        by_name[name].append((gap, tuple(before)))
    for pairs in by_name.values():
        if all(before for _, before in pairs):
            yield from pairs


def _is_input(workflow: Workflow, gap: Gap) -> bool:
    return gap.kind is GapKind.CALLER and workflow.inputs is not None and workflow.inputs != workflow.state


def _read(workflow: Workflow) -> frozenset[str]:
    """The fields that some step, router or caller reads."""
    read = {need.name for step in workflow.steps for need in step.needs}
    read |= {need.name for choice in workflow.choices for need in choice.needs}
    return frozenset(read | {field for call in workflow.invocations for field in call.takes})


def _idle(workflow: Workflow, read: frozenset[str]) -> tuple[Source, ...]:
    """The outputs that nobody reads under their own name, the last write of each field."""
    sources = {
        (step.id, offer.name): Source(step.id, offer)
        for step in workflow.steps
        for offer in step.offers
        if offer.name not in read
    }
    return tuple(sources.values())


def _told(workflow: Workflow) -> tuple[Source, ...]:
    """What models are told to answer with, where no step writes a field of that name."""
    written = {offer.name for step in workflow.steps for offer in step.offers}
    return tuple(
        Source(step.id, Offer(name, told.span, Certainty.POSSIBLE, description=told.sentence), told)
        for step in workflow.steps
        for name, told in fields_told(step, StatementKind.PROMISE).items()
        if name not in written
    )


def _judged(
    workflow: Workflow, wanted: list[tuple[Gap, tuple[Source, ...]]], shared: SharedMatcher
) -> Iterator[SoftMatch]:
    pairs = [(gap, source) for gap, sources in wanted for source in sources]
    fields = workflow.state.fields if workflow.state is not None else ()
    declared = {field.name: (field.type or "", field.description) for field in fields}
    texts = [
        (_offered(source.offer, _about(workflow, source), declared), _needed(gap.read.need, declared))
        for gap, source in pairs
    ]
    for (gap, source), match in zip(pairs, shared.matcher.compare_fields(texts), strict=True):
        if match.is_match:
            yield SoftMatch(gap, source, match.similarity, match.reasons)


def _about(workflow: Workflow, source: Source) -> str:
    """What is said of an output; where its step writes nothing else, what the step is told to do says it too."""
    if source.told is not None:
        return source.told.sentence
    step = workflow.step(source.step)
    alone = step is not None and {offer.name for offer in step.offers} == {source.offer.name}
    return source.offer.description or (step.description if step is not None and alone else "")


def _offered(offer: Offer, about: str, declared: Mapping[str, tuple[str, str]]) -> FieldText:
    from wflint.matching.subjects import FieldText

    type_, description = declared.get(offer.name, ("", ""))
    return FieldText(offer.name, type_ or offer.type or "", about or description)


def _needed(need: Need, declared: Mapping[str, tuple[str, str]]) -> FieldText:
    from wflint.matching.subjects import FieldText

    type_, description = declared.get(need.name, ("", ""))
    return FieldText(need.name, type_ or need.type or "", need.description or description, need.wording)
