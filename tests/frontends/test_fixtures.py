from __future__ import annotations

import json

import pytest

from tests.frontends.fixtures import Fixture, fixtures, graph_of


@pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)
def test_graph_is_the_expected_one_whole(fixture: Fixture) -> None:
    assert graph_of(fixture) == json.loads(fixture.graph.read_text(encoding="utf-8"))
