"""How often each step can run in one run, and what bounds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.loops import Loop
from wflint.analyses.flow.reachability import Reachability
from wflint.model.workflow import END, START, Edge, Workflow


class Bound(StrEnum):
    """What tells how often a step runs."""

    ONCE = "once"
    """No loop, no fan-out, no second branch starts it again."""
    LIMIT = "in a loop with a limit"
    """A loop starts it again until a limit that the caller sets ends the run."""
    NO_LIMIT = "in a loop without a limit in the source"
    """A loop starts it again, and the source sets no limit: the framework's default holds."""
    ITEMS = "one for each item"
    """A fan-out starts a copy of it for each item."""
    BRANCHES = "one for each branch"
    """Branches of different length start it one after the other."""
    CODE = "as plain code decides"
    """Plain code runs it when and as often as it likes."""
    OPEN = "not all edges known"
    """There may be ways back to it that the source does not tell."""


class Executions(Struct, frozen=True):
    """How often a step can run in one run: at most `most` times, None where the source does not tell."""

    step: str
    most: int | None
    bound: Bound


def executions_of(
    workflow: Workflow, reachability: Reachability, loops: tuple[Loop, ...], concurrency: Concurrency | None
) -> tuple[Executions, ...]:
    """The bound of each step that is reached, in declared order."""
    names = [step.id for step in workflow.steps if step.id in reachability.reached and step.id not in (START, END)]
    bounds = _bounds(workflow, reachability, loops, concurrency)
    limit = _limit(workflow)
    return tuple(_executions(name, bounds.get(name, Bound.ONCE), limit) for name in names)


def _executions(name: str, bound: Bound, limit: int | None) -> Executions:
    if bound is Bound.ONCE:
        return Executions(name, 1, bound)
    if bound is Bound.NO_LIMIT and limit is not None:
        return Executions(name, limit, Bound.LIMIT)
    return Executions(name, None, bound)


def _limit(workflow: Workflow) -> int | None:
    """The highest limit that a caller sets; None where one of them sets none, or others may call."""
    limits = [call.recursion_limit for call in workflow.invocations]
    known = [limit for limit in limits if limit is not None]
    return max(known) if known and len(known) == len(limits) else None


def _bounds(
    workflow: Workflow, reachability: Reachability, loops: tuple[Loop, ...], concurrency: Concurrency | None
) -> Mapping[str, Bound]:
    """What else than once is known of steps; the strongest reason comes last."""
    if workflow.is_imperative:
        return dict.fromkeys(workflow.index.steps, Bound.CODE)
    found: dict[str, Bound] = {}
    if concurrency is None or not workflow.complete_edges:
        found.update(dict.fromkeys(workflow.index.steps, Bound.OPEN))
    found.update(dict.fromkeys((step.id for step in workflow.steps if _returns(step.id, reachability)), Bound.OPEN))
    if concurrency is not None:
        for name in concurrency.rerun_steps:
            found.update(dict.fromkeys({name} | reachability.beyond([name]), Bound.BRANCHES))
        found.update(dict.fromkeys((worker.first for worker in concurrency.workers), Bound.ITEMS))
    repeated = {step.id for step in workflow.steps if step.keeps_turn}
    for loop in loops:
        repeated.update(loop.steps)
        repeated.update(_dragged(loop, workflow, reachability))
    found.update(dict.fromkeys(repeated, Bound.NO_LIMIT))
    return found


def _returns(name: str, reachability: Reachability) -> bool:
    """Whether some way leads back to the step, by edges that may not be there."""
    return any(target == name or reachability.leads(target, name) for target in reachability.successors.get(name, ()))


def _dragged(loop: Loop, workflow: Workflow, reachability: Reachability) -> Iterator[str]:
    """The steps that each round starts although the loop goes on."""
    firsts = {edge.target for edge in loop.exits if not _ends_the_loop(edge, loop.edges, workflow)} - {END}
    yield from firsts
    yield from reachability.beyond(firsts)


def _ends_the_loop(edge: Edge, inside: Iterable[Edge], workflow: Workflow) -> bool:
    """Whether taking the exit means that the loop is not gone on with: one choice has to be between the two."""
    if edge.choice is None or not workflow.choices[edge.choice].exclusive:
        return False
    staying = [other for other in inside if other.source == edge.source]
    return all(other.choice == edge.choice for other in staying)
