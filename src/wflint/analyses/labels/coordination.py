"""Which edges can be coordinated once, when the workflow is written, and which have to be watched at run time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wflint.analyses.data.impact import EffortSums, Impact
from wflint.analyses.labels.beta import Beta
from wflint.analyses.labels.cost import TradeOff, trade_off
from wflint.analyses.labels.decisions import Decision, EdgeName, contracts_of
from wflint.analyses.labels.edge_context import EdgeContext
from wflint.analyses.labels.effort import effort_of
from wflint.analyses.labels.features import is_judged, reasons
from wflint.analyses.labels.labelling import DEFAULT_LABELLING, Evidence, Labelling
from wflint.config import LabelSettings
from wflint.model.finding import Coordination, EdgeLabel, Reason
from wflint.model.workflow import Edge, Workflow

UNSURE_FROM, UNSURE_TO = 0.2, 0.8
"""Between these probabilities of lying above the threshold the evidence does not decide, and the label says so."""

LOWEST, HIGHEST = 0.10, 0.50
"""Whatever watching costs, it starts between these: p = .60 never reads static, p = .03 never dynamic."""

BELIEVED_FROM = 0.95
"""Confidence from which needs-dynamic is a warning, once there are recorded runs."""
FEWEST_RUNS = 5
"""Runs below which nobody is warned: what the source alone can prove, rules of their own say better."""

PENDING = "pending"
INSUFFICIENT = "insufficient-evidence"
RECORDED = "recorded-mismatches"
REVIEWED = "reviewed"
OUTDATED = "review-outdated"
EXPECTED_COST = "expected-cost"


def labels_of(
    around: EdgeContext, impact: Impact, labelling: Labelling = DEFAULT_LABELLING
) -> Mapping[Edge, EdgeLabel]:
    """The label of each edge of a workflow."""
    costs = Costs.of(around.workflow, impact, labelling)
    return {edge: _label(edge, around, costs, labelling) for edge in around.workflow.edges}


class Costs(Struct, frozen=True):
    """What the decisions about a workflow's edges are reckoned from."""

    workflow: Workflow
    impact: Impact
    efforts: EffortSums
    settings: LabelSettings

    @classmethod
    def of(cls, workflow: Workflow, impact: Impact, labelling: Labelling) -> Costs:
        """The costs of a workflow."""
        efforts = EffortSums(impact, workflow.steps, lambda step: effort_of(step, workflow))
        return cls(workflow, impact, efforts, labelling.settings)

    def about(self, edge: Edge) -> TradeOff:
        """What the decision about an edge is reckoned from."""
        return trade_off(edge, self.workflow, self.efforts.behind(edge.target), self.settings)


def is_believed(label: EdgeLabel) -> bool:
    """Whether somebody should be told now; a person who has decided need not be."""
    decided = any(reason.feature == REVIEWED for reason in label.reasons)
    return not decided and label.executions >= FEWEST_RUNS and label.confidence >= BELIEVED_FROM


def qualifications(label: EdgeLabel) -> tuple[str, ...]:
    """What is to be said beside a label: who decided it on which code, what did not fit, that it is unsure."""
    wanted = (REVIEWED, OUTDATED, RECORDED, INSUFFICIENT)
    return tuple(reason.text for reason in label.reasons if reason.feature in wanted)


def _label(edge: Edge, around: EdgeContext, costs: Costs, labelling: Labelling) -> EdgeLabel:
    name = EdgeName(around.workflow.id, edge.source, edge.target)
    seen = labelling.evidence.get(name, Evidence())
    found = reasons(edge, around)
    settings = labelling.settings
    prior = 1 / (1 + math.exp(-settings.prior_bias - settings.prior_scale * sum(reason.weight for reason in found)))
    belief = Beta.of(prior, settings.prior_strength, seen.executions, seen.mismatches)
    cost = costs.about(edge)
    threshold = min(max(cost.threshold, LOWEST), HIGHEST)
    watch = is_judged(found) and belief.mean > threshold
    above = belief.above(threshold)
    label = EdgeLabel(
        label=Coordination.DYNAMIC if watch else Coordination.STATIC,
        p_mismatch=round(belief.mean, 4),
        threshold=round(threshold, 4),
        confidence=round(above if watch else 1 - above, 4),
        reasons=(*found, *_about_evidence(above, seen), Reason(EXPECTED_COST, _explained(cost, threshold))),
        executions=seen.executions,
        mismatches=seen.mismatches,
    )
    decision = labelling.decisions.about(name)
    return label if decision is None else _reviewed(label, decision, around.workflow)


def _explained(cost: TradeOff, threshold: float) -> str:
    """What the threshold comes from, in a sentence and in figures."""
    held = "" if threshold == cost.threshold else f", held between {LOWEST:.0%} and {HIGHEST:.0%}"
    return f"watching pays from a chance of {cost.threshold:.0%}{held}; {cost}"


def _about_evidence(above: float, seen: Evidence) -> Iterator[Reason]:
    if seen.mismatches:
        yield Reason(RECORDED, f"{seen.mismatches} of {seen.executions} recorded executions did not fit")
    if UNSURE_FROM < above < UNSURE_TO:
        yield Reason(INSUFFICIENT, "insufficient evidence: recorded runs would settle it")
    if not seen.executions:
        yield Reason(PENDING, "no recorded run has taken the edge")


def _reviewed(label: EdgeLabel, decision: Decision, workflow: Workflow) -> EdgeLabel:
    """The label after a person's word, which counts for the contracts that the person saw."""
    edge = decision.edge
    if decision.contracts != contracts_of(workflow, edge.source, edge.target):
        text = f"reviewed as {decision.verdict} by {decision}, but the contracts have changed since: review it again"
        return replace(label, reasons=(Reason(OUTDATED, text), *label.reasons))
    rest = tuple(reason for reason in label.reasons if reason.feature != INSUFFICIENT)
    reviewed = Reason(REVIEWED, f"reviewed by {decision}")
    return replace(label, label=decision.verdict, confidence=1.0, reasons=(reviewed, *rest))
