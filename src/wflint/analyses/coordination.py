"""Which edges can be coordinated once, when the workflow is written, and which have to be watched at run time."""

from __future__ import annotations

import math
from collections.abc import Mapping

from wflint.analyses.cost import DEFAULT_COSTS, CostModel
from wflint.analyses.features import Surroundings, reasons
from wflint.analyses.impact import Impact
from wflint.model.finding import Coordination, EdgeLabel, Reason
from wflint.model.workflow import Edge

SPREAD = 1.0
"""Standard deviation of the prior's log-odds: without a single recorded run, they may well be off by as much."""
UNSURE = 0.8
"""Below this confidence the label is a guess, and says so."""


def labels_of(around: Surroundings, impact: Impact, costs: CostModel = DEFAULT_COSTS) -> Mapping[Edge, EdgeLabel]:
    """The label of each edge of a workflow."""
    return {edge: _label(edge, around, len(impact.of(edge.target)), costs) for edge in around.workflow.edges}


def _label(edge: Edge, around: Surroundings, dependents: int, costs: CostModel) -> EdgeLabel:
    found = reasons(edge, around)
    odds = sum(reason.weight for reason in found)
    probability = 1 / (1 + math.exp(-odds))
    threshold = costs.threshold(dependents)
    watch = costs.dynamic(probability, dependents) < costs.static(probability, dependents)
    above = _probability_above(odds, threshold)
    confidence = above if watch else 1 - above
    if confidence < UNSURE:
        text = "insufficient evidence: recorded runs would settle it"
        found = (*found, Reason("insufficient-evidence", text))
    return EdgeLabel(
        label=Coordination.DYNAMIC if watch else Coordination.STATIC,
        p_mismatch=round(probability, 4),
        threshold=round(threshold, 4),
        confidence=round(confidence, 4),
        reasons=found,
    )


def _probability_above(odds: float, threshold: float) -> float:
    """Probability that the true probability of a mismatch lies above the threshold, its log-odds being normal."""
    if threshold <= 0:
        return 1.0
    if threshold >= 1:
        return 0.0
    distance = (odds - math.log(threshold / (1 - threshold))) / SPREAD
    return 0.5 * (1 + math.erf(distance / math.sqrt(2)))
