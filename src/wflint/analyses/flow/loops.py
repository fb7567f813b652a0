"""Cycles and the ways out of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from wflint.analyses.flow.wiring import always_fires
from wflint.model.contract import Certainty
from wflint.model.strong_parts import strong_parts
from wflint.model.workflow import Aspect, Choice, Edge, EdgeKind, Join, Workflow


class Loop(Struct, frozen=True):
    """Steps that can come round again, in declared order.

    `edges` stay inside, `exits` lead out. `unconditional` is true where the edges that always fire close a cycle by
    themselves, so that exits elsewhere do not end it. `stoppable` is true where something other than an edge can end
    it: plain code, a person, a step whose targets are not known, a router that may choose nobody, a join that waits
    in vain. `undecided` are its steps that may choose nobody, where nothing else of that kind can end it.
    """

    steps: tuple[str, ...]
    edges: tuple[Edge, ...]
    exits: tuple[Edge, ...]
    unconditional: bool
    stoppable: bool
    undecided: tuple[str, ...] = ()

    @property
    def endless(self) -> bool:
        """Whether no run that gets in gets out."""
        return not self.stoppable and (self.unconditional or not self.exits)

    @property
    def handed_round(self) -> bool:
        """Whether its steps are agents that hand over to each other."""
        return all(edge.kind is EdgeKind.HANDOFF for edge in self.edges)


class _Ends(Struct, frozen=True):
    """What other than an edge can end a loop, by the step that it happens at; `anywhere` where that is not known.

    `pausing` are steps that ask a person or whose ways are not known, `undecided` those that may choose nobody.
    """

    anywhere: bool
    pausing: frozenset[str]
    undecided: frozenset[str]
    waiting: Mapping[str, tuple[Join, ...]]


class _Cycle(Struct, frozen=True):
    """A strongly connected part that holds a cycle: many steps, or one that leads to itself."""

    part: frozenset[str]
    inside: tuple[Edge, ...]
    exits: tuple[Edge, ...]


def loops_of(workflow: Workflow) -> tuple[Loop, ...]:
    """The loops whose edges are there for certain, and cycles of edges that always fire within larger loops."""
    sure = [edge for edge in workflow.edges if edge.choice is not None or edge.certainty is Certainty.CERTAIN]
    firing = [edge for edge in workflow.edges if always_fires(edge)]
    order, ends = {step.id: index for index, step in enumerate(workflow.steps)}, _ends(workflow)
    outer, inner = (
        [_loop(workflow, cycle, order, ends) for cycle in _cycles(workflow, edges)] for edges in (sure, firing)
    )
    known = {loop.steps for loop in inner}
    return tuple(sorted([*inner, *(loop for loop in outer if loop.steps not in known)], key=lambda loop: loop.steps))


def _cycles(workflow: Workflow, edges: list[Edge]) -> Iterator[_Cycle]:
    parts = strong_parts((step.id for step in workflow.steps), ((edge.source, edge.target) for edge in edges))
    number = {name: index for index, part in enumerate(parts) for name in part}
    inside: dict[int, list[Edge]] = defaultdict(list)
    exits: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.source in number and number[edge.source] == number.get(edge.target):
            inside[number[edge.source]].append(edge)
    for edge in workflow.edges:
        if edge.source in number and number[edge.source] != number.get(edge.target):
            exits[number[edge.source]].append(edge)
    for index, part in enumerate(parts):
        if index in inside:
            yield _Cycle(frozenset(part), tuple(inside[index]), tuple(exits[index]))


def _loop(workflow: Workflow, cycle: _Cycle, order: Mapping[str, int], ends: _Ends) -> Loop:
    ended = workflow.ends_on_first and bool(cycle.exits)  # whoever gets out first ends the others
    unconditional = all(always_fires(edge) for edge in cycle.inside) and not ended
    paused = workflow.is_imperative or _may_pause(cycle.part, ends)
    undecided = cycle.part & ends.undecided if not unconditional else frozenset[str]()
    return Loop(
        steps=tuple(sorted(cycle.part, key=order.__getitem__)),
        edges=cycle.inside,
        exits=cycle.exits,
        unconditional=unconditional,
        stoppable=paused or bool(undecided),
        undecided=() if paused else tuple(sorted(undecided, key=order.__getitem__)),
    )


def _ends(workflow: Workflow) -> _Ends:
    unknown = [item for aspect in (Aspect.EDGES, Aspect.STEPS) for item in workflow.open_to(aspect)]
    waiting: dict[str, tuple[Join, ...]] = {}
    for join in workflow.joins:
        waiting[join.target] = (*waiting.get(join.target, ()), join)
    return _Ends(
        anywhere=any(not item.affects for item in unknown),
        pausing=frozenset(name for item in unknown for name in item.affects)
        | {step.id for step in workflow.steps if step.interrupts},
        undecided=frozenset(item.source for item in workflow.unresolved_names if item.source is not None)
        | {choice.source for choice in workflow.choices if _may_fail(choice)},
        waiting=waiting,
    )


def _may_pause(part: frozenset[str], ends: _Ends) -> bool:
    """Whether a person, a join that waits in vain, or something that is not known can end the loop."""
    waiting = any(not part.issuperset(join.sources) for name in part for join in ends.waiting.get(name, ()))
    return ends.anywhere or waiting or not part.isdisjoint(ends.pausing)


def _may_fail(choice: Choice) -> bool:
    """Whether a choice may choose nobody, or a label that nobody translates.

    A step that decides by itself may do so unless all that it can come to is known.
    """
    sure = choice.closed and choice.routes and not choice.on_error
    if choice.may_return_none_at is not None or choice.mapping_open or (choice.is_goto and not sure):
        return True
    known = None if choice.mapping is None else {mapped.label for mapped in choice.mapping}
    return known is not None and any(route.label not in known for route in choice.routes)
