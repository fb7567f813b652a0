"""One workflow in every framework comes to one graph, and one defect to one finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.frontends import census
from tests.frontends.rosetta import ROSETTA, Defect, Text, graphs, texts
from wflint.frontends import FRONT_ENDS


def each(*, sound: bool) -> list[object]:
    return [pytest.param(text, id=text.name) for text in texts(sound=sound)]


@pytest.mark.parametrize("text", each(sound=True))
def test_a_shape_is_one_graph_in_every_framework(text: Text) -> None:
    assert json.loads(json.dumps(graphs(text))) == [text.expected]


@pytest.mark.parametrize("text", each(sound=True))
def test_a_sound_shape_gets_no_warning_in_any_framework(text: Text) -> None:
    assert text.warnings == ()


@pytest.mark.parametrize("text", each(sound=False))
def test_a_defect_is_one_finding_in_every_framework(text: Text) -> None:
    expected = Defect(**json.loads(json.dumps(text.expected)))
    assert [code for code, _ in text.warnings] == [expected.code]
    assert [step for _, step in text.warnings if step not in expected.at] == []


@pytest.mark.parametrize("folder", census.folders(ROSETTA), ids=census.name)
def test_every_site_is_recovered_or_reported(folder: Path) -> None:
    assert census.unmentioned(folder) == []


def test_the_table_of_the_folder_tells_which_frameworks_have_which_shape() -> None:
    told = rows((ROSETTA / "README.md").read_text(encoding="utf-8"))
    assert told == {(text.path.name, text.path.parent.parent.name) for text in texts(sound=True)}


def rows(table: str) -> set[tuple[str, str]]:
    """The files of a table with each shape in their row."""
    cells = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in table.splitlines() if "| `in_" in line]
    return {(name, shape) for name, *shapes in cells for shape in shapes if shape != "\N{EN DASH}"}


def test_every_front_end_is_there() -> None:
    known = {flow.framework for text in texts(sound=True) for flow in text.workflows}
    assert known == {end.name for end in FRONT_ENDS}
