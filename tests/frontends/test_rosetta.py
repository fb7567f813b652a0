"""One workflow in every framework comes to one graph, and one defect to one finding."""

from __future__ import annotations

import json

import pytest

from tests.frontends.rosetta import ROSETTA, Text, graphs, texts
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
    assert [list(finding) for finding in text.warnings] == text.expected


def test_the_table_of_the_folder_tells_which_frameworks_have_which_shape() -> None:
    table = (ROSETTA / "README.md").read_text(encoding="utf-8")
    for text in texts(sound=True):
        row = next(line for line in table.splitlines() if line.startswith(f"| `{text.path.name}`"))
        assert text.path.parent.parent.name in row


def test_every_front_end_is_there() -> None:
    known = {flow.framework for text in texts(sound=True) for flow in text.workflows}
    assert known == {end.name for end in FRONT_ENDS}
