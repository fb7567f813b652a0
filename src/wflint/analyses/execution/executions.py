"""How often each step can run in one run, and what bounds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from wflint.analyses.execution.arrivals import arrivals
from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.loops import Loop
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.labels.effort import is_model
from wflint.model.workflow import END, START, Edge, Workflow


class Bound(StrEnum):
    """What tells how often a step runs."""

    ONCE = "once"
    """No loop, no fan-out, no second branch starts it again."""
    LIMIT = "in a loop with a limit"
    """A loop starts it again until a limit that the source sets ends the loop or the run."""
    DEFAULT = "in a loop that the framework limits"
    """A loop starts it again until the framework's own limit ends the run."""
    NO_LIMIT = "in a loop without a limit in the source"
    """A loop starts it again, and neither the source nor the framework sets a limit that is known."""
    ITEMS = "one for each item"
    """A fan-out starts a copy of it for each item."""
    BRANCHES = "one for each branch"
    """Branches that meet in it start it, one after the other or each by itself."""
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
    return tuple(_executions(name, bounds.get(name, Bound.ONCE), workflow) for name in names)


def _executions(name: str, bound: Bound, workflow: Workflow) -> Executions:
    if bound is Bound.ONCE:
        return Executions(name, 1, bound)
    if bound is Bound.NO_LIMIT:
        return _limited(name, workflow)
    return Executions(name, None, bound)


def _limited(name: str, workflow: Workflow) -> Executions:
    """How often a step in a loop can run: as often as the loop itself says, or until a limit ends the run.

    That is the highest limit of all callers; where one of them sets none, or others may call, it is the workflow's own.
    """
    default, step = workflow.limit, workflow.step(name)
    if step is not None and step.most_runs is not None:
        return Executions(name, step.most_runs, Bound.LIMIT)
    limits = [call.recursion_limit for call in workflow.invocations]
    known = [limit for limit in limits if limit is not None]
    if known and len(known) == len(limits):
        return Executions(name, max(known), Bound.LIMIT)
    if default is None or (default.models_only and (step is None or not is_model(step))):
        return Executions(name, None, Bound.NO_LIMIT)
    most = max((*known, default.most))
    return Executions(name, most, Bound.LIMIT if default.given else Bound.DEFAULT)


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
    several = arrivals(workflow, reachability)
    found.update(dict.fromkeys(several.of_branches, Bound.BRANCHES))
    found.update(dict.fromkeys(several.of_items, Bound.ITEMS))
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
