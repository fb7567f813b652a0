"""The edges of a workflow as a step meets them: what always follows it, and what has to be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, product
from math import prod

from msgspec import Struct

from wflint.model.contract import Certainty
from wflint.model.workflow import Choice, Edge, EdgeKind, Workflow

UNCERTAIN_KINDS = frozenset({EdgeKind.CONDITIONAL, EdgeKind.HANDOFF})
"""Kinds of edges that somebody has to choose, even where the workflow holds no choice for them."""


class Decision(Struct, frozen=True):
    """One thing to be decided after a step: exactly one of the alternatives, each a set of edges, is taken."""

    alternatives: tuple[tuple[Edge, ...], ...]

    def together(self) -> tuple[tuple[Edge, ...], ...]:
        """The alternatives where many copies of the step decide: also all of them at once."""
        if len(self.alternatives) == 1:
            return self.alternatives
        everything = dict.fromkeys(edge for edges in self.alternatives for edge in edges)
        return (*self.alternatives, tuple(everything))


class Exits(Struct, frozen=True):
    """The ways on from a step: edges that always fire and decisions that are taken independently of each other.

    Edges that are merely possible make one decision: the source shows them under a condition. `instead` are decisions
    that are made in place of all that, when the step fails or gives the conversation away.
    """

    always: tuple[Edge, ...] = ()
    decisions: tuple[Decision, ...] = ()
    instead: tuple[Decision, ...] = ()

    def ways(self, *, together: bool) -> Iterator[tuple[Edge, ...]]:
        """Every set of edges that may be taken at once; `together` where many copies of the step decide."""
        for always, decisions in self._occasions():
            for taken in product(*_options(decisions, together=together)):
                yield (*always, *chain.from_iterable(taken))

    def count(self, *, together: bool) -> int:
        """How many ways there are."""
        occasions = [_options(decisions, together=together) for _, decisions in self._occasions()]
        return sum(prod(len(alternatives) for alternatives in options) for options in occasions)

    def _occasions(self) -> Iterator[tuple[tuple[Edge, ...], tuple[Decision, ...]]]:
        yield self.always, self.decisions
        yield from (((), (other,)) for other in self.instead)


def _options(decisions: tuple[Decision, ...], *, together: bool) -> list[tuple[tuple[Edge, ...], ...]]:
    return [decision.together() if together else decision.alternatives for decision in decisions]


def replaces_state(edge: Edge) -> bool:
    """Whether the target of the edge gets an input of its own in place of the shared state."""
    return edge.payload is not None


def always_fires(edge: Edge) -> bool:
    """Whether the edge is taken whenever its source has run."""
    undecided = edge.choice is None and edge.join is None and edge.kind not in UNCERTAIN_KINDS
    return undecided and edge.certainty is Certainty.CERTAIN


def exits_of(workflow: Workflow) -> Mapping[str, Exits]:
    """The ways on from each step that has any; the edges into joins are left to the joins."""
    leaving: dict[str, list[Edge]] = defaultdict(list)
    for edge in workflow.edges:
        if edge.join is None:
            leaving[edge.source].append(edge)
    return {source: _exits(source, edges, workflow.choices) for source, edges in leaving.items()}


def targets_of(choice: Choice) -> frozenset[str]:
    """The names that a choice says it leads to, whether a step has them or not."""
    if choice.mapping is not None:
        return frozenset(mapped.target for mapped in choice.mapping)
    return frozenset(route.label for route in choice.routes) | frozenset(choice.declared or ())


def _exits(source: str, edges: list[Edge], choices: tuple[Choice, ...]) -> Exits:
    always = tuple(edge for edge in edges if always_fires(edge))
    decisions: list[Decision] = []
    instead: list[Decision] = []
    echoed: set[object] = set()
    own = [(index, choice) for index, choice in enumerate(choices) if choice.source == source]
    for index, choice in own:
        if (echo := _echo(choice)) in echoed or _may_agree(choice, [other for _, other in own]):
            continue
        echoed |= {echo} if echo is not None else set()
        taken = [edge for edge in edges if edge.choice == index or _named_too(edge, choice)]
        if taken:
            (instead if choice.on_error else decisions).append(Decision(_alternatives(taken, choice)))
    unclear = [edge for edge in edges if edge.choice is None and not always_fires(edge)]
    handoffs = [edge for edge in unclear if edge.kind is EdgeKind.HANDOFF]
    doubtful = [edge for edge in unclear if edge.kind is not EdgeKind.HANDOFF]
    if doubtful:
        decisions.append(Decision(_apart(doubtful)))
    if handoffs:
        others = instead if always or decisions else decisions
        others.append(Decision(_apart(handoffs)))
    return Exits(always, tuple(decisions), tuple(instead))


def _echo(choice: Choice) -> tuple[str, frozenset[tuple[str, str]]] | None:
    """The field whose value a router returns, and the map that it goes by: two routers that agree in both decide alike.

    None for those that return labels of their own, or look at more.
    """
    single = choice.needs[0].name if len({need.name for need in choice.needs}) == 1 else None
    own = choice.routes or choice.needs_open or not choice.exclusive or choice.is_goto or choice.on_error
    if single is None or own or choice.mapping is None:
        return None
    return single, frozenset((mapped.label, mapped.target) for mapped in choice.mapping)


def _may_agree(choice: Choice, others: list[Choice]) -> bool:
    """Whether a goto of which not all is known may well go where another decision of its step goes, each time.

    Code that works out the next step, and a router that works it out from what was set, mean one and the same.
    """
    if not choice.is_goto or choice.closed:
        return False
    elsewhere = [other for other in others if not other.is_goto and not other.on_error]
    return any(targets_of(choice) <= targets_of(other) for other in elsewhere)


def _apart(edges: list[Edge]) -> tuple[tuple[Edge, ...], ...]:
    """The alternatives that edges make: each by itself, save for those that enter one thing together."""
    groups: dict[object, list[Edge]] = defaultdict(list)
    for index, edge in enumerate(edges):
        groups[edge.enters or index].append(edge)
    return tuple(map(tuple, groups.values()))


def _named_too(edge: Edge, choice: Choice) -> bool:
    """Two steps may have one edge for several reasons, so a choice may share its own with another, or a plain edge."""
    return edge.source == choice.source and edge.target in targets_of(choice)


def _alternatives(edges: list[Edge], choice: Choice) -> tuple[tuple[Edge, ...], ...]:
    distinct = list({(edge.target, edge.kind, edge.assumes, edge.payload is None): edge for edge in edges}.values())
    alternatives: list[tuple[Edge, ...]] = [(edge,) for edge in distinct]
    if not choice.exclusive and choice.together is not None:
        alternatives = [chosen for labels in choice.together if (chosen := edges_taken(distinct, choice, labels))]
    elif not choice.exclusive and len(distinct) > 1:
        alternatives.append(tuple(distinct))
    if choice.is_goto and choice.may_return_none_at is not None:
        alternatives.append(())
    return tuple(alternatives)


def edges_taken(edges: list[Edge], choice: Choice, labels: tuple[str, ...]) -> tuple[Edge, ...]:
    """The edges that labels picked at once lead along."""
    named = choice.mapping
    targets = labels if named is None else tuple(mapped.target for mapped in named if mapped.label in labels)
    return tuple(edge for edge in edges if edge.target in targets or edge.label in labels)
