"""Doing something that happens only perhaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from wflint.evaluate.events import Flow
from wflint.evaluate.values import Rest, Value, may_be_absent

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

ResultT = TypeVar("ResultT")


def for_item(interp: Interpreter, item: Value, action: Callable[[], ResultT]) -> ResultT:
    """What an action gives that happens once for an item: perhaps, or any number of times, as the item is there."""
    if not isinstance(item, Rest) and not may_be_absent(item):
        return action()
    results: list[ResultT] = []

    def arm() -> Flow:
        results.append(action())
        if isinstance(item, Rest):
            interp.heap.repeated()
        return Flow.NEXT

    interp.fork(arm, lambda: Flow.NEXT)
    return results[0]
