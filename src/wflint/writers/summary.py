"""The lines below the findings: how many there are, and how the edges fell out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from wflint.analyses.coverage import Coverage, coverage_of
from wflint.model.finding import Coordination, Finding, Level, Standing
from wflint.model.program import Program

SAFE_MARK = "[*]"
"""Stands behind findings with a safe fix."""


def count(number: int, noun: str) -> str:
    """`1 edge`, `2 edges`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def count_fixes(number: int) -> str:
    """`no fixes`, `1 fix`, `2 fixes`."""
    return "1 fix" if number == 1 else f"{number or 'no'} fixes"


def is_listed(finding: Finding) -> bool:
    """Whether text output shows the finding: all but the notes that label an edge, of which there is one an edge."""
    return finding.observation.label is None or finding.level is not Level.NOTE


def summary(findings: Iterable[Finding], program: Program, rules: int) -> str:
    """What was found and what was looked at; labels of edges are summed up apart from the rest."""
    everything = tuple(findings)
    listed = tuple(finding for finding in everything if is_listed(finding))
    labels = Counter(finding.observation.label.label for finding in everything if finding.observation.label)
    lines = [_edges(labels)] if labels else []
    coverage = coverage_of(program)
    if coverage.sites:
        lines.append(_covered(coverage))
    lines.append(_verdict(listed, program, coverage, rules))
    return "\n".join((*lines, *_fixable(listed))) + "\n"


def compared(against: str, findings: Iterable[Finding], fixed: int) -> str:
    """How the findings stand against what was known."""
    standing = Counter(finding.standing for finding in findings)
    shares = (
        f"{standing[Standing.INTRODUCED]} introduced",
        f"{standing[Standing.EXISTING]} existing",
        f"{fixed} fixed",
    )
    return f"Against {against}: {', '.join(shares)}.\n"


def statistics(findings: Iterable[Finding]) -> str:
    """How often each rule spoke, most often first; notes that label edges, which are no faults, apart from the rest."""
    everything = tuple(findings)
    parts = [tuple(each for each in everything if is_listed(each) is listed) for listed in (True, False)]
    counted = [Counter((each.code, each.level, each.name) for each in part) for part in parts]
    width = max((len(str(number)) for part in counted for number in part.values()), default=0)
    return "\n".join(_rows(part, width) for part in counted if part)


def _rows(counted: Counter[tuple[str, Level, str]], width: int) -> str:
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{number:>{width}}  {code}  {level:<7}  {name}\n" for (code, level, name), number in rows)


def _fixable(listed: tuple[Finding, ...]) -> Iterator[str]:
    """How many findings wflint can fix by itself."""
    patches = [finding.patch for finding in listed if finding.patch is not None]
    safe = sum(patch.safe for patch in patches)
    unsafe = len(patches) - safe
    if safe:
        more = f" ({unsafe} more with `--fix --unsafe-fixes`)" if unsafe else ""
        yield f"{SAFE_MARK} {safe} fixable with `--fix`{more}."
    elif unsafe:
        yield f"{unsafe} fixable with `--fix --unsafe-fixes`."


def _edges(labels: Counter[Coordination]) -> str:
    shares = ", ".join(f"{labels[label]} {label}" for label in Coordination)
    return f"{count(labels.total(), 'edge')}: {shares}"


def _covered(coverage: Coverage) -> str:
    sites = f"{coverage.recovered} of {count(coverage.sites, 'construction site')} recovered"
    steps = f"{coverage.known} of {count(coverage.steps, 'step')} known"
    return f"Coverage: {sites}, {steps}, {count(coverage.edges_open, 'open edge')}"


def _verdict(listed: tuple[Finding, ...], program: Program, coverage: Coverage, rules: int) -> str:
    if not listed and coverage.sites and not coverage.recovered:
        return f"Nothing was checked: no workflow was recovered from {count(coverage.sites, 'construction site')}."
    if not listed:
        edges = sum(len(flow.edges) for flow in program.workflows)
        parts = (count(coverage.steps, "step"), count(edges, "edge"), count(rules, "rule"))
        return f"No findings in {count(len(program.workflows), 'workflow')} ({', '.join(parts)})."
    levels = Counter(finding.level for finding in listed)
    shares = ", ".join(count(levels[level], level) for level in reversed(Level) if levels[level])
    return f"Found {count(len(listed), 'finding')} ({shares})."
