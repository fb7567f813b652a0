"""How much work the interpreter may do before it says "unknown"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from wflint.evaluate.values import Location
    from wflint.source.code import ClassDef, FunctionDef, Lambda, StmtT

KEPT_BACK = 1 / 8, 100
"""What a call or a loop leaves of what there is around it, as a share and at most: the code after it still runs."""

CUTS = "places where an evaluation was cut short"
"""What notices of them are called together."""


class Cut(Struct, frozen=True):
    """A call, a loop or a statement that used up its budget: `steps` were spent, the rest of it was not evaluated.

    `code` is what was running. `reached_builder` is true where an object that a front end follows was within its reach.
    """

    subject: str
    location: Location
    steps: int
    code: FunctionDef | Lambda | ClassDef | tuple[StmtT, ...]
    reached_builder: bool = False

    @property
    def message(self) -> str:
        """What a notice says of it."""
        spent = f"the evaluation of {self.subject} was cut short after {self.steps} steps"
        return f"{spent}: what it builds or changes after that is not known"


class Budget(Struct):
    """Bounds on the evaluation of hostile or merely large sources.

    `steps` bounds the nodes evaluated for one statement of a module (all of them together get `statements` times as
    many), `depth` the calls on the stack, `size` the elements of one collection, `characters` those of one text,
    `max_iterations` how often a loop is unrolled, `nesting` the modules that import each other in a chain. `uncalled`
    bounds the nodes evaluated for a definition that only we call. `spare` is what all together may spend beyond that,
    each up to half of what the others have left. What is running now may spend up to `limit`. `cuts` is where it did
    not suffice, `times_cut` how often.
    """

    steps: int = 20_000
    statements: int = 4
    depth: int = 48
    size: int = 4_096
    characters: int = 65_536
    max_iterations: int = 256
    nesting: int = 100
    uncalled: int = 4_000
    spare: int = 30_000
    spent: int = 0
    limit: int = 0
    exhausted: bool = False
    cuts: dict[Location, Cut] = field(default_factory=dict)
    times_cut: int = 0

    def __post_init__(self) -> None:
        self.limit = self.steps

    def spend(self) -> bool:
        """Count one node; false when the steps are used up."""
        self.spent += 1
        if self.spent > self.limit:
            self.exhausted = True
            return False
        return True

    @contextmanager
    def account(self, steps: int) -> Iterator[None]:
        """Something begins that has a budget of its own; what is around it goes on with its own afterwards."""
        around = self.limit, self.spent, self.exhausted
        beyond = self.spare // 2
        self.spare -= beyond
        self.limit, self.spent, self.exhausted = steps + beyond, 0, False
        try:
            yield
        finally:
            self.spare += beyond - min(max(self.spent - steps, 0), beyond)
            self.limit, self.spent, self.exhausted = around

    @property
    def left(self) -> int:
        """What may still be spent here."""
        return self.limit - self.spent

    @property
    def afresh(self) -> int:
        """What a definition that was cut short may still spend when only we call it: more than it had, or in vain."""
        return self.uncalled + self.spare // 2

    def record_cut(self, cut: Cut) -> None:
        """Remember where the budget did not suffice."""
        self.times_cut += 1
        known = self.cuts.get(cut.location)
        if known is None or cut.reached_builder:
            self.cuts[cut.location] = cut

    def allot(self) -> int:
        """A call or a loop begins, which may spend most of what is left; the limit around it, for `settle`."""
        around = self.limit
        share, most = KEPT_BACK
        self.limit = around - min(int((around - self.spent) * share), most)
        return around

    def settle(self, around: int) -> bool:
        """It is over; whether it ran out, though there is budget left around it."""
        limit, self.limit = self.limit, around
        if not self.exhausted or limit >= around:
            return False
        self.spent, self.exhausted = limit, False
        return True
