"""The order of findings where only the first ones are seen."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.model.finding import Finding
from wflint.writers.summary import is_listed


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by level, in order of place within one; labels of edges come last, the likeliest mismatch first."""
    return tuple(sorted(findings, key=_rank))


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that people are shown, worst first: the notes that label edges would drown them."""
    return worst_first(finding for finding in findings if is_listed(finding))


def _rank(finding: Finding) -> tuple[bool, int, float]:
    label = finding.observation.label
    return label is not None, -finding.level.rank, -label.p_mismatch if label else 0.0
