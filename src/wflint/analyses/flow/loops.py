"""Cycles and the ways out of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wflint.analyses.flow.reachability import cyclic, strong_parts
from wflint.analyses.flow.wiring import always_fires
from wflint.model.contract import Certainty
from wflint.model.workflow import Aspect, Choice, Edge, Workflow


@dataclass(frozen=True, slots=True)
class Loop:
    """Steps that can come round again, in declared order.

    `edges` stay inside, `exits` lead out. `unconditional` is true where the edges that always fire close a cycle by
    themselves, so that exits elsewhere do not end it. `stoppable` is true where something other than an edge can end
    it: plain code, a person, a step whose targets are not known, a router that may choose nobody, a join that waits
    in vain.
    """

    steps: tuple[str, ...]
    edges: tuple[Edge, ...]
    exits: tuple[Edge, ...]
    unconditional: bool
    stoppable: bool

    @property
    def endless(self) -> bool:
        """Whether no run that gets in gets out."""
        return not self.stoppable and (self.unconditional or not self.exits)


def loops_of(workflow: Workflow) -> tuple[Loop, ...]:
    """The loops whose edges are there for certain, and cycles of edges that always fire within larger loops."""
    sure = [edge for edge in workflow.edges if edge.choice is not None or edge.certainty is Certainty.CERTAIN]
    outer = [_loop(workflow, part, sure) for part in _cycles(workflow, sure)]
    firing = [edge for edge in workflow.edges if always_fires(edge)]
    inner = [_loop(workflow, part, firing) for part in _cycles(workflow, firing)]
    known = {loop.steps for loop in inner}
    return tuple(sorted([*inner, *(loop for loop in outer if loop.steps not in known)], key=lambda loop: loop.steps))


def _cycles(workflow: Workflow, edges: list[Edge]) -> tuple[frozenset[str], ...]:
    parts = strong_parts((step.id for step in workflow.steps), ((edge.source, edge.target) for edge in edges))
    return tuple(part for part in parts if cyclic(part, edges))


def _loop(workflow: Workflow, part: frozenset[str], edges: Iterable[Edge]) -> Loop:
    inside = tuple(edge for edge in edges if edge.source in part and edge.target in part)
    unconditional = all(always_fires(edge) for edge in inside)
    return Loop(
        steps=tuple(step.id for step in workflow.steps if step.id in part),
        edges=inside,
        exits=tuple(edge for edge in workflow.edges if edge.source in part and edge.target not in part),
        unconditional=unconditional,
        stoppable=workflow.is_imperative
        or _may_pause(workflow, part)
        or (not unconditional and _may_choose_nobody(workflow, part)),
    )


def _may_pause(workflow: Workflow, part: frozenset[str]) -> bool:
    """Whether a person, a join that waits in vain, or something that is not known can end the loop."""
    asking = any(step.interrupts for step in workflow.steps if step.id in part)
    waiting = any(join.target in part and not part.issuperset(join.sources) for join in workflow.joins)
    unknown = any(
        not item.affects or part & set(item.affects)
        for aspect in (Aspect.EDGES, Aspect.STEPS)
        for item in workflow.open_to(aspect)
    )
    return asking or waiting or unknown


def _may_choose_nobody(workflow: Workflow, part: frozenset[str]) -> bool:
    """Whether a decision in the loop can end it; edges that always fire do not wait for any."""
    dangling = any(item.source in part for item in workflow.unresolved_names)
    return dangling or any(_may_fail(choice) for choice in workflow.choices if choice.source in part)


def _may_fail(choice: Choice) -> bool:
    """Whether a choice may choose nobody, or a label that nobody translates.

    A step that decides by itself may do so unless all that it can come to is known.
    """
    sure = choice.closed and choice.routes and not choice.on_error
    if choice.may_return_none_at is not None or choice.mapping_open or (choice.is_goto and not sure):
        return True
    known = None if choice.mapping is None else {mapped.label for mapped in choice.mapping}
    return known is not None and any(route.label not in known for route in choice.routes)
