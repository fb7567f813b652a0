"""Doing something that happens only perhaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from wflint.evaluate.events import Completion
from wflint.evaluate.values import RepeatedElement, Value, possibly_unbound

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

ResultT = TypeVar("ResultT")


def for_item(interp: Interpreter, item: Value, action: Callable[[], ResultT]) -> ResultT:
    """What an action gives that happens once for an item: perhaps, or any number of times, as the item is there."""
    if not isinstance(item, RepeatedElement) and not possibly_unbound(item):
        return action()
    results: list[ResultT] = []

    def arm() -> Completion:
        results.append(action())
        if isinstance(item, RepeatedElement):
            interp.heap.widen_loop()
        return Completion.NORMAL

    interp.fork(arm, lambda: Completion.NORMAL)
    return results[0]
