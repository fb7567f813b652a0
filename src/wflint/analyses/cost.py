"""When watching an edge pays: the expected cost of coordinating it once against coordinating it at run time.

All amounts are effective tokens per execution: input tokens count once, output tokens four times.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostModel:
    """What coordination costs, and how much of the damage each way prevents.

    The defaults describe a step of about 1,500 effective tokens that is watched by a model; calibration replaces them.
    """

    runs: float = 200.0
    """Runs until the contract changes: a workflow in use is touched every few weeks."""
    planning: float = 4_000.0
    """Writing the handling plan for an edge once, with the two steps' prompts as input."""
    plan_tokens: float = 150.0
    """The plan's own length: it is read on every run."""
    adapting: float = 300.0
    """What the downstream step spends on following the plan when the output does not fit."""
    setup: float = 8_000.0
    """Setting a watch up: writing the check and trying it out."""
    watching: float = 680.0
    """A model that reads the output (600) and gives a short verdict (20 tokens, four times)."""
    intervening: float = 1_500.0
    """Running the upstream step again."""
    step: float = 1_500.0
    """Running one downstream step again after a mismatch that nobody caught."""
    handled_static: float = 0.5
    """Share of mismatches that a plan foresees."""
    handled_dynamic: float = 0.9
    """Share of mismatches that a watch catches."""

    def loss(self, dependents: int) -> float:
        """What an unhandled mismatch costs: the target and everything that depends on it runs again."""
        return self.step * (1 + dependents)

    def static(self, probability: float, dependents: int) -> float:
        """Expected cost of coordinating at authoring time."""
        mismatch = self.adapting + (1 - self.handled_static) * self.loss(dependents)
        return self.planning / self.runs + self.plan_tokens + probability * mismatch

    def dynamic(self, probability: float, dependents: int) -> float:
        """Expected cost of watching at run time."""
        mismatch = self.intervening + (1 - self.handled_dynamic) * self.loss(dependents)
        return self.setup / self.runs + self.watching + probability * mismatch

    def threshold(self, dependents: int) -> float:
        """The probability of a mismatch from which watching is cheaper, in 0..1; 1 where it never is."""
        fixed = self.dynamic(0, dependents) - self.static(0, dependents)
        saved = (self.static(1, dependents) - self.dynamic(1, dependents)) + fixed
        if saved <= 0:
            return 0.0 if fixed < 0 else 1.0
        return min(max(fixed / saved, 0.0), 1.0)


DEFAULT_COSTS = CostModel()
