"""The lines below the findings: how many there are, and how the edges fell out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from wflint.model.finding import Coordination, Finding, Level


def count(number: int, noun: str) -> str:
    """`1 edge`, `2 edges`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def is_listed(finding: Finding) -> bool:
    """Whether text output shows the finding: all but the notes that label an edge, of which there is one an edge."""
    return finding.observation.label is None or finding.level is not Level.NOTE


def summary(findings: Iterable[Finding], workflows: int) -> str:
    """What was found, in one or two lines; labels of edges are summed up apart from the rest."""
    everything = tuple(findings)
    listed = tuple(finding for finding in everything if is_listed(finding))
    labels = Counter(finding.observation.label.label for finding in everything if finding.observation.label)
    lines = [_edges(labels)] if labels else []
    return "\n".join((*lines, _verdict(listed, workflows))) + "\n"


def statistics(findings: Iterable[Finding]) -> str:
    """How often each rule spoke, most often first."""
    counted = Counter((finding.code, finding.level, finding.name) for finding in findings)
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    width = max((len(str(number)) for _, number in rows), default=0)
    return "".join(f"{number:>{width}}  {code}  {level:<7}  {name}\n" for (code, level, name), number in rows)


def _edges(labels: Counter[Coordination]) -> str:
    shares = ", ".join(f"{labels[label]} {label}" for label in Coordination)
    return f"{count(labels.total(), 'edge')}: {shares}"


def _verdict(listed: tuple[Finding, ...], workflows: int) -> str:
    if not listed:
        return f"No findings in {count(workflows, 'workflow')}."
    levels = Counter(finding.level for finding in listed)
    shares = ", ".join(count(levels[level], level) for level in reversed(Level) if levels[level])
    return f"Found {count(len(listed), 'finding')} ({shares})."
