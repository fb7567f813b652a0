"""WF951: an edge that should be watched at run time."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.finding import Coordination, EdgeLabel, Observation
from wflint.model.workflow import Edge, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every edge that watching is expected to pay for."""
    del workflow
    for edge, label in facts.labels.items():
        if label.label is Coordination.DYNAMIC:
            yield _observation(edge, label)


def _observation(edge: Edge, label: EdgeLabel) -> Observation:
    why = "; ".join(reason.text for reason in label.reasons if reason.weight > 0) or "a mismatch would cost much"
    return Observation(
        message=f'edge "{edge.source}" -> "{edge.target}" is needs-dynamic (p = {label.p_mismatch:.2f} >= '
        f"{label.threshold:.2f}): {why}; check what arrives before it is used",
        span=edge.span,
        key=(edge.source, edge.target, edge.kind.value, edge.label or ""),
        edge=(edge.source, edge.target),
        label=label,
        reasons=label.reasons,
    )
