"""When watching an edge pays: the expected cost of coordinating it once against coordinating it at run time.

All amounts are effective tokens per execution, unless they are paid once.
"""

from __future__ import annotations

from msgspec import Struct

from wflint.analyses.labels.effort import OUTPUT_WEIGHT, effort_of, is_human, is_model, size_of, type_of
from wflint.config import LabelSettings
from wflint.model.workflow import START, Edge, Step, StepKind, Workflow


class TradeOff(Struct, frozen=True):
    """The inputs of the decision about one edge: what either way costs, and what it prevents."""

    runs: float
    """N: runs until the contract changes."""
    planning: float
    """C_plan, once."""
    plan_tokens: float
    """t_plan: the plan's length, where the target is prompted."""
    adapting: float
    """A: the target follows the plan."""
    loss: float
    """L: a mismatch that nobody handled."""
    setup: float
    """C_setup, once."""
    watching: float
    """W: nothing for a schema check, reading and a verdict for a model judge."""
    intervening: float
    """V: the upstream step runs again, or the person is asked again."""
    handled_static: float
    """h_s: share of mismatches that the plan foresees."""
    handled_dynamic: float
    """h_d: share of mismatches that the watch mends."""

    def static(self, probability: float) -> float:
        """Expected cost of coordinating at authoring time."""
        mismatch = self.adapting + (1 - self.handled_static) * self.loss
        return self.planning / self.runs + self.plan_tokens + probability * mismatch

    def dynamic(self, probability: float) -> float:
        """Expected cost of watching at run time."""
        mismatch = self.intervening + (1 - self.handled_dynamic) * self.loss
        return self.setup / self.runs + self.watching + probability * mismatch

    @property
    def threshold(self) -> float:
        """The probability of a mismatch from which watching is cheaper, in 0..1; 1 where it never is."""
        fixed = self.dynamic(0) - self.static(0)
        saved = (self.static(1) - self.static(0)) - (self.dynamic(1) - self.dynamic(0))
        if saved <= 0:
            return 0.0 if fixed < 0 else 1.0
        return min(max(fixed / saved, 0.0), 1.0)

    def __str__(self) -> str:
        return (
            f"effective tokens a run: a plan {self.static(0):,.0f} + {self.static(1) - self.static(0):,.0f} p, "
            f"watching {self.dynamic(0):,.0f} + {self.dynamic(1) - self.dynamic(0):,.0f} p; estimated from "
            f"N = {self.runs:,.0f} runs, C_plan = {self.planning:,.0f}, t_plan = {self.plan_tokens:,.0f}, "
            f"A = {self.adapting:,.0f}, L = {self.loss:,.0f}, C_setup = {self.setup:,.0f}, W = {self.watching:,.0f}, "
            f"V = {self.intervening:,.0f}, h_s = {self.handled_static:g}, h_d = {self.handled_dynamic:g}"
        )


def trade_off(edge: Edge, workflow: Workflow, rerun: int, settings: LabelSettings) -> TradeOff:
    """The inputs for one edge; `rerun` is the effort of its target and of all steps that depend on it."""
    source, target = workflow.step(edge.source), workflow.step(edge.target)
    again = effort_of(source, workflow) if source is not None else 0
    judged = needs_judge(source, target)
    return TradeOff(
        runs=settings.runs,
        planning=settings.planning,
        plan_tokens=settings.plan_tokens if target is not None and is_prompted(target) else 0.0,
        adapting=settings.adapting,
        loss=settings.diagnosis + again + rerun,
        setup=settings.setup,
        watching=_reading(source, target, workflow, settings) if judged else 0.0,
        intervening=again,
        handled_static=settings.handled_static,
        handled_dynamic=settings.handled_judge if judged else settings.handled_check,
    )


def is_prompted(step: Step) -> bool:
    """Whether a plan for the step is read by a model on every run; a plan for code is code."""
    return is_model(step) or step.kind is StepKind.SUBWORKFLOW


def handed_over(source: Step, target: Step) -> tuple[str, ...]:
    """The fields that the source offers and the target reads, in the target's order."""
    offered = {offer.name for offer in source.offers}
    return tuple(dict.fromkeys(need.name for need in target.needs if need.name in offered))


def needs_judge(source: Step | None, target: Step | None) -> bool:
    """Whether only reading can tell if the output fits: a declared form says nothing of what a model puts into it."""
    if source is None or target is None or source.id == START:
        return False
    return is_model(source) or is_human(source) or source.kind in (StepKind.TOOL, StepKind.SUBWORKFLOW)


def _reading(source: Step | None, target: Step | None, workflow: Workflow, settings: LabelSettings) -> float:
    """What a model judge reads and answers."""
    names = handed_over(source, target) if source is not None and target is not None else ()
    sizes = [size_of(type_of(name, _offered(source, name), workflow)) for name in names]
    return settings.judge_prompt + (sum(sizes) or size_of(None)) + OUTPUT_WEIGHT * settings.verdict


def _offered(source: Step | None, name: str) -> str | None:
    offers = source.offers if source is not None else ()
    return next((offer.type for offer in offers if offer.name == name), None)
