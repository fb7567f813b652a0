"""The sentences to bake into a downstream step: what it gets, what may be missing, and what to do then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.analyses.cost import is_prompted
from wflint.analyses.effort import is_human, is_model, is_shaped
from wflint.analyses.gaps import GapKind
from wflint.analyses.reads import Read
from wflint.analyses.surroundings import Surroundings
from wflint.model.contract import Certainty, CheckKind, Offer
from wflint.model.workflow import START, Edge, StepKind

MOST_SENTENCES = 2
"""A plan is read on every run; what does not fit in two sentences is better mended in the contract."""


def instructions(edge: Edge, around: Surroundings) -> tuple[str, ...]:
    """The most pressing sentences for the target of an edge; none where nothing can go wrong that a plan foresees."""
    return tuple(dict.fromkeys(_sentences(edge, around)))[:MOST_SENTENCES]


def _sentences(edge: Edge, around: Surroundings) -> Iterator[str]:
    handed = around.handed_on(edge)
    gaps = around.gaps_on(edge)
    never = [gap.read.need.name for gap in gaps if gap.kind in (GapKind.UNDECLARED, GapKind.NEVER)]
    if never:
        yield f"No step writes {named(never)}: do not rely on it, and say so where it would matter."
    if edge.payload is not None and edge.payload.closed:
        lacking = [need.name for need in around.sent_on(edge) if need.name not in edge.payload.keys]
        if lacking:
            yield f"The payload does not hold {named(lacking)}: do without, and say so where it would matter."
    perhaps = [gap.read.need.name for gap in gaps if gap.kind in _SOMETIMES]
    perhaps += [offer.name for offer, _ in handed if offer.certainty is Certainty.POSSIBLE]
    if perhaps:
        yield _maybe(perhaps, edge, around)
    asked = [gap.read.need.name for gap in gaps if gap.kind is GapKind.CALLER]
    if asked and edge.source == START:
        yield f"Only the caller supplies {named(asked)}: refuse to start without it."
    yield from _forms(handed, edge, around)


_SOMETIMES = (GapKind.SOME_CALLS, GapKind.AROUND, GapKind.CONDITIONAL)


def named(names: Iterable[str]) -> str:
    """Fields as a plan names them: `a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in dict.fromkeys(names)]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _maybe(names: Iterable[str], edge: Edge, around: Surroundings) -> str:
    target = around.workflow.step(edge.target)
    origin = "what the caller hands in" if edge.source == START else f"what `{edge.source}` hands over"
    prompted = target is not None and is_prompted(target)
    way_out = "infer it and mark it as inferred" if prompted else "use a default and record that it was missing"
    return f"{named(names)} may be missing from {origin}; if so, {way_out}."


def _forms(handed: tuple[tuple[Offer, Read], ...], edge: Edge, around: Surroundings) -> Iterator[str]:
    """What the values are like, where they may vary from run to run."""
    source = around.workflow.step(edge.source)
    if source is None or source.id == START or not handed:
        return
    every = [offer.name for offer, _ in handed]
    shaped = [offer.name for offer, _ in handed if is_shaped(around.type_of(offer))]
    loose = [(offer, read) for offer, read in handed if offer.name not in shaped]
    if is_human(source):
        yield f"A person answers with {named(every)}: it may be empty or beside the question; then go by the rest."
    elif source.kind is StepKind.TOOL:
        yield f"A tool answers with {named(every)}: it may be an error message; then say so and do without."
    elif is_model(source) and loose:
        yield from _written(loose, edge)
    elif is_model(source):
        yield f"A model fills in {named(shaped)}: {_form(edge, around)}, so check what it says against the rest."
    else:
        yield from _undeclared(loose, around)


def _form(edge: Edge, around: Surroundings) -> str:
    """How far the form of what a model fills in can be relied on."""
    answers = around.checks_on(edge, CheckKind.ANSWER)
    if (answers and all(check.enforced for check in answers)) or around.validated(edge):
        return "the form is checked, the content is not"
    return "it is asked for a form that nobody enforces" if answers else "its type is declared, and nobody checks"


def _written(loose: list[tuple[Offer, Read]], edge: Edge) -> Iterator[str]:
    """What a model wrote freely: parts of it that code relies on, or all of it."""
    parts = {offer.name: read.need.attributes for offer, read in loose if read.need.attributes}
    for name, wanted in parts.items():
        yield f"A model writes `{name}` in `{edge.source}`: if it does not hold {named(wanted)}, say what is missing."
    rest = [offer.name for offer, _ in loose if offer.name not in parts]
    if rest:
        yield (
            f"A model writes {named(rest)} in `{edge.source}` freely: take what is there, and mark as inferred "
            "whatever has to be added."
        )


def _undeclared(loose: list[tuple[Offer, Read]], around: Surroundings) -> Iterator[str]:
    for offer, read in loose:
        if read.need.attributes and around.type_of(offer) is None:
            parts = named(read.need.attributes)
            yield f"Nobody declares the shape of `{offer.name}`: check that {parts} is there first."
