"""The first screen of the report: the verdict and what to do first, as its owner reads them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.history.programs import DESK, MENDED
from tests.samples import PROGRAM, texts
from tests.writers.reporting import REPORTED, report_of, reported
from wflint.analyses.facts import ProgramFacts
from wflint.audit import audit
from wflint.config import CostSettings
from wflint.model.program import Program
from wflint.model.recorded import Recording
from wflint.request import CacheChoice, Request
from wflint.writers.report import markdown
from wflint.writers.report.assembling import assemble
from wflint.writers.report.document import ActionKind, Health
from wflint.writers.report.html import page
from wflint.writers.report.sheet import ReportSheet
from wflint.writers.report.words import words

IDLE = MENDED.replace('state["tone"]', 'state["topic"]')
"""Nothing wrong but a step that no way leads to."""


def test_what_tests_break_on_purpose_comes_last_and_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    alone = reported(tmp_path, {"tests/test_desk.py": DESK})
    assert (alone.verdict.health, alone.totals.in_tests) == (Health.BROKEN, None)
    assert alone.verdict.sentences[0] == "1 error and 2 warnings: runs fail or lose data."
    both = reported(
        tmp_path, {"app/desk.py": IDLE, "tests/test_desk.py": f'{DESK}\ngraph.invoke({{"topic": "tides"}})\n'}
    )
    assert both.totals.in_tests is not None
    assert (both.totals.errors, both.totals.in_tests.errors, both.totals.in_tests.warnings) == (1, 1, 0)
    assert both.verdict.health is Health.ATTENTION
    assert both.verdict.sentences[:2] == (
        "No errors, but 1 warning.",
        "In tests, not counted here: 1 error.",
    )
    assert "2 workflows (1 in tests) with 6 steps; " in both.verdict.sentences[2]
    first, *_, last = both.actions
    assert first.location is not None
    assert last.location is not None
    assert (first.location.path, last.location.path) == ("app/desk.py", "tests/test_desk.py")


def test_a_report_about_nothing_says_where_to_look(tmp_path: Path) -> None:
    found = reported(tmp_path, {"plain.py": "import math\n"})
    assert (found.verdict.health, found.actions) == (Health.EMPTY, ())
    told = " ".join(found.verdict.sentences)
    assert "No file is about any of these: agent_framework, autogen, " in told.replace("-", "_")
    sheet = ReportSheet((), Program(()), ProgramFacts(Program(())), texts, files=3)
    assert "3 files may be about one of these, and none makes a workflow: " in assemble(sheet).verdict.sentences[1]
    assert "name its folder (wflint report FOLDER)" in told
    shown = page.write(found)
    assert "Look for the workflows, if there should be any." in shown
    assert "100%" not in markdown.write(found)


def test_a_near_name_is_something_to_do(tmp_path: Path) -> None:
    found = reported(tmp_path, {"desk.py": DESK.replace('["tone"]', '["topc"]')})
    (action,) = [one for one in found.actions if one.rule == "WF101"]
    assert action.what == 'Use "topic", if that is meant'


def test_recorded_runs_are_asked_for_where_nothing_else_helps() -> None:
    tour = REPORTED["tour"]
    survey = audit(Request(tour, (tour,), cache=CacheChoice(is_off=True))).survey
    sheet = ReportSheet((), survey.program, survey.facts, survey.recovered.texts)
    (action,) = assemble(sheet).actions
    assert action.kind is ActionKind.RECORD
    assert action.what == "Record some runs and hand them over: wflint report --traces FOLDER (1 edge)"
    assert action.edge == ("plan", "research")
    assert "may not fit (probability 0.14), and the source shows nothing to check" in action.why
    assert assemble(replace(sheet, recording=Recording())).actions == ()


@pytest.mark.parametrize("name", REPORTED)
def test_sums_are_those_of_the_rows(name: str) -> None:
    found = report_of(REPORTED[name])
    assert found.totals.workflows == len(found.workflows)
    assert found.totals.steps == sum(one.steps for one in found.workflows)
    assert found.totals.edges == sum(one.load.edges for one in found.workflows)
    assert found.totals.dynamic_edges == sum(one.load.dynamic_edges for one in found.workflows) == len(found.risks)
    rows = re.findall(r"^\| (?:&nbsp;)*`[^`]*` \| (\d+) \| (\d+) \| (\d+) \|", markdown.write(found), re.MULTILINE)
    assert [sum(map(int, column)) for column in zip(*rows, strict=True)] == [
        found.totals.steps,
        found.totals.edges,
        found.totals.dynamic_edges,
    ]


def test_a_single_agent_has_no_edges_to_speak_of(tmp_path: Path) -> None:
    found = reported(
        tmp_path, {"one.py": 'from agents import Agent\n\nhelper = Agent(name="Helper", instructions="Help.")\n'}
    )
    assert found.verdict.sentences == (
        "No errors and no warnings.",
        "1 workflow with 1 step, and no edge between steps.",
    )


def test_words_are_explained_with_the_weights_in_force() -> None:
    sheet = ReportSheet((), PROGRAM, ProgramFacts(PROGRAM), texts, weights=CostSettings(cached=0.25, output=5))
    document = assemble(sheet)
    (told, *_) = words(document.weights)
    assert told.startswith("ET, effective tokens: an input token counts 1, one of the cache 0.25, an output token 5;")
    assert told in page.write(document)
    assert "an input token counts 1, one of the cache 0" in markdown.write(document)
    nothing = assemble(replace(sheet, program=Program(())))
    assert told not in page.write(nothing)
