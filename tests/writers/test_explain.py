"""Workflows in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Result
from tests.meta.refresh import ROOT
from wflint import cli

TOUR = """\
"graph" (langgraph, fixtures/tour/newsroom/graph.py:10:13)
fixtures/tour/newsroom/graph.py::graph
5 steps, 7 edges, 1 loop; 1 edge to watch at run time

What it works on
  Steps share a state: what a step writes gets to every later step, until it is overwritten.
"""
REVIEW = """\
  4. "review" asks a model, "gpt-4o-mini"  (fixtures/tour/newsroom/steps.py:30:1)
     needs "draft" (str), "review_rounds" (int; optional)
     offers "verdict", "review_rounds"
     -> step "publish" if "after_review" says "publish"  [likely-static, p = 0.04]
     -> step "draft" if "after_review" says "redo"  [likely-static, p = 0.05]
  5. "publish" runs code  (fixtures/tour/newsroom/steps.py:41:1)
"""
JOINED = """\
from typing import Annotated, TypedDict
import operator

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    seen: Annotated[list[str], operator.add]


def left(state: State):
    return {"seen": ["left"]}


def right(state: State):
    return {"seen": ["right"]}


def both(state: State):
    print(state["seen"])


def again(state: State):
    return {}


def made(names):
    builder = StateGraph(State)
    builder.add_node("left\\x1b[2J", left)
    builder.add_node("right", right)
    builder.add_node("both", both)
    builder.add_node("again", again)
    builder.add_edge(START, "left\\x1b[2J")
    builder.add_edge(START, "right")
    builder.add_edge(["left\\x1b[2J", "right"], "both")
    builder.add_edge("both", "again")
    builder.add_edge("again", "both")
    for name in names:
        builder.add_edge(name, END)
    return builder.compile()
"""


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> Result:
    code = cli.run(["explain", "--no-cache", *arguments])
    captured = capsys.readouterr()
    return Result(code, captured.out, captured.err)


@pytest.fixture
def joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "joined.py").write_text(JOINED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tour(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    told = explained(capsys, "graph", "--path", "fixtures/tour")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(TOUR)
    assert REVIEW in told.out
    looks = told.out.partition("\nWhat to look at\n")[2]
    assert looks.startswith('  watch "plan" -> "research" on "research" (p = 0.14): "deadline" is not in the payload')
    assert "\nLoops\n" in told.out
    assert "\nJoins\n" not in told.out
    assert "\nWhat is not known\n" not in told.out


@pytest.mark.usefixtures("joined")
def test_joins_loops_and_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    told = explained(capsys)
    assert told.code == 0
    lines = told.out.splitlines()
    assert '  step "both" waits for all of "left\N{SYMBOL FOR ESCAPE}[2J" and "right"' in lines
    assert any(line.startswith('  "both" and "again" can run again') for line in lines)
    at = JOINED[: JOINED.index("builder.add_edge(name")].count("\n") + 1
    assert lines[-2:] == ["What is not known", f"  joined.py:{at}:9: the source of an edge is not known statically"]
    assert "\x1b" not in told.out


@pytest.mark.usefixtures("joined")
def test_a_workflow_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    told = explained(capsys, "bilder")
    assert (told.code, told.out) == (2, "")
    assert "there is no workflow 'bilder'; did you mean 'builder'?" in told.err


def test_nothing_to_explain(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert explained(capsys, "--path", str(tmp_path)).out == "There is no workflow to explain.\n"


def test_agents_people_and_contracts_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    told = explained(capsys, "ApprovalFlow", "--path", str(ROOT / "fixtures/crewai/approval_flow.py")).out
    assert '  2. "review" asks a person' in told
    assert '-> step "print_posters" if "review" says "approved"' in told


@pytest.mark.usefixtures("joined")
def test_a_path_is_no_workflow(capsys: pytest.CaptureFixture[str]) -> None:
    told = explained(capsys, "joined.py")
    assert (told.code, told.out) == (2, "")
    assert told.err == "wflint: error: 'joined.py' is a path, not a workflow; say `--path joined.py`\n"
