"""Waits of one step that are given one answer, since nothing tells them apart (llama-index-workflows 2.26).

A step that waits is run again from its top for each answer, and an answer goes to every wait for its class. Two waits
for one class are both given it: the second question is never asked, or where the waits have ids of their own, the last
answer takes the place of those before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from wflint.assembly.contracts.pauses import is_on_the_way, is_pause
from wflint.assembly.sequences import is_unset
from wflint.evaluate.events import LibraryCall
from wflint.frontends.llamaindex.contracts import WAITING
from wflint.frontends.llamaindex.steps import FlowStep
from wflint.model.loss import Loss, LossKind
from wflint.source.code import BreakOrContinue, For, Raise, Return, StmtT, While
from wflint.source.walking import holds, nodes_in

REQUIREMENTS: Final = ("requirements", 3)
MOST: Final = 40
"""So many waits of a step are compared with each other."""


def shared_answers(step: FlowStep) -> Iterator[Loss]:
    """The first wait of a step that is given the answer to another one, and the first one that is, round by round."""
    calls = step.summary.calls if step.summary is not None and step.summary.complete else ()
    waits = [call for call in calls if is_pause(call, WAITING) and _takes_any(call)][:MOST]
    pairs = ((first, second) for first, second in combinations(waits, 2) if _is_second(first, second))
    found = next(pairs, None)
    if found is not None:
        first, second = found
        reason = "is given the answer to the one before: an answer goes to every wait for its class, whatever its id"
        yield _loss("the second wait", step, second, reason, other=first)
        return
    again = next((call for call in waits if _is_in_a_loop(step, call)), None)
    if again is not None:
        reason = "is given one answer in all rounds of its loop: an answer goes to every wait for its class"
        yield _loss("the wait", step, again, reason)


def _loss(subject: str, step: FlowStep, call: LibraryCall, reason: str, other: LibraryCall | None = None) -> Loss:
    return Loss(
        LossKind.GUARD,
        f'{subject} of step "{step.name}"',
        call.span,
        reason,
        "tell answers apart by `requirements`, or ask in a step or for a class of its own",
        other.span if other is not None else None,
        step.name,
        in_some=other is None,
    )


def _takes_any(call: LibraryCall) -> bool:
    """Whether a wait takes any event of its class, which is known."""
    return not call.arguments.open and call.get("event_type", 0) is not None and is_unset(call.get(*REQUIREMENTS))


def _is_second(first: LibraryCall, second: LibraryCall) -> bool:
    """Whether a wait comes after another one for the same class."""
    same = first.get("event_type", 0) == second.get("event_type", 0)
    return same and first.location != second.location and is_on_the_way(first.path_condition, second)


def _is_in_a_loop(step: FlowStep, call: LibraryCall) -> bool:
    """Whether a wait stands in a loop of the step's own code that may go round."""
    if call.within or call.location.module is not step.function.module:
        return False
    loops = (node for node in nodes_in((step.function.node,)) if isinstance(node, For | While))
    around = [loop for loop in loops if any(holds(each.at, call.location.at) for each in loop.body)]
    return any(not _leaves(loop.body[-1]) for loop in around)


def _leaves(last: StmtT) -> bool:
    """Whether the last statement of a loop's body ends the loop, so that there is one round."""
    return isinstance(last, Return | Raise) or (isinstance(last, BreakOrContinue) and last.kind == "break")
