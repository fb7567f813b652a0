"""Whether the rounds of a loop, run one by one, come to their end within the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.answers import is_answer
from wflint.evaluate.values import HeapObject

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
