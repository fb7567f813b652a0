"""Callers in other files, found by what they import."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows
from wflint.request import CacheChoice, Request
from wflint.survey import survey

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


RUN = """\
from typing import TypedDict
from langgraph.graph import START, StateGraph
class State(TypedDict):
    topic: str
    tone: str
builder = StateGraph(State)
builder.add_node("write", print)
builder.add_edge(START, "write")
graph = builder.compile()
"""


@pytest.mark.parametrize(
    ("code", "closed"),
    [
        pytest.param("def run(topic, tone=None):\n    given = {'topic': topic}\n    if tone:\n        "
                     "given['tone'] = tone\n    return graph.invoke(given)\n", False, id="filled in for some callers"),
        pytest.param("def run(topic, tone=None):\n    return graph.invoke({'topic': topic})\n", True, id="written out"),
        pytest.param("def run(topic, config=None):\n    given = {'topic': topic}\n    "
                     "return graph.invoke(given, config)\n", True, id="nobody asks whether it is there"),
        pytest.param("def run(topic, tone='dry'):\n    given = {'topic': topic}\n    if not tone:\n        "
                     "given['tone'] = tone\n    return graph.invoke(given)\n", True, id="a default that is something"),
        pytest.param("def run(topic, tone=None):\n    given = {'topic': topic}\n    if tone:\n        "
                     "given['tone'] = tone\n    return graph.invoke(given)\nrun('x')\n", True, id="called"),
    ],
)  # fmt: skip
def test_what_our_own_calls_leave_out_others_may_pass(tmp_path: Path, code: str, closed: bool) -> None:  # noqa: FBT001
    (flow,) = workflows(tmp_path, RUN + code)
    assert [(call.keys, call.closed) for call in flow.invocations] == [(("topic",), closed)]
