"""What a plan says of what was found, or of what nobody is seen to make."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.analyses.edge_programs import LOOK, TEAM, chain
from wflint.analyses.labels.labelling import DEFAULT_LABELLING
from wflint.analyses.plan.planning import plans_of
from wflint.analyses.plan.response import Instruction, Watch
from wflint.request import CacheChoice, Request
from wflint.survey import survey

CAPPED = TEAM.replace("[a, b]", "[a, b], max_turns=4")


def _response(folder: Path, source: str) -> Instruction | Watch:
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = survey(replace(Request.of(folder), cache=CacheChoice(is_off=True)))
    (flow,) = found.program.workflows
    plans = plans_of(found.facts.of(flow), DEFAULT_LABELLING)
    return next(one.response for one in plans if (one.edge.source, one.edge.target) == ("a", "b"))


def test_what_tools_find_is_asked_for(tmp_path: Path) -> None:
    said = _response(tmp_path, LOOK + CAPPED.format(options=", tools=[look]"))
    assert isinstance(said, Watch)
    assert said.condition == "the answer of `a` says what its tools have found"
    assert said.question == "Does the answer of `a` say what was found, and not that nothing was? Answer yes, or no."
    assert [one.times for one in said.interventions] == [2, 1, 1]


def test_a_model_without_tools_has_found_nothing(tmp_path: Path) -> None:
    said = _response(tmp_path, CAPPED.format(options=""))
    assert isinstance(said, Instruction)
    assert said.text == ""


@pytest.mark.parametrize(
    ("writes", "says"),
    [
        ("plain", True),
        ("helps", False),
        ("fetches", False),
    ],
)
def test_plain_code_is_what_is_seen(tmp_path: Path, writes: str, says: bool) -> None:  # noqa: FBT001 - a table
    source = chain(writes, "uses_notes").replace(
        "def plain(", 'def helps(state): return {"notes": somebody()}\ndef plain('
    )
    said = _response(tmp_path, source)
    assert isinstance(said, Instruction)
    assert ("plain code writes `notes`" in said.why) is says
