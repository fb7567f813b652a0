"""WF951: an edge that should be watched at run time."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.labels.coordination import is_believed, qualifications
from wflint.model.finding import Coordination, EdgeLabel, Level, Observation
from wflint.model.workflow import Edge, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every edge that watching is expected to pay for."""
    del workflow
    for edge, label in facts.labels.items():
        if label.label is Coordination.DYNAMIC:
            yield _observation(edge, label)


def _observation(edge: Edge, label: EdgeLabel) -> Observation:
    why = "; ".join((*qualifications(label), *(reason.text for reason in label.reasons if reason.weight > 0)))
    return Observation(
        message=f'edge "{edge.source}" -> "{edge.target}" is needs-dynamic (p = {label.p_mismatch:.2f}, '
        f"threshold {label.threshold:.2f}, confidence {label.confidence:.2f}): "
        f"{why or 'a mismatch is expensive'}; check the value before use (see `wflint plan`)",
        span=edge.span,
        key=(edge.source, edge.target, edge.kind.value, edge.label or ""),
        level=Level.WARNING if is_believed(label) else None,
        edge=(edge.source, edge.target),
        label=label,
        reasons=label.reasons,
    )
