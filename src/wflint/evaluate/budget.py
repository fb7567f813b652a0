"""How much work the interpreter may do before it says "unknown"."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Budget:
    """Bounds on the evaluation of hostile or merely large sources.

    `steps` bounds the nodes evaluated for one module or one uncalled function, `depth` the calls on the stack, `size`
    the elements of one collection, `characters` those of one text, `max_iterations` how often a loop is unrolled,
    `nesting` the modules that import each other in a chain.
    """

    steps: int = 60_000
    depth: int = 48
    size: int = 4_096
    characters: int = 65_536
    max_iterations: int = 256
    nesting: int = 100
    spent: int = 0
    exhausted: bool = False

    def spend(self) -> bool:
        """Count one node; false when the steps are used up."""
        self.spent += 1
        if self.spent > self.steps:
            self.exhausted = True
            return False
        return True

    def renew(self) -> None:
        """A new module or function begins."""
        self.spent = 0
        self.exhausted = False
