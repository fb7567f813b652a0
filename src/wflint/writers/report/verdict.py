"""The verdict in words."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.coverage import Coverage
from wflint.frontends import FRONT_ENDS
from wflint.writers.report.document import Health, TotalsWire, VerdictWire
from wflint.writers.summary import count


def verdict(totals: TotalsWire, coverage: Coverage) -> VerdictWire:
    """How things stand."""
    return VerdictWire(health=_health(totals, coverage), sentences=tuple(_sentences(totals, coverage)))


def _health(totals: TotalsWire, coverage: Coverage) -> Health:
    if not totals.workflows:
        return Health.UNKNOWN if coverage.sites else Health.EMPTY
    errors, warnings = _own(totals)
    if errors:
        return Health.BROKEN
    return Health.ATTENTION if warnings else Health.HEALTHY


def _own(totals: TotalsWire) -> tuple[int, int]:
    """Errors and warnings outside tests."""
    in_tests = totals.in_tests
    if in_tests is None:
        return totals.errors, totals.warnings
    return totals.errors - in_tests.errors, totals.warnings - in_tests.warnings


def _sentences(totals: TotalsWire, coverage: Coverage) -> Iterator[str]:
    errors, warnings = _own(totals)
    match _health(totals, coverage):
        case Health.EMPTY:
            yield "No agent workflow was found here."
            yield from _where_else(totals)
            return
        case Health.UNKNOWN:
            yield f"Nothing was checked: no workflow was recovered from {count(coverage.sites, 'construction site')}."
            return
        case Health.BROKEN:
            yield f"{_counted(errors, warnings)}: runs fail or lose data."
        case Health.ATTENTION:
            yield f"No errors, but {count(warnings, 'warning')}."
        case Health.HEALTHY:
            yield "No errors and no warnings."
    tests = totals.in_tests
    if tests is not None and (tests.errors or tests.warnings):
        yield f"In tests, not counted here: {_counted(tests.errors, tests.warnings)}."
    there = f" ({tests.workflows} in tests)" if tests is not None and tests.workflows else ""
    watched = f"; {_watched(totals)}" if totals.edges else ", and no edge between steps"
    yield f"{count(totals.workflows, 'workflow')}{there} with {count(totals.steps, 'step')}{watched}."
    yield from _limits(coverage)


def _counted(errors: int, warnings: int) -> str:
    """Both numbers, without one that is none."""
    told = ((errors, "error"), (warnings, "warning"))
    return " and ".join(count(number, name) for number, name in told if number)


def _where_else(totals: TotalsWire) -> Iterator[str]:
    """What to do where a workflow was expected."""
    known = ", ".join(sorted(end.name for end in FRONT_ENDS))
    if totals.files:
        yield f"{count(totals.files, 'file')} may be about one of these, and none makes a workflow: {known}."
    else:
        yield f"No file is about any of these: {known}."
    yield (
        "If there should be one, name its folder (wflint report FOLDER), look at what could not be read, or describe "
        "your own framework in a front end (docs/library.md)."
    )


def _watched(totals: TotalsWire) -> str:
    """How many edges are to be watched, and by what."""
    if not totals.dynamic_edges:
        return f"none of {count(totals.edges, 'edge')} needs to be watched at run time"
    told = f"{totals.dynamic_edges} of {count(totals.edges, 'edge')} should be watched at run time"
    left = totals.dynamic_edges - totals.checkable_edges - totals.mismatched_edges
    ways = [
        (totals.checkable_edges, "by a check"),
        (totals.mismatched_edges, "because recorded executions did not fit"),
        (left, "by recorded runs, for the source shows nothing to check"),
    ]
    said = [(number, way) for number, way in ways if number]
    if len(said) > 1:
        return f"{told}: {', '.join(f'{number} {way}' for number, way in said)}"
    return told if totals.checkable_edges else f"{told}, {said[0][1]}"


def _limits(coverage: Coverage) -> Iterator[str]:
    """What is not known."""
    left, unknown = coverage.sites - coverage.recovered, coverage.steps - coverage.known
    parts = [
        f"{left} of {count(coverage.sites, 'construction site')} could not be recovered" if left else "",
        f"the work of {count(unknown, 'step')} is not known" if unknown else "",
        f"{count(coverage.edges_open, 'step')} may lead elsewhere, too" if coverage.edges_open else "",
    ]
    said = [part for part in parts if part]
    if said:
        text = "; ".join(said)
        yield f"{text[:1].upper()}{text[1:]}."
