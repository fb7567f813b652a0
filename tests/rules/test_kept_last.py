"""WF501 at fan-outs: reducers that keep what one copy of a step wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from typing import Annotated, TypedDict

    from langgraph.graph import END, START, StateGraph
    from langgraph.types import Send

    def merge(old, new):
        <0>

    class State(TypedDict):
        essays: dict
        grades: Annotated[<1>, merge]
        summary: str

    def hand_out(state: State):
        return [Send("grade", {"student": name}) for name in state["essays"]]

    def grade(task: dict):
        return {"grades": {task["student"]: "A"}}

    def summarise(state: State):
        return {"summary": <2>}

    graph = StateGraph(State)
    graph.add_node("grade", grade)
    graph.add_node("summarise", summarise)
    graph.add_conditional_edges(START, hand_out, ["grade"])
    graph.add_edge("grade", "summarise")
    graph.add_edge("summarise", END)
    app = graph.compile()
"""
READ = 'str(state["grades"])'


def said(folder: Path, merged: str, type_: str, read: str) -> list[tuple[str, Level]]:
    program = Twin("", PROGRAM, ((merged, ""), (type_, ""), (read, "")), "").bad
    return found(program, folder, "concurrent-write")


def test_a_reducer_that_forgets(tmp_path: Path) -> None:
    ((line, level),) = said(tmp_path, "return new", "dict", READ)
    assert "grades" in line
    assert level is Level.WARNING


@pytest.mark.parametrize(
    ("merged", "type_", "read"),
    [
        pytest.param("return {**old, **new}", "dict", READ, id="it-merges"),
        pytest.param("return new or old", "dict", READ, id="it-looks-at-both"),
        pytest.param("return new", "str", READ, id="no-collection"),
        pytest.param("return new", "dict", '"done"', id="nobody-reads-it"),
    ],
)
def test_reducers_that_lose_nothing(merged: str, type_: str, read: str, tmp_path: Path) -> None:
    assert said(tmp_path, merged, type_, read) == []
