"""Workflows that fall into parts which nothing connects, though one part needs what another makes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from wflint.model.contract import Need, Offer
from wflint.model.strong_parts import strong_parts
from wflint.model.workflow import END, START, Exchange, Step, Workflow

_PLAIN = frozenset({"Any", "None", "bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple", "typing"})


class Unconnected(Struct, frozen=True):
    """A need that nothing serves, and an offer in another part that goes nowhere and has its name or its type."""

    reader: Step
    need: Need
    writer: Step
    offer: Offer


def unconnected(workflow: Workflow) -> tuple[Unconnected, ...]:
    """One pair for each part that lacks something; none where a start is drawn, because then unreachable steps tell.

    A type tells only where all calls leave the need open. And only where messages travel along edges and every edge is
    known: steps that share a state need no edge to get it, and plain code may hand over what it likes.
    """
    if workflow.unresolved_names or workflow.faults:
        return ()  # a misspelt or refused connection is told as that
    drawn = any(edge.source == START for edge in workflow.edges)
    if workflow.exchange is not Exchange.MESSAGES or workflow.is_imperative or drawn or not workflow.complete_edges:
        return ()
    part = _parts(workflow)
    found = {part[one.reader.id]: one for one in reversed(list(_pairs(workflow, part)))}
    return tuple(sorted(found.values(), key=lambda one: part[one.reader.id]))


def _pairs(workflow: Workflow, part: dict[str, int]) -> Iterator[Unconnected]:
    passed = {key for call in workflow.invocations for key in call.keys}
    shown = bool(workflow.invocations) and all(call.closed for call in workflow.invocations)
    entered = {edge.target for edge in workflow.edges if not edge.field_map}
    served = {(edge.target, one.need) for edge in workflow.edges for one in edge.field_map}
    left = {edge.source for edge in workflow.edges if not edge.field_map}
    taken = {(edge.source, one.offer) for edge in workflow.edges for one in edge.field_map}
    idle: dict[str, list[tuple[Step, Offer]]] = {}
    for writer in workflow.steps:
        for offer in writer.offers if writer.id not in left else ():
            for key in {offer.name, *_telling(offer.type)} if (writer.id, offer.name) not in taken else ():
                idle.setdefault(key, []).append((writer, offer))
    for reader in workflow.steps:
        for need in reader.needs if reader.id not in entered else ():
            if need.required and (reader.id, need.name) not in served and need.name not in passed:
                for key in (need.name, *(_telling(need.type) if shown else ())):
                    for writer, offer in idle.get(key, ()):
                        if part[writer.id] != part[reader.id]:
                            yield Unconnected(reader, need, writer, offer)


def _telling(declared: str | None) -> tuple[str, ...]:
    """The alternatives of a type that name more than a kind of container, a text or a number."""
    options = tuple(option.strip() for option in (declared or "").split("|"))
    return tuple(option for option in options if not {*re.findall(r"\w+", option)} <= _PLAIN)


def _parts(workflow: Workflow) -> dict[str, int]:
    """The part of each step, by its first step's place."""
    place = {step.id: number for number, step in enumerate(workflow.steps) if step.id not in (START, END)}
    ways = [(edge.source, edge.target) for edge in workflow.edges]
    groups = strong_parts(place, [*ways, *((target, source) for source, target in ways)])
    first = {name: min(place[each] for each in group) for group in groups for name in group}
    return {START: -1, END: -1, **first}
