"""What speaks for and against an edge: named features of the source, with weights in one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wflint.analyses.gaps import Gap, GapKind
from wflint.analyses.loops import Loop
from wflint.analyses.reads import Read, reads_of
from wflint.model.contract import Certainty, Offer
from wflint.model.finding import Reason
from wflint.model.workflow import END, START, Edge, EdgeKind, Step, StepKind, Workflow


class Feature(StrEnum):
    """A property of an edge that moves the probability of a mismatch."""

    BASE = "base"
    """What is true of every edge."""
    NOTHING_NEEDED = "nothing-needed"
    """The target reads nothing."""
    EXACT_MATCH = "exact-match"
    """Every field that the target requires is set whenever it runs."""
    MISSING_FIELD = "missing-field"
    """A field that the target reads never arrives."""
    PATH_DEPENDENT = "path-dependent"
    """A field that the target requires is not set on every way."""
    POSSIBLE_OFFER = "possible-offer"
    """The source writes what the target reads only under a condition."""
    MODEL_OUTPUT = "model-output"
    """What is handed on comes from a model."""
    PLAIN_CODE = "plain-code"
    """What is handed on comes from plain code."""
    UNTYPED = "untyped"
    """A field that is handed on has no declared type."""
    TYPED = "typed"
    """Every field that is handed on has a declared type."""
    PARTS_READ = "parts-read"
    """The target goes on to parts of a value whose shape nobody declares."""
    OPEN_CONTRACT = "open-contract"
    """The source may write, or the target may read, more than the code shows."""
    OPEN_ROUTER = "open-router"
    """Where the source leads is not fully known."""
    CYCLE = "cycle"
    """The edge lies on a loop, so what it carries changes from round to round."""
    HUMAN = "human"
    """A person answers."""
    EXTERNAL_TOOL = "external-tool"
    """A tool answers."""
    LONG_FAN_IN = "long-fan-in"
    """Many steps lead into the target."""
    RETRIES = "retries"
    """The source is tried again when it fails."""


WEIGHTS: Mapping[Feature, float] = {
    Feature.BASE: -2.2,  # one edge in ten, before anything is known about it
    Feature.NOTHING_NEEDED: -1.5,  # nothing is asked for, so nothing can be missing
    Feature.EXACT_MATCH: -0.8,  # names and ways agree; content may still not
    Feature.MISSING_FIELD: 3.0,  # more likely than not to fail, defaults aside
    Feature.PATH_DEPENDENT: 1.5,  # fails on some ways
    Feature.POSSIBLE_OFFER: 0.7,  # fails on some runs, unless somebody looked first
    Feature.MODEL_OUTPUT: 1.0,  # free text varies from run to run
    Feature.PLAIN_CODE: -0.7,  # the same input gives the same output
    Feature.UNTYPED: 0.4,  # nobody says what it looks like
    Feature.TYPED: -0.4,  # somebody does, though nobody checks at run time
    Feature.PARTS_READ: 0.8,  # the shape is relied on and not declared
    Feature.OPEN_CONTRACT: 0.5,  # there may be a need or an offer that is not seen
    Feature.OPEN_ROUTER: 0.6,  # there may be ways that are not seen
    Feature.CYCLE: 0.5,  # later rounds see other values than the first
    Feature.HUMAN: 0.9,  # people answer as they like
    Feature.EXTERNAL_TOOL: 0.5,  # the world outside changes
    Feature.LONG_FAN_IN: 0.4,  # the more hands, the more assumptions
    Feature.RETRIES: -0.3,  # failures that show are tried again
}
"""Log-odds. A first, careful guess: the signs are meant, the sizes wait for recorded runs."""

MANY_SOURCES = 3
"""From so many sources on, a fan-in is long."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known about a workflow when one of its edges is judged."""

    workflow: Workflow
    reads: tuple[Read, ...]
    gaps: tuple[Gap, ...]
    looping: frozenset[Edge]

    @classmethod
    def of(cls, workflow: Workflow, gaps: tuple[Gap, ...], loops: tuple[Loop, ...]) -> Surroundings:
        """The surroundings of every edge of the workflow."""
        return cls(workflow, reads_of(workflow), gaps, frozenset(edge for loop in loops for edge in loop.edges))


def reasons(edge: Edge, around: Surroundings) -> tuple[Reason, ...]:
    """Every feature of the edge, with its weight, the heaviest first."""
    found = dict(_features(edge, around))
    weighed = [Reason(feature.value, text, WEIGHTS[feature]) for feature, text in found.items()]
    return tuple(sorted(weighed, key=lambda reason: (-abs(reason.weight), reason.feature)))


def _features(edge: Edge, around: Surroundings) -> Iterator[tuple[Feature, str]]:
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    yield from _of_need(edge, around, target)
    yield from _of_source(edge, around, source)
    yield from _of_place(edge, around)


def _of_need(edge: Edge, around: Surroundings, target: Step | None) -> Iterator[tuple[Feature, str]]:
    """What the target asks for, and whether it is there."""
    reads = [read for read in around.reads if read.step == edge.target and read.choice is None]
    if target is None or target.id == END or not (reads or target.needs or target.needs_open):
        yield Feature.NOTHING_NEEDED, "the target reads nothing"
        return
    gaps = [gap for gap in around.gaps if gap.read.step == edge.target and gap.read.choice is None]
    yield from _of_gaps(gaps)
    if not gaps and reads and not target.needs_open:
        yield Feature.EXACT_MATCH, "every field that the target reads is set whenever it runs"
    if target.needs_open:
        yield Feature.OPEN_CONTRACT, "the target may read more than its code shows"


def _of_gaps(gaps: list[Gap]) -> Iterator[tuple[Feature, str]]:
    for gap in gaps:
        name = gap.read.need.name
        match gap.kind:
            case GapKind.UNDECLARED | GapKind.NEVER if gap.read.need.required:
                yield Feature.MISSING_FIELD, f'"{name}" never arrives'
            case GapKind.AROUND | GapKind.CONDITIONAL | GapKind.SOME_CALLS:
                yield Feature.PATH_DEPENDENT, f'"{name}" is not set on every way'
            case _:
                pass


def _of_source(edge: Edge, around: Surroundings, source: Step | None) -> Iterator[tuple[Feature, str]]:
    """Who answers, and how firmly what is handed on is described."""
    if source is None or source.id == START:
        return
    yield from _of_kind(source)
    if source.retries:
        yield Feature.RETRIES, "the source is tried again when it fails"
    if source.offers_open:
        yield Feature.OPEN_CONTRACT, "the source may write more than its code shows"
    handed = [
        (offer, read)
        for offer in source.offers
        for read in around.reads
        if read.step == edge.target and read.need.name == offer.name
    ]
    yield from _of_handed(handed, around.workflow)


def _of_kind(source: Step) -> Iterator[tuple[Feature, str]]:
    if source.interrupts or source.kind is StepKind.HUMAN:
        yield Feature.HUMAN, "a person answers in the source"
    elif source.kind is StepKind.AGENT or source.model is not None:
        yield Feature.MODEL_OUTPUT, "a model writes what the source hands on"
    elif source.kind is StepKind.TOOL:
        yield Feature.EXTERNAL_TOOL, "a tool writes what the source hands on"
    elif source.kind is StepKind.FUNCTION and not source.offers_open:
        yield Feature.PLAIN_CODE, "plain code writes what the source hands on"


def _of_handed(handed: list[tuple[Offer, Read]], workflow: Workflow) -> Iterator[tuple[Feature, str]]:
    untyped = [offer.name for offer, _ in handed if _type_of(offer, workflow) is None]
    if untyped:
        yield Feature.UNTYPED, f'"{untyped[0]}" has no declared type'
    elif handed:
        yield Feature.TYPED, "every field that is handed on has a declared type"
    for offer, read in handed:
        if offer.certainty is Certainty.POSSIBLE:
            yield Feature.POSSIBLE_OFFER, f'the source writes "{offer.name}" only under a condition'
        if read.need.attributes and _type_of(offer, workflow) is None:
            yield Feature.PARTS_READ, f'the target relies on "{read.need.attributes[0]}" inside "{offer.name}"'


def _type_of(offer: Offer, workflow: Workflow) -> str | None:
    declared = workflow.state.field(offer.name) if workflow.state is not None else None
    return offer.type or (declared.type if declared is not None else None)


def _of_place(edge: Edge, around: Surroundings) -> Iterator[tuple[Feature, str]]:
    """Where in the graph the edge lies."""
    yield Feature.BASE, "every edge may fail"
    if edge.source in around.workflow.open_sources:
        yield Feature.OPEN_ROUTER, "where the source leads is not fully known"
    if edge in around.looping:
        yield Feature.CYCLE, "the edge lies on a loop"
    sources = {other.source for other in around.workflow.edges if other.target == edge.target}
    if len(sources) >= MANY_SOURCES and edge.target != END and edge.kind is not EdgeKind.CONDITIONAL:
        yield Feature.LONG_FAN_IN, f"{len(sources)} steps lead into the target"
