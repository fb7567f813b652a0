"""What tests on the way tell about the size of tracked inputs: below, at or above a number."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wflint.evaluate.values import TrackedValue

TURNED: Final = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""What holds of two numbers where a comparison of them does not."""


class Sized(Struct, frozen=True):
    """A tracked input is known to compare with a number in this way: `symbol operator number`."""

    symbol: TrackedValue
    operator: str
    number: float

    @property
    def is_above(self) -> bool:
        """Whether the number is a lower bound."""
        return self.operator in (">", ">=")

    def covers(self, other: Sized) -> bool:
        """Whether it tells all that another one tells."""
        return self.symbol == other.symbol and _follows(self, other.operator, other.number)

    def implies(self, operator: str, number: float) -> bool | None:
        """Whether something of this size compares with another number in some way; None where it may or may not."""
        if _follows(self, operator, number):
            return True
        return False if _follows(self, TURNED[operator], number) else None


def _follows(known: Sized, operator: str, number: float) -> bool:
    """Whether a comparison holds for all that is of a size."""
    if known.is_above is not (operator in (">", ">=")):
        return False
    if known.number == number:
        return known.operator == operator or "=" in operator
    return known.number > number if known.is_above else known.number < number
