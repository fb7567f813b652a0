"""Branches that cannot be decided: each is run from the same state, and what they leave is joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from wflint.evaluate.events import GOING_ON, Completion, Narrowing, PathCondition, apply_narrowing, common
from wflint.evaluate.heap import NOWHERE, AbruptCompletion, BranchState

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def fork(interp: Interpreter, branches: Sequence[Callable[[], Completion]], *, decided: bool) -> Completion:
    """Run the branches and join what they leave; how what follows is reached.

    `decided` keeps the first branch certain (a `try` whose handlers are the other ones).
    """
    path_condition, narrowing = interp.path_condition, interp.narrowing
    frame_start = interp.frames[-1].started_at if interp.frames else 0
    states: list[BranchState] = []
    completions: list[Completion] = []
    left = NOWHERE
    because: PathCondition = ()
    failed: PathCondition = ()
    after: list[Narrowing] = []
    for number, branch in enumerate(branches):
        interp.path_condition, interp.narrowing = path_condition, narrowing
        if number or not decided:
            interp.condition()
        interp.heap.open_branch()
        depth = len(interp.heap.layers)
        completion = branch()
        exits = interp.heap.join_early_exits(depth, frame_start) | completion.leaves
        alive = completion is Completion.NORMAL or bool(exits - {AbruptCompletion.FUNCTION})
        state = interp.heap.discard_branch(alive, frame_start)
        returned = AbruptCompletion.FUNCTION in exits
        states.append(replace(state, returned=returned, narrow=partial(apply_narrowing, interp.narrowing)))
        completions.append(completion)
        left |= exits
        added = interp.path_condition[len(path_condition) :]
        because += added if exits else ()
        failed += added if completion is Completion.EXIT else ()
        if completion is Completion.NORMAL:
            after.append(interp.narrowing)
    joined = next((one for one in GOING_ON if one in completions or one.leaves & left), completions[-1])
    leaving = left - joined.leaves
    if joined is Completion.NORMAL:
        falls = [completion is joined for completion in completions]
        states = [replace(state, jumped=state.alive and not on) for state, on in zip(states, falls, strict=True)]
    left_behind = interp.heap.join_branches(states, frame_start, goes_on=AbruptCompletion.FUNCTION in leaving)
    interp.path_condition = path_condition
    interp.narrowing = common(after) if after else narrowing
    interp.leave(leaving, because)
    if left_behind:
        interp.heap.leave_behind(left_behind)
    if joined is Completion.NORMAL:
        interp.path_condition = interp.control_dependences.after_guard(interp.path_condition, failed)
    return joined


def rejoin(interp: Interpreter, depth: int, path_condition: PathCondition) -> None:
    """What comes next is done by those runs, too, that have left since this `depth` of arms, on their way out."""
    interp.leave(interp.join_early_exits(depth), interp.path_condition[len(path_condition) :])
