"""How many rounds of a loop are run one by one: as many as come to their end within the budget, and tell anything."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.answers import is_answer
from wflint.evaluate.contents import item_if_there, may_lack
from wflint.evaluate.values import HeapObject, RepeatedElement, Value, join

if TYPE_CHECKING:
    from wflint.evaluate.events import ApiCall
    from wflint.evaluate.interpreter import Interpreter


class Pace(Struct, frozen=True):
    """What had been spent, made and recorded when the first round began."""

    interp: Interpreter
    spent: int
    clock: int
    recorded: int

    @classmethod
    def of(cls, interp: Interpreter) -> Pace:
        """A loop begins."""
        return cls(interp, interp.budget.spent, interp.heap.clock, len(interp.api_calls))

    def runs_out(self, done: int, ahead: int) -> bool:
        """Whether the rounds `ahead` cost more than what is left, and build nothing that was begun before the loop.

        They cost as much as those that are done. Each round that adds to something is another part of it.
        """
        spent = self.interp.budget.spent - self.spent
        return spent * ahead > done * self.interp.budget.left and not any(
            map(self._builds, self.interp.api_calls[self.recorded :])
        )

    def _builds(self, api_call: ApiCall) -> bool:
        """Whether a call does something, other than to run it, with what was there before the loop."""
        subject = api_call.subject
        is_own = isinstance(subject, HeapObject) and subject.allocated_at > self.clock
        return not is_own and not is_answer(api_call.result)


def few_rounds(items: list[Value]) -> list[Value]:
    """The elements, where those of a longer row that may be absent are gone through as one.

    A step builds nothing, so that what it does to any of them is all there is to know.
    """
    found: list[Value] = []
    for unsure, row in groupby(items, key=may_lack):
        listed = list(row)
        found += [RepeatedElement(any_of(listed))] if unsure and len(listed) > MOST_UNSURE_ROUNDS else listed
    return found


def any_of(items: list[Value]) -> Value:
    """One of several elements, if it is there."""
    held = (item_if_there(item) for item in items)
    return join(*(value for value in held if value is not None))


MOST_UNSURE_ROUNDS = 3
"""So many elements in a row that may be absent a step's loop goes through one by one."""
