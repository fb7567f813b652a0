"""Callers in other files, found by what they import."""

from __future__ import annotations

from pathlib import Path

from wflint.audit import CacheChoice, Request, survey

GRAPH = """\
from typing import TypedDict
from langgraph.graph import START, StateGraph
class State(TypedDict):
    topic: str
class Workflow:
    def __init__(self):
        builder = StateGraph(State)
        builder.add_node("write", print)
        builder.add_edge(START, "write")
        self.app = builder.compile()
"""
MAIN = "from src.graph import Workflow\napp = Workflow().app\napp.invoke({'topic': 'x'})\n"


def test_a_class_of_our_own_may_be_called_as_a_library_calls_its(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "graph.py").write_text(GRAPH, encoding="utf-8")
    (tmp_path / "main.py").write_text(MAIN, encoding="utf-8")
    (flow,) = survey(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).program.workflows
    assert [(call.span.path, call.keys) for call in flow.invocations] == [("main.py", ("topic",))]
