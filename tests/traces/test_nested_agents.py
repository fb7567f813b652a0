"""Agents that are made ready by one call, inside of steps and of each other."""

from __future__ import annotations

import json
from pathlib import Path

from tests.traces.writing import LANGCHAIN, Span, line, recorded, workflows_of, write

SHIP = """
from typing import TypedDict

from langchain.agents import create_agent
from langchain_core.tools import tool
from langgraph.graph import END, START, StateGraph

@tool
def tides(port: str) -> str:
    "When the tide is high."
    return "at noon"

astronomer = create_agent("m", [tides], name="astronomer")

@tool
def ask(question: str) -> str:
    "Ask the astronomer."
    return astronomer.invoke({"messages": [("user", question)]})["messages"][-1].content

captain = create_agent("m", [ask], name="captain")

class State(TypedDict):
    orders: str

def command(state: State):
    return {"orders": captain.invoke({"messages": []})["messages"][-1].content}

builder = StateGraph(State)
builder.add_node("command", command)
builder.add_edge(START, "command")
builder.add_edge("command", END)
graph = builder.compile()
"""


def test_a_ready_made_agent_that_several_run_belongs_to_who_runs_it(tmp_path: Path) -> None:
    """An agent with steps `model` and `tools` that a node calls, and another agent as a tool inside of it."""
    call = {"openinference.span.kind": "LLM", "llm.token_count.prompt": 100, "llm.token_count.completion": 10}
    places = ("command:1|model:2", "command:1|tools:3|model:4", "command:1|model:5")
    calls = [
        Span("Chat", f"c{at}", "n", at, at + 1, attributes={**call, "metadata": _place(place)})
        for at, place in enumerate(places)
    ]
    spans = [
        Span(
            "command", "n", "", 0, 4, attributes={"openinference.span.kind": "CHAIN", "metadata": _place("command:1")}
        ),
        *calls,
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, LANGCHAIN)), workflows_of(tmp_path, SHIP))
    assert [(one.workflow, one.step, one.calls) for one in found.steps] == [("desk.py::builder", "command", 3)]


def _place(namespace: str) -> str:
    return json.dumps(
        {"langgraph_node": namespace.rpartition("|")[2].partition(":")[0], "langgraph_checkpoint_ns": namespace}
    )
