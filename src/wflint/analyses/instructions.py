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


MOST_NAMES = 5
"""So many fields are named in a sentence."""


def instructions(edge: Edge, around: Surroundings) -> tuple[str, ...]:
    """The most pressing sentences for the target of an edge; none where nothing can go wrong that a plan foresees."""
    return tuple(dict.fromkeys(_sentences(edge, around)))[:MOST_SENTENCES]


def never_there(edge: Edge, around: Surroundings) -> Iterator[str]:
    """What the target requires and no run hands it along this edge."""
    kinds = (GapKind.UNDECLARED, GapKind.NEVER)
    needs = [gap.read.need for gap in around.gaps_on(edge) if gap.kind in kinds]
    if edge.payload is not None and edge.payload.closed:
        needs += (need for need in around.sent_on(edge) if need.name not in edge.payload.keys)
    yield from (need.name for need in needs if need.required)


def _sentences(edge: Edge, around: Surroundings) -> Iterator[str]:
    handed = around.handed_on(edge)
    gaps = around.gaps_on(edge)
    never = list(never_there(edge, around))
    if never:
        yield f"{named(never)} never arrives: do not rely on it, and say so where it would matter."
    perhaps = [gap.read.need.name for gap in gaps if gap.kind in _SOMETIMES]
    doubtful = (offer for offer, _ in handed if offer.certainty is Certainty.POSSIBLE)
    perhaps += [offer.name for offer in doubtful if not around.is_backed(edge, offer)]
    if perhaps:
        yield _maybe(perhaps, edge, around)
    asked = [gap.read.need.name for gap in gaps if gap.kind is GapKind.CALLER]
    if asked and edge.source == START:
        yield f"Only the caller supplies {named(asked)}: refuse to start without it."
    yield from _forms(handed, edge, around)


_SOMETIMES = (GapKind.SOME_CALLS, GapKind.AROUND, GapKind.CONDITIONAL)


def named(names: Iterable[str]) -> str:
    """Fields as a plan names them: `a`, `b` and `c`; beyond a handful, a count stands for the rest."""
    every = list(dict.fromkeys(names))
    quoted = [f"`{name}`" for name in every[:MOST_NAMES]]
    if len(every) > MOST_NAMES:
        quoted.append(f"{len(every) - MOST_NAMES} more")
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
        yield f"`{name}` is a model's (step `{edge.source}`): if it does not hold {named(wanted)}, say what is missing."
    rest = [offer.name for offer, _ in loose if offer.name not in parts]
    if rest:
        be = "is" if len(rest) == 1 else "are"
        yield (
            f"{named(rest)} {be} free text by a model (step `{edge.source}`): work with what is there, and mark as "
            "inferred whatever has to be added."
        )


def _undeclared(loose: list[tuple[Offer, Read]], around: Surroundings) -> Iterator[str]:
    for offer, read in loose:
        if read.need.attributes and around.type_of(offer) is None:
            parts = named(read.need.attributes)
            yield f"Nobody declares the shape of `{offer.name}`: check that {parts} is there first."
