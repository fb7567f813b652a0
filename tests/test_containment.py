"""One fault stays in one place: a table with a handler that raises, sources that hit it, and what is still told."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.frontends.sources import workflows
from wflint.evaluate.library import CallSite
from wflint.evaluate.values import Value
from wflint.frontends import FRONT_ENDS
from wflint.request import CacheChoice, Request
from wflint.survey import Survey, survey

TWO_GRAPHS = """\
from typing import TypedDict
from langgraph.graph import StateGraph
from langgraph.boom import explode

class State(TypedDict):
    text: str

def step(state: State) -> dict:
    {inside}
    return {{"text": state["text"]}}

first = StateGraph(State)
first.add_node("a", step)
{between}
first.add_edge("__start__", "a")
second = StateGraph(State)
second.add_node("b", step)
second.add_edge("__start__", "b")

def make():
    third = StateGraph(State)
    third.add_node("c", step)
    {later}
    return third
"""


def explode(_call: CallSite) -> Value:
    raise RecursionError("too deep")


@pytest.fixture
def exploding(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of LangGraph knows a function whose handler raises."""
    end = FRONT_ENDS[0]
    assert end.name == "langgraph"
    table = replace(
        end.table, calls={**end.table.calls, "langgraph.boom.explode": explode, "langgraph.explode": explode}
    )
    monkeypatch.setattr(end, "table", table)


def surveyed(folder: Path, **parts: str) -> Survey:
    blanks = {"inside": "pass", "between": "", "later": "pass"}
    (folder / "flow.py").write_text(TWO_GRAPHS.format(**(blanks | parts)), encoding="utf-8")
    return survey(Request(folder, (folder,), cache=CacheChoice(is_off=True)))


def told(found: Survey) -> list[tuple[str, int]]:
    return [(notice.message, notice.span.line) for notice in found.program.notices]


def names(found: Survey) -> list[str]:
    return [workflow.name for workflow in found.program.workflows]


@pytest.mark.usefixtures("exploding")
def test_a_statement_that_fails_leaves_the_others(tmp_path: Path) -> None:
    found = surveyed(tmp_path, between="explode()")
    assert told(found) == [
        ("internal error in the evaluation of this statement: RecursionError; it was not analysed", 14)
    ]
    assert names(found) == ["first", "second", "third"]
    assert all(not workflow.complete_edges for workflow in found.program.workflows)
    assert "RecursionError: too deep" in found.contained.errors[0].traceback


@pytest.mark.usefixtures("exploding")
def test_a_definition_that_fails_leaves_the_others(tmp_path: Path) -> None:
    found = surveyed(tmp_path, later="explode()")
    assert told(found) == [
        ("internal error in the evaluation of this definition: RecursionError; code after it was not analysed", 20)
    ]
    assert names(found) == ["first", "second", "third"]


@pytest.mark.usefixtures("exploding")
def test_a_step_that_fails_is_a_step_whose_contract_is_not_known(tmp_path: Path) -> None:
    found = surveyed(tmp_path, inside="explode()")
    assert told(found) == [('internal error in reading "step": RecursionError; its contract is not known', 8)]
    assert names(found) == ["first", "second", "third"]


def test_a_value_in_itself_that_is_handed_over_is_read_no_further(tmp_path: Path) -> None:
    inside = "own = {}\n    own['x'] = own\n    ask(own)\n    from elsewhere import ask\n    ask('x', own, [own])"
    found = surveyed(tmp_path, inside=inside)
    assert told(found) == []
    assert names(found) == ["first", "second", "third"]


def test_nothing_is_told_where_nothing_fails(tmp_path: Path) -> None:
    assert told(surveyed(tmp_path)) == []


def test_a_method_called_on_its_class_with_an_object_is_a_call_on_the_object(tmp_path: Path) -> None:
    found = surveyed(tmp_path, between='StateGraph.add_node(first, "z", step)')
    assert told(found) == []
    first = found.program.workflows[0]
    assert "z" in [step.id for step in first.steps]


def test_a_method_called_on_its_class_without_an_object_is_passed_over(tmp_path: Path) -> None:
    found = surveyed(tmp_path, between='StateGraph.add_node("z", step)\nStateGraph.add_edge()')
    assert told(found) == []
    assert names(found) == ["first", "second", "third"]


def test_a_package_that_imports_its_own_part_for_types_only(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    top = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .part import Thing\nelse:\n    Thing = None\n"
    (tmp_path / "pkg/__init__.py").write_text(top, encoding="utf-8")
    part = "try:\n    from . import Thing\nexcept ImportError:\n    from pkg import Thing\n"
    (tmp_path / "pkg/part.py").write_text(part, encoding="utf-8")
    source = "from langgraph.graph import StateGraph\nfrom pkg import Thing\ng = StateGraph(dict)\ng.add_node(Thing)\n"
    workflows(tmp_path, source)
