"""What is seen of a callable counts for its like, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows
from wflint.model.workflow import START, Workflow

GRAPH = """\
from typing import TypedDict
from langgraph.graph import START, StateGraph
class State(TypedDict):
    a: str
    b: str
class Writer:
    def __init__(self, key, inner=None):
        self.key = key
        self.inner = inner
    def write(self, state: State):
        return {self.key: "x"} if self.inner is None else self.inner.write(state)
def writer(key):
    def write(state: State):
        return {key: "x"}
    return write
def given(state: State, key):
    return {key: "x"}
from functools import partial
builder = StateGraph(State)
builder.add_node("one", %s)
builder.add_node("two", %s)
builder.add_node("three", %s)
builder.add_edge(START, "one")
builder.add_edge("one", "two")
builder.add_edge("two", "three")
graph = builder.compile()
"""


def written(flow: Workflow) -> dict[str, list[str]]:
    return {step.id: [offer.name for offer in step.offers] for step in flow.steps if step.id != START}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param("Writer({}).write", id="methods of objects"),
        pytest.param("Writer('c', Writer({})).write", id="objects in objects"),
        pytest.param("writer({})", id="functions made by a function"),
        pytest.param("partial(given, key={})", id="partial calls"),
    ],
)
def test_what_was_seen_of_one_is_not_taken_for_another(tmp_path: Path, made: str) -> None:
    (flow,) = workflows(tmp_path, GRAPH % tuple(made.format(key) for key in ("'a'", "'b'", "'a'")))
    assert written(flow) == {"one": ["a"], "two": ["b"], "three": ["a"]}


RUNS = """\
from typing import TypedDict
from langgraph.graph import START, StateGraph
class Inner(TypedDict):
    text: str
def say(state: Inner):
    return {"text": "x"}
def made():
    builder = StateGraph(Inner)
    builder.add_node("say", say)
    builder.add_edge(START, "say")
    return builder.compile()
class State(TypedDict):
    a: str
class Runs:
    def __init__(self, graph):
        self.graph = graph
    def go(self, state: State):
        return {"a": self.graph.invoke({"text": "y"})["text"]}
outer = StateGraph(State)
outer.add_node("one", Runs(made()).go)
outer.add_node("two", Runs(made()).go)
outer.add_edge(START, "one")
outer.add_edge("one", "two")
app = outer.compile()
"""


def test_steps_that_run_graphs_are_each_watched(tmp_path: Path) -> None:
    flows = {flow.name: flow for flow in workflows(tmp_path, RUNS)}
    steps = [step for step in flows["outer"].steps if step.id != START]
    assert [step.id for step in steps] == ["one", "two"]
    assert len({step.workflow for step in steps}) == 1
    assert steps[0].workflow is not None


SHARED = """\
from typing import TypedDict
from langgraph.graph import START, StateGraph
class State(TypedDict):
    question: str
    a: str
    b: str
class Desk:
    def __init__(self):
        self.ready = False
        self.last = ""
    def note(self, state: State):
        self.ready = True
        self.last = state["question"]
        return {}
    def answer(self, state: State):
        return {"a": "x"} if self.ready else {"b": self.last}
desk = Desk()
builder = StateGraph(State)
builder.add_node("note", desk.note)
builder.add_node("answer", desk.answer)
builder.add_edge(START, "note")
builder.add_edge(START, "answer")
graph = builder.compile()
"""


def test_what_a_step_changes_of_what_all_share_others_find_changed_or_not(tmp_path: Path) -> None:
    (flow,) = workflows(tmp_path, SHARED)
    assert written(flow) == {"note": [], "answer": ["a", "b"]}
    answer = flow.step("answer")
    assert answer is not None
    assert [offer.derived_from for offer in answer.offers] == [(), ()]
