"""What a test builds for the framework to refuse it is no fault of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited
from wflint.model.finding import Level

HEAD = """
import unittest
from unittest import mock
from unittest.mock import patch

import pytest
from langgraph.graph import END, START, StateGraph


def greet(state: dict) -> dict:
    return {}


"""
BUILT = """
    graph = StateGraph(dict)
    graph.add_node("greet", greet)
    graph.add_edge(START, "greet")
    graph.add_edge(END, "greet")
"""


def refused(folder: Path, source: str) -> list[str]:
    (folder / "test_graph.py").write_text(HEAD + source, encoding="utf-8")
    found = audited(folder)
    return [finding.code for finding in found.findings if finding.code == "WF304"]


def indented(text: str) -> str:
    return text.replace("\n    ", "\n        ").rstrip()


@pytest.mark.parametrize(
    "source",
    [
        f"def test_it():\n    with pytest.raises(ValueError):{indented(BUILT)}\n",
        f"def test_it():{BUILT}    with pytest.raises(ValueError, match='END'):\n        graph.compile()\n",
        (
            "class TestIt(unittest.TestCase):\n    def test_it(self):"
            f"{indented(BUILT)}\n        with self.assertRaises(ValueError):\n            graph.compile()\n"
        ),
        f"def test_it():{BUILT}    with mock.patch.object(graph, 'validate'):\n        graph.compile()\n",
        f"@patch('langgraph.graph.StateGraph.validate')\ndef test_it(validate):{BUILT}    graph.compile()\n",
    ],
)
def test_a_refusal_that_a_test_expects_is_not_told(tmp_path: Path, source: str) -> None:
    assert refused(tmp_path, source) == []


def test_other_settings_change_nothing(tmp_path: Path) -> None:
    source = f"@mock.patch.dict('os.environ', KEY='x')\ndef test_it():{BUILT}    graph.compile()\n"
    assert refused(tmp_path, source) == ["WF304"]


def test_one_that_nobody_expects_is(tmp_path: Path) -> None:
    other = "\n\ndef test_other():\n    with pytest.raises(ValueError):\n        greet()\n"
    assert refused(tmp_path, f"def test_it():{BUILT}    graph.compile()\n{other}") == ["WF304"]


ROUND = """
    g = GraphBuilder(output_type=int)

    @g.step
    async def one(ctx: StepContext[None, None, None]) -> int:
        return 1

    @g.step
    async def two(ctx: StepContext[None, None, int]) -> int:
        return 2

    g.add(g.edge_from(g.start_node).to(one), g.edge_from(one).to(two), g.edge_from(two).to(one))
"""
BUILDER = "import pytest\nfrom pydantic_graph import GraphBuilder, StepContext\n\n\ndef test_it():"


@pytest.mark.parametrize(
    ("built", "codes"),
    [("    with pytest.raises(ValueError):\n        g.build()\n", set()), ("    g.build()\n", {"WF701"})],
)
def test_a_loop_without_an_exit_that_a_test_expects_to_be_refused(tmp_path: Path, built: str, codes: set[str]) -> None:
    (tmp_path / "test_graph.py").write_text(f"{BUILDER}{ROUND}{built}", encoding="utf-8")
    told = {finding.code for finding in audited(tmp_path).findings if finding.level is Level.ERROR}
    assert told - {"WF304"} == codes


LEFT_ALONE = (
    ROUND.replace("from(one).to(two)", "from(one).to(g.end_node)")
    .replace("from(two).to(one)", "from(two).to(g.end_node)")
    .replace("return 2", "return ctx.inputs")
)


@pytest.mark.parametrize(
    ("built", "codes"),
    [("    with pytest.raises(ValueError):\n        g.build()\n", set()), ("    g.build()\n", {"WF301"})],
)
def test_a_step_without_a_way_to_it_that_a_test_expects_to_be_refused(
    tmp_path: Path, built: str, codes: set[str]
) -> None:
    (tmp_path / "test_graph.py").write_text(f"{BUILDER}{LEFT_ALONE}{built}", encoding="utf-8")
    found = audited(tmp_path).findings
    assert {finding.code for finding in found if finding.level is not Level.NOTE} == codes
    assert not [finding.message for finding in found if finding.code == "WF991"]


MISSING = """
    class Weigh(BaseNode):
        async def run(self, ctx: GraphRunContext) -> Pack:
            return Pack()

    class Pack(BaseNode[None, None, str]):
        async def run(self, ctx: GraphRunContext) -> End[str]:
            return End("done")

"""


@pytest.mark.parametrize(
    ("built", "codes"),
    [
        ("    with pytest.raises(ValueError):\n        Graph(nodes=(Weigh,))\n", set()),
        ("    Graph(nodes=(Weigh,))\n", {"WF303"}),
    ],
)
def test_a_node_that_a_test_leaves_out_on_purpose(tmp_path: Path, built: str, codes: set[str]) -> None:
    header = "import pytest\nfrom pydantic_graph import BaseNode, End, Graph, GraphRunContext\n\n\ndef test_it():"
    (tmp_path / "test_graph.py").write_text(f"{header}{MISSING}{built}", encoding="utf-8")
    found = audited(tmp_path).findings
    assert {finding.code for finding in found if finding.level is not Level.NOTE} == codes
    assert not [finding.message for finding in found if finding.code == "WF991"]


ALIKE = """
class Notes(TypedDict):
    notes: list


def test_it():
    graph = StateGraph(Notes)
    graph.add_node("left", lambda state: {"notes": ["left"]})
    graph.add_node("right", lambda state: {"notes": ["right"]})
    graph.add_edge(START, "left")
    graph.add_edge(START, "right")
    app = graph.compile()
"""


@pytest.mark.parametrize(
    ("ending", "level"),
    [
        ("    with pytest.raises(InvalidUpdateError):\n        app.invoke({})\n", Level.NOTE),
        ("    app.invoke({})\n", Level.ERROR),
    ],
)
def test_a_run_that_a_test_expects_to_fail(tmp_path: Path, ending: str, level: Level) -> None:
    head = "from typing import TypedDict\n" + HEAD.replace(
        "graph import END", "errors import InvalidUpdateError\nfrom langgraph.graph import END"
    )
    (tmp_path / "test_graph.py").write_text(head + ALIKE + ending, encoding="utf-8")
    found = [finding for finding in audited(tmp_path).findings if finding.code == "WF501"]
    assert [finding.level for finding in found] == [level]


LESSON = """
from operator import add
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    notes: Annotated[list[str], add]


def note(state: State):
    return {"notes": ["low tide"]}


builder = StateGraph(State)
builder.add_node("note", note)
builder.add_edge(START, "note")
builder.add_edge("note", END)
graph = builder.compile()
try:
    graph.invoke({"notes": None})
except KIND as error:
    TOLD
"""


@pytest.mark.parametrize(
    ("kind", "then", "codes"),
    [
        ("TypeError", "print(error)", []),
        ("Exception", "print(error)", ["WF304"]),
        ("TypeError", "raise SystemExit(1) from error", ["WF304"]),
    ],
)
def test_a_lesson_shows_what_fails(tmp_path: Path, kind: str, then: str, codes: list[str]) -> None:
    (tmp_path / "lesson.py").write_text(LESSON.replace("KIND", kind).replace("TOLD", then), encoding="utf-8")
    assert [finding.code for finding in audited(tmp_path).findings if finding.level is Level.ERROR] == codes
