"""Reads that no step serves under their own name, and the idle output upstream that is probably meant.

What a model is told to answer with counts as an output too, though a step that writes it is always the better one.
A field that only a default or a caller sets is a read of the kind, too: an output that nobody reads beside it may be
what should get there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from wflint.analyses.data.gaps import Gap, GapKind, Source
from wflint.analyses.data.inputs import declared
from wflint.analyses.data.reads import Read, Reads
from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.prose.statements import StatementKind, fields_told
from wflint.analyses.wording import misspelt
from wflint.matching.scorer import CUT, SURE
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.finding import Reason
from wflint.model.workflow import START, Exchange, Workflow

if TYPE_CHECKING:
    from wflint.matching.subjects import FieldText

LONELY = frozenset({GapKind.UNDECLARED, GapKind.NEVER, GapKind.CALLER, GapKind.EMPTY})
"""Gaps of fields that no step writes at all."""
FLOOR = 0.25
"""Below this similarity nobody is told even of the nearest output."""
NEAR = 0.4
"""The same for a field that has a value all the same."""
SPELT_ALIKE = 0.95
"""How probably two names are the same that differ in a letter or two."""
_ALIKE = Reason("spelling", "the names are spelt nearly the same", 1.0)


class SoftMatch(Struct, frozen=True):
    """The output that comes nearest to what a read asks for; `similarity` is how probably it is that, 0..1.

    `is_read_before` is true where another reader of the field runs before the output is there: it is rather an input.
    """

    gap: Gap
    source: Source
    similarity: float
    reasons: tuple[Reason, ...]
    is_read_before: bool = False

    @property
    def is_likely(self) -> bool:
        """Whether it is more likely the same than not."""
        return self.similarity >= CUT


def soft_matches(
    workflow: Workflow, gaps: Iterable[Gap], reads: Reads, reachability: Reachability, shared: SharedMatcher
) -> tuple[SoftMatch, ...]:
    """The nearest outputs for reads that have none, the nearest first; an output serves one field."""
    unwritten = [gap for gap in gaps if gap.kind in LONELY]
    lonely = [gap for gap in unwritten if not _is_input(workflow, gap)]
    lonely += (Gap(GapKind.SERVED, read) for read in _served(workflow, reads, {gap.read for gap in unwritten}))
    wanted = list(_with_outputs(workflow, lonely, reachability))
    if not any(sources for _, sources in wanted):
        return ()
    needs: dict[str, str] = {}
    offers: dict[str, str] = {}
    found: list[SoftMatch] = []
    for match in sorted(_judged(workflow, wanted, shared), key=lambda match: (_is_told(match), -match.similarity)):
        need, offer = match.gap.read.need.name, match.source.offer.name
        if needs.setdefault(need, offer) == offer and offers.setdefault(offer, need) == need:
            found.append(match)
    chosen = {(match.gap.read.reader, match.gap.read.need.name): match for match in reversed(found)}
    told = (replace(match, is_read_before=_is_read_before(match, wanted)) for match in chosen.values())
    return tuple(match for match in told if match.similarity >= SURE or not match.is_read_before)


def _is_told(match: SoftMatch) -> bool:
    return match.source.told is not None


def _is_read_before(match: SoftMatch, wanted: list[tuple[Gap, tuple[Source, ...]]]) -> bool:
    """Whether somebody reads the field before the output is there; who adds to what it wrote itself does not count."""
    name, made = match.gap.read.need.name, match.source.offer.name
    makers = {one.step for _, sources in wanted for one in sources if one.offer.name == made}
    early = (gap for gap, sources in wanted if gap.read.need.name == name and not _offers(made, sources))
    return any(gap.read.step not in makers or not _copes(gap) for gap in early)


def _offers(name: str, sources: Iterable[Source]) -> bool:
    return any(one.offer.name == name for one in sources)


def _copes(gap: Gap) -> bool:
    """Whether the read finds something, or does without, the first time."""
    return gap.kind is GapKind.SERVED or not gap.read.crashes


def _served(workflow: Workflow, reads: Reads, gaps: set[Read]) -> Iterator[Read]:
    """Reads of plain fields of a shared state that no step writes and that are set all the same."""
    if workflow.exchange is not Exchange.STATE or workflow.inputs_fill_prompts:
        return
    written = {offer.name for step in workflow.steps for offer in step.offers if step.id != START}
    merged = {field.name for field in workflow.state.fields if field.reducer} if workflow.state is not None else set()
    known = declared(workflow.state)
    for read in reads.all:
        name = read.need.name
        if name in known and name not in written and name not in merged and read not in gaps:
            yield read


def _with_outputs(
    workflow: Workflow, lonely: list[Gap], reachability: Reachability
) -> Iterator[tuple[Gap, tuple[Source, ...]]]:
    """Each gap of a field that nobody writes, with the idle outputs before it; what first steps read is an input."""
    if not lonely:
        return
    read = _read(workflow)
    idle, told = _idle(workflow, read), _told(workflow)
    if not idle and not told:
        return
    for gap in lonely:
        name = gap.read.need.name
        served = gap.kind is GapKind.SERVED
        meant = (one for one in told if not served and (one.offer.name == name or one.offer.name not in read))
        unordered = served and not workflow.complete_edges
        before = (one for one in (*idle, *meant) if unordered or _is_before(one.step, gap, reachability))
        yield gap, tuple(one for one in before if one.step != gap.read.step)


def _is_before(step: str, gap: Gap, reachability: Reachability) -> bool:
    """Whether what a step writes can be there for a read; one that copes the first time may mean the round before."""
    again = _copes(gap) and step != gap.read.step and reachability.leads(step, gap.read.step)
    return again or reachability.precedes(step, gap.read.step)


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
    types = {field.name: (field.type or "", field.description) for field in fields}
    texts = [
        (_offered(source.offer, _about(workflow, source), types), _needed(gap.read.need, types))
        for gap, source in pairs
    ]
    for (gap, source), match in zip(pairs, shared.matcher.match_fields(texts, FLOOR), strict=True):
        if misspelt(source.offer.name, (gap.read.need.name,)) is not None:
            similarity = match.similarity if match is not None else SPELT_ALIKE
            yield SoftMatch(gap, source, max(similarity, SPELT_ALIKE), (_ALIKE,))
        elif match is not None and match.similarity >= (NEAR if gap.kind is GapKind.SERVED else FLOOR):
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
