"""The census of the fixtures: whether each construction site is recovered or reported."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.fixtures import FOLDER, surveyed
from wflint.analyses.coverage import coverage_of
from wflint.model.site import Site
from wflint.model.span import Span


def folders(top: Path) -> tuple[Path, ...]:
    """Every folder below `top` with sources, in order."""
    return tuple(sorted({path.parent for kind in ("*.py", "*.ipynb") for path in top.rglob(kind)}))


def name(folder: Path) -> str:
    """How a folder of the fixtures is called."""
    return folder.relative_to(FOLDER).as_posix()


def unmentioned(folder: Path) -> list[Site]:
    """Sites that are neither recovered nor reported; the coverage has to agree with them."""
    program = surveyed(folder).program
    said = {item.span for item in program.unresolved}
    coverage = coverage_of(program)
    assert coverage.sites == coverage.recovered + coverage.unresolved
    assert said <= {site.span for site in program.sites if not site.is_recovered}
    return [
        site
        for site in program.sites
        if not site.is_recovered
        and not site.reported_in
        and site.span not in said
        and not any(_covers(notice.span, site.span) for notice in program.notices)
    ]


def _covers(outer: Span, inner: Span) -> bool:
    """Whether a place is on the lines of another one."""
    return outer.path == inner.path and outer.line <= inner.line and inner.end_line <= outer.end_line
