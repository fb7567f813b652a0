"""A state that is kept: a run may begin where an earlier one has left off."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

FLOW = """\
from typing import TypedDict

from langgraph.checkpoint.memory import MemorySaver
from langgraph.graph import END, START, StateGraph


class Berth(TypedDict, total=False):
    wish: str
    quay: str
    again: bool


def plan(state: Berth):
    return {"quay": "north"}


def moor(state: Berth):
    return {"wish": f"moored at {state['quay']}"}


def first(state: Berth):
    return "moor" if state.get("again") else "plan"


builder = StateGraph(Berth)
builder.add_node("plan", plan)
builder.add_node("moor", moor)
builder.add_conditional_edges(START, first, ["plan", "moor"])
builder.add_edge("plan", "moor")
builder.add_edge("moor", END)
graph = builder.compile(OPTIONS)
graph.invoke({"wish": "a berth"})
"""


@pytest.mark.parametrize(
    ("options", "level"),
    [
        pytest.param("", Level.WARNING, id="every run begins anew"),
        pytest.param("checkpointer=MemorySaver()", Level.NOTE, id="an earlier run may have set it"),
    ],
)
def test_what_an_earlier_run_may_have_set_is_a_note(tmp_path: Path, options: str, level: Level) -> None:
    (tmp_path / "flow.py").write_text(FLOW.replace("OPTIONS", options), encoding="utf-8")
    found = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).findings
    assert [(one.level, one.span.line) for one in found if one.code == "WF103"] == [(level, 18)]
