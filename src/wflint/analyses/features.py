"""What speaks for and against an edge: named features of the source, with weights in one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wflint.analyses.effort import is_free_text, is_human, is_model, is_shaped, type_of
from wflint.analyses.gaps import Gap, GapKind
from wflint.analyses.loops import Loop
from wflint.analyses.reads import Read, reads_of
from wflint.analyses.weights import WEIGHTS, Feature
from wflint.model.contract import Certainty, Need, Offer, Payload
from wflint.model.finding import Reason
from wflint.model.workflow import END, START, Edge, EdgeKind, Exchange, Step, StepKind, Workflow

MANY_SOURCES = 3
"""From so many sources on, a fan-in is long."""


@dataclass(frozen=True, slots=True)
class SoftMatch:
    """A need that no offer meets by name, with the offer that probably means it; `similarity` in 0..1."""

    step: str
    need: str
    offer: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known about a workflow when one of its edges is judged."""

    workflow: Workflow
    reads: tuple[Read, ...]
    gaps: tuple[Gap, ...]
    looping: frozenset[Edge]
    soft: tuple[SoftMatch, ...] = ()

    @classmethod
    def of(
        cls, workflow: Workflow, gaps: tuple[Gap, ...], loops: tuple[Loop, ...], soft: Iterable[SoftMatch] = ()
    ) -> Surroundings:
        """The surroundings of every edge of the workflow."""
        looping = frozenset(edge for loop in loops for edge in loop.edges)
        return cls(workflow, reads_of(workflow), gaps, looping, tuple(soft))

    def reads_into(self, step: str) -> tuple[Read, ...]:
        """What the step's own code reads of the shared state."""
        return tuple(read for read in self.reads if read.step == step and read.choice is None)

    def gaps_on(self, edge: Edge) -> tuple[Gap, ...]:
        """The reads of the target that find nothing, without those that the source itself is sure to supply."""
        source = self.workflow.step(edge.source)
        offers = source.offers if source is not None else ()
        supplied = {offer.name for offer in offers if offer.certainty is Certainty.CERTAIN}
        found = (gap for gap in self.gaps if gap.read.step == edge.target and gap.read.choice is None)
        return tuple(gap for gap in found if gap.read.need.name not in supplied)

    def handed_on(self, edge: Edge) -> tuple[tuple[Offer, Read], ...]:
        """What the source writes and the target reads."""
        source = self.workflow.step(edge.source)
        offers = source.offers if source is not None else ()
        reads = self.reads_into(edge.target)
        return tuple((offer, read) for offer in offers for read in reads if read.need.name == offer.name)

    def sent_on(self, edge: Edge) -> tuple[Need, ...]:
        """What the target reads of a payload that takes the place of the state; none where there is no payload."""
        target = self.workflow.step(edge.target)
        return target.needs if target is not None and edge.payload is not None else ()

    def wanted_on(self, edge: Edge) -> tuple[Need, ...]:
        """What the target reads of what the edge brings, payload or state, each field once."""
        needs = (*self.sent_on(edge), *(read.need for read in self.reads_into(edge.target)))
        chosen = {need.name: need for need in reversed(needs)}
        return tuple(chosen[name] for name in dict.fromkeys(need.name for need in needs))

    def type_of(self, offer: Offer) -> str | None:
        """The type of what is offered, as the offer or else the state declares it."""
        return type_of(offer.name, offer.type, self.workflow)


def score(edge: Edge, around: Surroundings) -> float:
    """The log-odds of a mismatch, as the weights have them."""
    return sum(reason.weight for reason in reasons(edge, around))


def reasons(edge: Edge, around: Surroundings) -> tuple[Reason, ...]:
    """Every feature of the edge, each once, with its weight, the heaviest first."""
    found: dict[Feature, str] = {}
    for feature, text in _features(edge, around):
        found.setdefault(feature, text)
    weighed = [Reason(feature.value, text, WEIGHTS[feature]) for feature, text in found.items()]
    return tuple(sorted(weighed, key=lambda reason: (-abs(reason.weight), reason.feature)))


def _features(edge: Edge, around: Surroundings) -> Iterator[tuple[Feature, str]]:
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    yield Feature.BASE, "every edge may fail"
    yield from _of_need(edge, around, target)
    if source is not None and source.id == START:
        yield Feature.CALLER_INPUT, "the caller hands in what the run begins with"
    elif source is not None:
        yield from _of_kind(source)
        yield from _of_handed(around, source, around.handed_on(edge))
    yield from _of_place(edge, around)


def _of_need(edge: Edge, around: Surroundings, target: Step | None) -> Iterator[tuple[Feature, str]]:
    """What the target asks for, and whether it is there."""
    reads = around.reads_into(edge.target)
    if target is None or target.id == END or not (reads or target.needs or target.needs_open):
        yield Feature.NOTHING_NEEDED, "the target reads nothing"
        return
    gaps = around.gaps_on(edge)
    yield from _of_gaps(gaps)
    if edge.payload is not None:
        yield from _of_payload(edge.payload, around.sent_on(edge))
    soft = [match for match in around.soft if match.step == edge.target]
    if soft:
        yield Feature.SOFT_MATCH_ONLY, f'"{soft[0].need}" is offered as "{soft[0].offer}" only'
    if not gaps and not soft and reads and not target.needs_open:
        yield Feature.EXACT_MATCH, "every field that the target reads is set whenever it runs"
    if target.needs_open:
        yield Feature.OPEN_CONTRACT, "the target may read more than its code shows"


def _of_payload(payload: Payload, needs: tuple[Need, ...]) -> Iterator[tuple[Feature, str]]:
    """Whether the payload of a fan-out holds what its worker requires."""
    required = [need.name for need in needs if need.required]
    lacking = [name for name in required if name not in payload.keys]
    if required and not lacking:
        yield Feature.EXACT_MATCH, "the payload holds every field that the target reads"
    elif lacking and payload.closed:
        yield Feature.MISSING_FIELD, f'"{lacking[0]}" is not in the payload'


def _of_gaps(gaps: Iterable[Gap]) -> Iterator[tuple[Feature, str]]:
    for gap in gaps:
        name = gap.read.need.name
        match gap.kind:
            case GapKind.UNDECLARED | GapKind.NEVER if gap.read.need.required:
                yield Feature.MISSING_FIELD, f'"{name}" never arrives'
            case GapKind.AROUND | GapKind.CONDITIONAL | GapKind.SOME_CALLS:
                yield Feature.PATH_DEPENDENT, f'"{name}" is not set on every way'
            case _:
                pass


def _of_kind(source: Step) -> Iterator[tuple[Feature, str]]:
    """Who answers, and what else is known of the answer."""
    if is_human(source):
        yield Feature.HUMAN, "a person answers in the source"
    elif is_model(source):
        yield Feature.MODEL_OUTPUT, "a model writes what the source hands on"
    elif source.kind is StepKind.TOOL:
        yield Feature.EXTERNAL_TOOL, "a tool writes what the source hands on"
    elif source.kind is StepKind.FUNCTION and not source.offers_open:
        yield Feature.PLAIN_CODE, "plain code writes what the source hands on"
    if source.retries:
        yield Feature.RETRIES, "the source is tried again when it fails"
    if source.offers_open:
        yield Feature.OPEN_CONTRACT, "the source may write more than its code shows"


def _of_handed(
    around: Surroundings, source: Step, handed: tuple[tuple[Offer, Read], ...]
) -> Iterator[tuple[Feature, str]]:
    """How firmly what is handed on is described."""
    untyped = [offer.name for offer, _ in handed if around.type_of(offer) is None]
    structured = handed and all(is_shaped(around.type_of(offer)) for offer, _ in handed)
    if untyped:
        yield Feature.NO_DECLARED_SCHEMA, f'"{untyped[0]}" has no declared type'
    elif handed and around.workflow.exchange is Exchange.MESSAGES:
        yield Feature.TYPED_EVENT, "what is handed on is a message of a declared type"
    elif handed:
        yield Feature.TYPED, "every field that is handed on has a declared type"
    if structured and is_model(source):
        yield Feature.STRUCTURED_OUTPUT, "the model answers in a declared structure"
    for offer, read in handed:
        if offer.certainty is Certainty.POSSIBLE:
            yield Feature.POSSIBLE_OFFER, f'the source writes "{offer.name}" only under a condition'
        if read.need.attributes and is_free_text(around.type_of(offer)):
            yield Feature.FREE_TEXT_PARSED, f'the target relies on "{read.need.attributes[0]}" inside "{offer.name}"'


def _of_place(edge: Edge, around: Surroundings) -> Iterator[tuple[Feature, str]]:
    """Where in the graph the edge lies."""
    needed = {read.need.name for read in around.reads_into(edge.target)}
    tested = next((name for name in edge.assumes if name in needed), None)
    if tested is not None:
        yield Feature.VALIDATOR, f'the choice before the edge tests that "{tested}" is there'
    if edge.source in around.workflow.open_sources:
        yield Feature.OPEN_ROUTER, "where the source leads is not fully known"
    if edge in around.looping:
        yield Feature.CYCLE, "the edge lies on a loop"
    sources = {other.source for other in around.workflow.edges if other.target == edge.target}
    if len(sources) >= MANY_SOURCES and edge.target != END and edge.kind is not EdgeKind.CONDITIONAL:
        yield Feature.LONG_FAN_IN, f"{len(sources)} steps lead into the target"
