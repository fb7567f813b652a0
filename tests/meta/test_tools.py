"""The scripts for developers run."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = """\
from langgraph.graph import StateGraph

builder = StateGraph(dict)
builder.add_node("look", lambda state: {"found": 1})
builder.set_entry_point("look")
"""


def test_coverage_prints_sites_and_losses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flow.py").write_text(SOURCE, encoding="utf-8")
    runpy.run_path(str(ROOT / "tools" / "coverage.py"))["main"]([str(tmp_path)])
    head, row, whole = (line.split() for line in capsys.readouterr().out.splitlines()[:3])
    assert head == ["framework", "sites", "recovered", "unresolved"]
    assert row == ["langgraph", "1", "1", "0"]
    assert whole == ["all", "1", "1", "0"]


def test_cuts_prints_what_ran_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "y = [" + "1, " * 50 + "]\n"
    (tmp_path / "flow.py").write_text(long * 2_000 + SOURCE, encoding="utf-8")
    runpy.run_path(str(ROOT / "tools" / "cuts.py"))["main"]([str(tmp_path)])
    folder, cut, head, row, whole = capsys.readouterr().out.splitlines()
    assert folder.endswith("1 notices, 1 where workflows are built")
    assert "module the code from here on after 0 steps; not shown: StateGraph at 2003" in cut
    assert [head.split()[0], row.split()[:3], whole.split()[:3]] == ["ran", ["module", "1", "1"], ["all", "1", "1"]]


HANDED_ON = """\
from typing import TypedDict
from langgraph.graph import END, START, StateGraph

class State(TypedDict):
    topic: str
    summary: str
    article: str

def look(state: State):
    return {"summary": "what there is about " + state["topic"]}

def write(state: State):
    return {"article": "Read: " + state["summary"]}

builder = StateGraph(State)
builder.add_node("look", look)
builder.add_node("write", write)
builder.add_edge(START, "look")
builder.add_edge("look", "write")
builder.add_edge("write", END)
builder.compile().invoke({"topic": "tea"})
"""


def test_a_renamed_field_is_planted_and_traced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flow.py").write_text(HANDED_ON, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["planted_gaps.py", str(tmp_path), "--most", "1"])
    runpy.run_path(str(ROOT / "benchmarks" / "planted_gaps.py"))["main"]()
    assert capsys.readouterr().out.splitlines()[-1] == "1 of 1 traced (1.00), in 1 repositories"
