from __future__ import annotations

import json
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.frontends import census
from tests.frontends.fixtures import FOLDER, PROJECTS, Fixture, audited, fixtures, graph_of
from tests.frontends.rosetta import ROSETTA
from wflint.model.finding import Level

GAPS: dict[str, str] = {}
"""Graphs that are not recovered whole, and why."""

NOISE: dict[str, str] = {}
"""Sound workflows that are warned about, and why."""


SOUND = ("langgraph/", "notebooks/", "projects/")
"""Where fixtures are workflows that nobody should be warned about."""


def all_but(gaps: dict[str, str], within: tuple[str, ...] = ("",)) -> list[ParameterSet]:
    """Every fixture within some folders, those with a gap expected to fail."""
    return [
        pytest.param(
            fixture,
            id=fixture.name,
            marks=[pytest.mark.xfail(reason=gaps[fixture.name])] if fixture.name in gaps else [],
        )
        for fixture in fixtures()
        if fixture.name.startswith(within)
    ]


@pytest.mark.parametrize("fixture", all_but(GAPS))
def test_graph_is_the_expected_one_whole(fixture: Fixture) -> None:
    assert graph_of(fixture) == json.loads(fixture.graph.read_text(encoding="utf-8"))


@pytest.mark.parametrize("fixture", all_but(NOISE, SOUND))
def test_a_sound_workflow_gets_no_warning(fixture: Fixture) -> None:
    assert [line for line in warnings(fixture.root) if fixture.source.is_dir() or line[0] == fixture.source.name] == []


def warnings(root: Path) -> tuple[tuple[str, int, str, str], ...]:
    """What is found in a folder at level warning and above."""
    return tuple(
        (finding.span.path, finding.span.line, finding.code, finding.message)
        for finding in audited(root).findings
        if finding.level.rank >= Level.WARNING.rank
    )


@pytest.mark.parametrize(
    "folder",
    [*(path for path in census.folders(FOLDER) if ROSETTA not in path.parents), PROJECTS],
    ids=census.name,
)
def test_every_site_is_recovered_or_reported(folder: Path) -> None:
    assert census.unmentioned(folder) == []
