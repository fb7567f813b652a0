"""The order of front ends changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from wflint import frontends
from wflint.frontends import FRONT_ENDS
from wflint.request import CacheChoice, Request
from wflint.survey import survey
from wflint.writers import graph_json

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).parents[2] / "fixtures"
ROOTS = ["rosetta", "projects", "notebooks", "tour", "crewai", "openai-agents", "agent-framework"]


def graph(root: Path) -> str:
    request = Request.of(root)
    surveyed = survey(replace(request, root=root, cache=CacheChoice(is_off=True)))
    return graph_json.write(surveyed.program, surveyed.labels, surveyed.recovered.texts)


@pytest.mark.parametrize("folder", ROOTS)
def test_shuffled_front_ends_give_the_same_graph(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = graph(FIXTURES / folder)
    for order in (FRONT_ENDS[::-1], FRONT_ENDS[4:] + FRONT_ENDS[:4], FRONT_ENDS[1::2] + FRONT_ENDS[::2]):
        monkeypatch.setattr(frontends, "FRONT_ENDS", order)
        assert graph(FIXTURES / folder) == expected
