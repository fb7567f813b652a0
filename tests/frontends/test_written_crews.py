"""Crews that JSON documents describe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wflint.audit import Audit, audit
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

CREW = """\
{
  // who and what
  "name": "brew", "agents": ["taster"],
  "tasks": [
    {"name": "choose", "description": "Choose tea for {guest}.", "expected_output": "A tea.", "agent": "taster"},
    {"name": "serve", "description": "Serve.", "expected_output": "Tea.", "agent": "taster", "context": ["choose"]},
  ],
}
"""
TASTER = '{"role": "Taster", "goal": "Taste", "backstory": "Tastes."}'
RUN = """\
from pathlib import Path
from crewai.project import load_crew, load_crew_and_kickoff
crew, inputs = load_crew(Path(__file__).parent / "crew.jsonc")
crew.kickoff(inputs={**inputs, "guest": "Ann"})
"""


def done(folder: Path, crew: str, run: str = "", **agents: str) -> Audit:
    (folder / "agents").mkdir()
    (folder / "crew.jsonc").write_text(crew, encoding="utf-8")
    for name, text in (agents or {"taster": TASTER}).items():
        (folder / "agents" / f"{name}.jsonc").write_text(text, encoding="utf-8")
    if run:
        (folder / "app.py").write_text(run, encoding="utf-8")
    return audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))


def loud(made: Audit) -> list[tuple[str, int, str]]:
    found = [(f.span.path, f.span.line, f.code) for f in made.findings if f.level is not Level.NOTE]
    return found + [(n.span.path, n.span.line, "notice") for n in made.survey.program.notices]


def test_the_command_line_asks_for_what_is_missing(tmp_path: Path) -> None:
    made = done(tmp_path, CREW)
    (workflow,) = made.survey.program.workflows
    assert (workflow.name, workflow.externally_callable, workflow.invocations) == ("brew", True, ())
    assert [(e.source, e.target, e.label) for e in workflow.edges] == [("choose", "serve", "context")]
    assert loud(made) == []


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        pytest.param(RUN, [], id="all is given"),
        pytest.param(RUN.replace("guest", "host"), [("crew.jsonc", 5, "WF101")], id="a placeholder is not"),
        pytest.param(
            RUN.replace("crew.kickoff(inputs={**inputs, ", 'load_crew_and_kickoff("crew.jsonc", {'),
            [],
            id="in one call",
        ),
    ],
)
def test_code_that_loads_a_crew_runs_it(tmp_path: Path, run: str, expected: list[tuple[str, int, str]]) -> None:
    made = done(tmp_path, CREW, run)
    (workflow,) = made.survey.program.workflows
    assert [call.span.path for call in workflow.invocations] == ["app.py"]
    assert loud(made) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param('["choose"]', '["chose"]', [("crew.jsonc", 6, "WF303")], id="a context that is no task"),
        pytest.param('["choose"]', '["serve"]', [("crew.jsonc", 6, "WF304")], id="a context that comes later"),
        pytest.param(
            '"taster", "context"', '"tester", "context"', [("crew.jsonc", 6, "WF304")], id="an agent of another name"
        ),
        pytest.param('"expected_output": "Tea.", ', "", [("crew.jsonc", 6, "WF304")], id="a text that is not there"),
        pytest.param('"agents": ["taster"]', '"agents": ["taster", "x"]', [("crew.jsonc", 3, "notice")], id="no file"),
        pytest.param('"A tea.", ', '"A tea." ', [("crew.jsonc", 5, "notice")], id="no JSON"),
    ],
)
def test_what_the_loader_refuses_is_told(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, int, str]]
) -> None:
    assert loud(done(tmp_path, CREW.replace(old, new))) == expected


def test_an_agent_without_its_texts_is_refused(tmp_path: Path) -> None:
    assert loud(done(tmp_path, CREW, taster='{"role": "Taster", "goal": "Taste"}')) == [
        ("agents/taster.jsonc", 1, "WF304"),
    ]


def test_a_crew_that_is_not_there_is_open(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(RUN, encoding="utf-8")
    made = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True)))
    (workflow,) = made.survey.program.workflows
    assert workflow.unresolved
    assert loud(made) == []


def test_other_json_is_no_crew(tmp_path: Path) -> None:
    made = done(tmp_path, json.dumps({"agents": 3, "tasks": {}}))
    assert made.survey.program.workflows == ()
    assert loud(made) == []
