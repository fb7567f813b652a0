"""The sentences to bake into a downstream step: what it gets, what may be missing, and what to do then."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.cost import is_prompted
from wflint.analyses.effort import is_free_text, is_human, is_model
from wflint.analyses.features import Surroundings
from wflint.analyses.gaps import Gap, GapKind
from wflint.analyses.reads import Read
from wflint.model.contract import Certainty, Offer
from wflint.model.workflow import START, Edge, StepKind

MOST_SENTENCES = 2
"""A plan is read on every run; what does not fit in two sentences is better mended in the contract."""


def instructions(edge: Edge, around: Surroundings) -> tuple[str, ...]:
    """The most pressing sentences for the target of an edge; none where nothing can go wrong that a plan foresees."""
    return tuple(dict.fromkeys(_sentences(edge, around)))[:MOST_SENTENCES]


def _sentences(edge: Edge, around: Surroundings) -> Iterator[str]:
    handed = around.handed_on(edge)
    gaps = around.gaps_on(edge)
    said = {gap.read.need.name for gap in gaps}
    for gap in gaps:
        yield from _missing(gap, edge, around)
    for offer, _ in handed:
        if offer.certainty is Certainty.POSSIBLE and offer.name not in said:
            yield _maybe(offer.name, edge, around)
    for offer, read in handed:
        yield from _form(offer, read, edge, around)


def _missing(gap: Gap, edge: Edge, around: Surroundings) -> Iterator[str]:
    name = gap.read.need.name
    match gap.kind:
        case GapKind.UNDECLARED | GapKind.NEVER:
            yield f"`{name}` never arrives: no step writes it; do not rely on it, and say so where it would matter."
        case GapKind.CALLER if edge.source == START:
            yield f"`{name}` comes from the caller and nobody else; refuse to start without it."
        case GapKind.SOME_CALLS | GapKind.AROUND | GapKind.CONDITIONAL:
            yield _maybe(name, edge, around)
        case _:
            pass


def _maybe(name: str, edge: Edge, around: Surroundings) -> str:
    target = around.workflow.step(edge.target)
    if edge.source == START:
        origin = "what the caller hands in"
    else:
        origin = f"what `{edge.source}` hands over"
    if target is not None and is_prompted(target):
        return f"`{name}` may be missing from {origin}; if so, infer it and mark it as inferred."
    return f"`{name}` may be missing from {origin}; if so, use a default and record that it was missing."


def _form(offer: Offer, read: Read, edge: Edge, around: Surroundings) -> Iterator[str]:
    """What the value is like, where it may vary from run to run."""
    source = around.workflow.step(edge.source)
    if source is None or source.id == START:
        return
    type_name = around.type_of(offer)
    free = is_free_text(type_name)
    if is_human(source):
        yield f"`{offer.name}` is a person's answer: it may be empty or beside the question; then go by the rest."
    elif is_model(source) and free:
        yield _written(offer.name, read, edge)
    elif is_model(source):
        yield f"`{offer.name}` is {type_name}, filled in by a model: its form holds, check what it says against the rest."
    elif source.kind is StepKind.TOOL:
        yield f"`{offer.name}` is what a tool answered: it may be an error message; then say so and do without."
    elif read.need.attributes and type_name is None:
        parts = ", ".join(f"`{part}`" for part in read.need.attributes)
        yield f"`{offer.name}` has no declared shape; check that {parts} is there before using it."


def _written(name: str, read: Read, edge: Edge) -> str:
    if read.need.attributes:
        parts = ", ".join(f"`{part}`" for part in read.need.attributes)
        return f"`{name}` is written by a model in `{edge.source}`; if {parts} cannot be read from it, say what is missing."
    return (
        f"`{name}` is free text written by a model in `{edge.source}`: take what is there, and mark as inferred "
        "whatever you have to add."
    )
