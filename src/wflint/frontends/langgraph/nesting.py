"""Graphs inside graphs: what a sub-graph, as a step, offers to and needs from the graph around it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.origins import sorted_origins
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.model.contract import APPENDING, Certainty, Need, Offer, Origin, Schema
from wflint.model.workflow import END, START, Step, StepKind, Workflow


class HandedUp(Struct, frozen=True):
    """The fields that a graph hands over where it is only left by gotos to the graph around it: what those update.

    `surely` are those of every such goto.
    """

    surely: frozenset[str]
    possibly: frozenset[str]


def handed_up(graph: GraphDraft) -> HandedUp | None:
    """What a graph hands over by its gotos to the graph around it; None where it may be left in another way."""
    leaving = {name: graph.draft.steps[name] for name, read in graph.read.items() if read.above}
    if not leaving or graph.draft.unresolved or any(step.offers_open for step in leaving.values()):
        return None
    ends = {name for name, step in graph.draft.steps.items() if step.kind not in ENDS and not _goes_on(graph, name)}
    gotos = [graph.read[name].gotos for name in leaving]
    stays = any(goto.none is not None or goto.targets or goto.unknown for goto in gotos)
    if stays or not ends <= leaving.keys() or any(target == END for _, target in graph.draft.edges):
        return None
    surely = [
        {offer.name for offer in step.offers if offer.certainty is Certainty.CERTAIN} for step in leaving.values()
    ]
    possibly = frozenset(offer.name for step in leaving.values() for offer in step.offers)
    return HandedUp(frozenset(set.intersection(*surely)), possibly)


def _goes_on(graph: GraphDraft, name: str) -> bool:
    return any(source == name for source, _ in graph.draft.edges)


ENDS = (StepKind.START, StepKind.END)


def as_step(step: Step, inner: Workflow, outer: Schema | None, handed: HandedUp | None = None) -> Step:
    """The step with the inner workflow's contract, as far as the outer state shares its fields.

    A sub-graph hands back every field of its output that has a value: those it was given, changed or not, and those
    that its steps write; one that it is not given and that none of them writes never has one. A field that it merges
    itself, or that none of its steps writes, comes back with all that it was given in it. Where it goes to a step of
    the graph around it, what its other steps wrote is lost.
    """
    if inner.state is None or outer is None:
        return replace(step, workflow=inner.id)
    given = (inner.inputs or inner.state).names & outer.names
    written = {offer.name for s in inner.steps for offer in s.offers if offer.certainty is Certainty.CERTAIN}
    closed = inner.state.closed and not any(s.offers_open for s in inner.steps)
    touched = {offer.name for s in inner.steps for offer in s.offers}
    needed = _needed(inner)
    returned = [
        field
        for field in (inner.outputs or inner.state).fields
        if field.name in outer.names and (field.preset or not closed or field.name in given | touched)
    ]
    offers = tuple(
        Offer(
            field.name,
            step.span,
            certainty(field.name in written | needed.keys() and (not handed or field.name in handed.surely)),
            field.type,
            field.description,
            (field.name,) if field.name in given else (),
            repeats=field.name in given and closed and (field.name not in touched or field.reducer in APPENDING),
            origins=_origins(field.name, inner),
        )
        for field in returned
        if not handed or field.name in handed.possibly
    )
    needs = tuple(
        Need(name, needed[name].span if name in needed else step.span, required=name in needed)
        for name in sorted(given & (needed.keys() | {need.name for each in inner.steps for need in each.needs}))
    )
    return replace(
        step, workflow=inner.id, offers=offers, needs=needs, offers_open=not closed,
        needs_open=any(s.needs_open for s in inner.steps),
    )  # fmt: skip


def _origins(name: str, inner: Workflow) -> tuple[Origin, ...]:
    """What writes a field within; code where it comes back as it was given."""
    found = [origin for step in inner.steps for offer in step.offers if offer.name == name for origin in offer.origins]
    return sorted_origins(found or [Origin.CODE])


def _needed(inner: Workflow) -> dict[str, Need]:
    """The fields that the first steps cannot do without."""
    first = {edge.target for edge in inner.edges if edge.source == START}
    needs = [need for step in inner.steps if step.id in first for need in step.needs]
    preset = {field.name for field in inner.state.fields if field.preset} if inner.state is not None else set()
    return {
        need.name: need
        for need in needs
        if need.required and need.certainty is Certainty.CERTAIN and need.name not in preset
    }
