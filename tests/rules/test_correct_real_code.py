"""Correct programs of the kinds that people write, each beside the slip next to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.config import Config
from wflint.request import CacheChoice, Request

LITERAL_GOTO = """
from typing import Literal, TypedDict
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command
from pydantic import BaseModel

class Verdict(BaseModel):
    following: Literal["bake", "cool", "stop", "again"]

class State(TypedDict):
    cake: str

def decide(state: State):
    verdict = Verdict(**ask())
    if verdict.following == "stop":
        return Command(goto=END)
    elif verdict.following == "cool":
        print("cooling")
    elif verdict.following == "again":
        {again}
    elif verdict.following == "bake":
        print("baking")
    else:
        raise ValueError
    return Command(goto=verdict.following)

def work(state: State):
    return {{"cake": state["cake"] + "!"}}

graph = StateGraph(State)
graph.add_node("decide", decide)
graph.add_node("bake", work)
graph.add_node("cool", work)
graph.add_edge(START, "decide")
graph.add_edge("bake", "decide")
graph.add_edge("cool", END)
app = graph.compile()
app.invoke({{"cake": "lemon"}})
"""

WHOLE_STATE = """
from operator import add
from typing import Annotated, TypedDict
from langgraph.graph import END, START, StateGraph

class State(TypedDict):
    garden: str
    beds: Annotated[list[str], add]

def visit(state: State):
    state["garden"] = state["garden"].strip()
    return state

def plan(state: State):
    return {{"beds": [state["garden"] + " north"]}}

graph = StateGraph(State)
graph.add_node("visit", visit)
graph.add_node("plan", plan)
graph.add_edge(START, "{first}")
graph.add_edge("{first}", "{second}")
graph.add_edge("{second}", END)
app = graph.compile()
print(app.invoke({{"garden": "rose"}})["beds"])
"""


def codes(folder: Path, source: str) -> set[str]:
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = audit(Request(folder, (folder,), overrides=Config(), cache=CacheChoice(is_off=True))).findings
    return {finding.code for finding in found}


@pytest.mark.parametrize(
    ("code", "source", "slip", "correct"),
    [
        pytest.param(
            "WF303",
            LITERAL_GOTO,
            {"again": 'print("again")'},
            {"again": 'return Command(goto="decide")'},
            id="labels that an earlier arm has answered",
        ),
        pytest.param(
            "WF504",
            WHOLE_STATE,
            {"first": "plan", "second": "visit"},
            {"first": "visit", "second": "plan"},
            id="a list that nothing has filled yet",
        ),
    ],
)
def test_a_rule_hears_the_slip_and_not_the_correct_program(
    tmp_path: Path, code: str, source: str, slip: dict[str, str], correct: dict[str, str]
) -> None:
    assert code in codes(tmp_path, source.format(**slip))
    assert code not in codes(tmp_path, source.format(**correct))
