"""WF952: an edge that can be coordinated once, when the workflow is written."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.labels.coordination import qualifications
from wflint.model.finding import Coordination, EdgeLabel, Observation
from wflint.model.workflow import Edge, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every edge that watching is not expected to pay for."""
    del workflow
    for edge, label in facts.labels.items():
        if label.label is Coordination.STATIC:
            yield _observation(edge, label)


def _observation(edge: Edge, label: EdgeLabel) -> Observation:
    speaking = (reason.text for reason in label.reasons if reason.weight < 0 and reason.feature != "base")
    why = "; ".join((*qualifications(label), *speaking))
    return Observation(
        message=f'edge "{edge.source}" -> "{edge.target}" is likely-static (p = {label.p_mismatch:.2f}, '
        f"threshold {label.threshold:.2f}, confidence {label.confidence:.2f}): "
        f"{why or 'no sign of a mismatch'}; settle it once (see `wflint plan`)",
        span=edge.span,
        key=(edge.source, edge.target, edge.kind.value, edge.label or ""),
        edge=(edge.source, edge.target),
        label=label,
        reasons=label.reasons,
    )
