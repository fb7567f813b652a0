"""Rows of the tables that compare two builds: what was measured, and whether the target is reached."""

from __future__ import annotations

from dataclasses import dataclass

HEADER = f"{'':30} {'':28} {'old':>9} {'new':>9} {'ratio':>6} {'target':>6}"


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement of both builds; the ratio is to `base`, which is `before` unless something else is named."""

    name: str
    what: str
    before: float
    after: float
    target: float
    base: float | None = None

    @property
    def ratio(self) -> float:
        """The newer build's figure in terms of the base."""
        return self.after / (self.before if self.base is None else self.base)

    def __str__(self) -> str:
        reached = "reached" if self.ratio <= self.target else "not reached"
        figures = f"{self.before:9.2f} {self.after:9.2f} {self.ratio:6.2f} {self.target:6.2f}"
        return f"{self.name[:30]:30} {self.what:28} {figures}  {reached}"
