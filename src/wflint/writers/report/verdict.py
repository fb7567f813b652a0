"""The verdict in words."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.coverage import Coverage
from wflint.writers.report.document import Health, TotalsWire, VerdictWire
from wflint.writers.summary import count


def verdict(totals: TotalsWire, coverage: Coverage) -> VerdictWire:
    """How things stand."""
    return VerdictWire(health=_health(totals, coverage), sentences=tuple(_sentences(totals, coverage)))


def _health(totals: TotalsWire, coverage: Coverage) -> Health:
    if not totals.workflows:
        return Health.UNKNOWN if coverage.sites else Health.EMPTY
    if totals.errors:
        return Health.BROKEN
    return Health.ATTENTION if totals.warnings else Health.HEALTHY


def _sentences(totals: TotalsWire, coverage: Coverage) -> Iterator[str]:
    match _health(totals, coverage):
        case Health.EMPTY:
            yield "No agent workflow was found here."
            return
        case Health.UNKNOWN:
            yield f"Nothing was checked: no workflow was recovered from {count(coverage.sites, 'construction site')}."
            return
        case Health.BROKEN:
            yield f"{count(totals.errors, 'error')} and {count(totals.warnings, 'warning')}: runs fail or lose data."
        case Health.ATTENTION:
            yield f"No errors, but {count(totals.warnings, 'warning')}."
        case Health.HEALTHY:
            yield "No errors and no warnings."
    yield f"{count(totals.workflows, 'workflow')} with {count(totals.steps, 'step')}; {_watched(totals)}."
    yield from _limits(coverage)


def _watched(totals: TotalsWire) -> str:
    """How many edges are to be watched, and by what."""
    if not totals.dynamic_edges:
        return f"none of {count(totals.edges, 'edge')} needs to be watched at run time"
    told = f"{totals.dynamic_edges} of {count(totals.edges, 'edge')} should be watched at run time"
    if totals.checkable_edges == totals.dynamic_edges:
        return told
    if not totals.checkable_edges:
        return f"{told}, by recorded runs: the source shows nothing to check"
    return f"{told}, {totals.checkable_edges} by a check, the others by recorded runs"


def _limits(coverage: Coverage) -> Iterator[str]:
    """What is not known."""
    left, unknown = coverage.sites - coverage.recovered, coverage.steps - coverage.known
    parts = [
        f"{left} of {count(coverage.sites, 'construction site')} could not be recovered" if left else "",
        f"the work of {unknown} of {count(coverage.steps, 'step')} is not known" if unknown else "",
        f"{count(coverage.edges_open, 'step')} may lead elsewhere, too" if coverage.edges_open else "",
    ]
    said = [part for part in parts if part]
    if said:
        text = "; ".join(said)
        yield f"{text[:1].upper()}{text[1:]}."
