"""The sentences to bake into a downstream step: what it gets, what may be missing, and what to do then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.analyses.data.gaps import GapKind
from wflint.analyses.labels.cost import is_prompted
from wflint.analyses.labels.edge_context import Arrival, EdgeContext
from wflint.analyses.labels.effort import is_human, is_model, is_shaped
from wflint.model.contract import Certainty, CheckKind
from wflint.model.workflow import START, Edge, StepKind

MOST_SENTENCES = 2
"""A plan is read on every run; what does not fit in two sentences is better mended in the contract."""


MOST_NAMES = 5
"""So many fields are named in a sentence."""


def instructions(edge: Edge, around: EdgeContext) -> tuple[str, ...]:
    """The most pressing sentences for the target of an edge; none where nothing can go wrong that a plan foresees."""
    return tuple(dict.fromkeys(_sentences(edge, around)))[:MOST_SENTENCES]


def never_there(edge: Edge, around: EdgeContext) -> Iterator[str]:
    """What the target requires and no run hands it along this edge."""
    kinds = (GapKind.UNDECLARED, GapKind.NEVER)
    needs = [gap.read.need for gap in around.gaps_on(edge) if gap.kind in kinds]
    if edge.payload is not None and edge.payload.closed:
        needs += (need for need in around.sent_on(edge) if need.name not in edge.payload.keys)
    yield from (need.name for need in needs if need.required)


def _sentences(edge: Edge, around: EdgeContext) -> Iterator[str]:
    gaps = around.gaps_on(edge)
    never = list(never_there(edge, around))
    if never:
        yield f"{named(never)} never arrives: do not rely on it, and say so where it would matter."
    for givers, names in _perhaps(edge, around).items():
        yield _maybe(names, givers, edge, around)
    asked = [gap.read.need.name for gap in gaps if gap.kind is GapKind.CALLER]
    if asked and edge.source == START:
        yield f"Only the caller supplies {named(asked)}: refuse to start without it."
    yield from _forms(edge, around)


def _perhaps(edge: Edge, around: EdgeContext) -> dict[tuple[str, ...], list[str]]:
    """What may be missing, by who it is to come from: the source of the edge, or steps before it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for gap in around.gaps_on(edge):
        if gap.kind in _SOMETIMES:
            givers = tuple(dict.fromkeys(writer.step for writer in gap.writers))
            near = edge.source in givers or not givers
            found.setdefault((edge.source,) if near else givers, []).append(gap.read.need.name)
    for offer, _ in around.handed_on(edge):
        if offer.certainty is Certainty.POSSIBLE and not around.is_backed(edge, offer):
            found.setdefault((edge.source,), []).append(offer.name)
    return found


_SOMETIMES = (GapKind.SOME_CALLS, GapKind.AROUND, GapKind.CONDITIONAL)


def named(names: Iterable[str]) -> str:
    """Fields as a plan names them: `a`, `b` and `c`; beyond a handful, a count stands for the rest."""
    every = list(dict.fromkeys(names))
    quoted = [f"`{name}`" for name in every[:MOST_NAMES]]
    if len(every) > MOST_NAMES:
        quoted.append(f"{len(every) - MOST_NAMES} more")
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _maybe(names: Iterable[str], givers: tuple[str, ...], edge: Edge, around: EdgeContext) -> str:
    target = around.workflow.step(edge.target)
    over = "hands" if len(givers) == 1 else "hand"
    origin = "what the caller hands in" if givers == (START,) else f"what {named(givers)} {over} over"
    prompted = target is not None and is_prompted(target)
    way_out = "infer it and mark it as inferred" if prompted else "use a default and record that it was missing"
    return f"{named(names)} may be missing from {origin}; if so, {way_out}."


def _forms(edge: Edge, around: EdgeContext) -> Iterator[str]:
    """What the values are like, where they may vary from run to run: those of the source, then those from before."""
    by_writer: dict[str, list[Arrival]] = {}
    for arrival in around.arriving_on(edge):
        if arrival.writer.id != START:
            by_writer.setdefault(arrival.writer.id, []).append(arrival)
    for arrivals in by_writer.values():
        yield from _form_of(arrivals, edge, around)


def _form_of(arrivals: list[Arrival], edge: Edge, around: EdgeContext) -> Iterator[str]:
    """What the values of one writer are like."""
    writer = arrivals[0].writer
    every = [arrival.offer.name for arrival in arrivals]
    shaped = [one for one in arrivals if is_shaped(around.type_of(one.offer))]
    loose = [one for one in arrivals if one not in shaped]
    if is_human(writer):
        yield f"A person answers with {named(every)}: it may be empty or beside the question; then go by the rest."
    elif writer.kind is StepKind.TOOL:
        yield f"A tool answers with {named(every)}: it may be an error message; then say so and do without."
    elif is_model(writer) and loose:
        yield from _written(loose, writer.id)
    elif is_model(writer):
        names = named(one.offer.name for one in shaped)
        yield f"A model fills in {names}: {_form(shaped, edge, around)}, so check what it says against the rest."
    else:
        yield from _undeclared(loose, around)


def _form(arrivals: list[Arrival], edge: Edge, around: EdgeContext) -> str:
    """How far the form of what a model fills in can be relied on."""
    on_the_way = [check for check in edge.checks if check.kind is CheckKind.ANSWER]
    each = [[check for check in one.checks if check.kind is CheckKind.ANSWER] for one in arrivals]
    answers = on_the_way or ([check for checks in each for check in checks] if all(each) else [])
    if (answers and all(check.enforced for check in answers)) or around.validated(edge):
        return "the form is checked, the content is not"
    return "it is asked for a form that nobody enforces" if answers else "its type is declared, and nobody checks"


def _written(loose: list[Arrival], writer: str) -> Iterator[str]:
    """What a model wrote freely: parts of it that code relies on, or all of it."""
    parts = {one.offer.name: _used(one) for one in loose if _used(one)}
    for name, wanted in parts.items():
        yield f"`{name}` is a model's (step `{writer}`): if it does not hold {named(wanted)}, say what is missing."
    rest = [one.offer.name for one in loose if one.offer.name not in parts]
    if rest:
        be = "is" if len(rest) == 1 else "are"
        yield (
            f"{named(rest)} {be} free text by a model (step `{writer}`): work with what is there, and mark as "
            "inferred whatever has to be added."
        )


def _used(arrival: Arrival) -> tuple[str, ...]:
    """The parts of a value that its reader goes on to use."""
    return arrival.read.need.attributes if arrival.read is not None else ()


def _undeclared(loose: list[Arrival], around: EdgeContext) -> Iterator[str]:
    for one in loose:
        if _used(one) and around.type_of(one.offer) is None:
            yield f"Nobody declares the shape of `{one.offer.name}`: check that {named(_used(one))} is there first."
