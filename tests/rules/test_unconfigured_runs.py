"""What steps of LangGraph look up in the configuration of a run, against the configurations of its callers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

GRAPH = """
from typing import TypedDict
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph

class State(TypedDict, total=False):
    plan: str

def look_up(state: State, config: RunnableConfig):
    return {"plan": READ}

builder = StateGraph(State)
builder.add_node("look_up", look_up)
builder.add_edge(START, "look_up")
builder.add_edge("look_up", END)
app = builder.compile(checkpointer=InMemorySaver())

def handle(ticket: str, tenant: str, more: dict) -> str:
    return app.invoke({}, CONFIG)["plan"]
"""
TENANT = 'config["configurable"]["tenant"]'
KNOWN = '{"configurable": {"thread_id": ticket, "customer": tenant}}'


@pytest.mark.parametrize(
    ("read", "config"),
    [
        (TENANT, KNOWN),
        ('config.get("configurable", {})["tenant"]', KNOWN),
        (TENANT, '{"configurable": {"thread_id": ticket}, "recursion_limit": 9}'),
    ],
)
def test_a_key_that_no_caller_passes_is_told(tmp_path: Path, read: str, config: str) -> None:
    source = GRAPH.replace("READ}", f"{read}}}  # <- WF101").replace("CONFIG", config)
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    ("read", "config"),
    [
        (TENANT, '{"configurable": {"thread_id": ticket, "tenant": tenant}}'),
        ('config["configurable"].get("tenant", "")', KNOWN),
        (TENANT, '{"configurable": {"thread_id": ticket, **more}}'),
        (TENANT, "more"),
        ('config["configurable"]["thread_id"]', KNOWN),
        ('config["configurable"]["checkpoint_ns"]', KNOWN),
    ],
)
def test_what_a_caller_may_pass_is_not(tmp_path: Path, read: str, config: str) -> None:
    assert loud(tmp_path, GRAPH.replace("READ", read).replace("CONFIG", config)) == []


def test_other_runs_may_pass_it(tmp_path: Path) -> None:
    other = '\ndef open_(ticket: str):\n    app.invoke({}, {"configurable": {"thread_id": ticket, "tenant": "acme"}})\n'
    source = GRAPH.replace("READ", TENANT).replace("CONFIG", KNOWN)
    assert loud(tmp_path, source + other) == []


def test_a_graph_within_another_gets_the_configuration_of_that(tmp_path: Path) -> None:
    around = """
outer = StateGraph(State)
outer.add_node("inner", app)
outer.add_edge(START, "inner")
outer.add_edge("inner", END)
whole = outer.compile()
"""
    source = GRAPH.replace("READ", TENANT).replace("CONFIG", KNOWN)
    assert [one for one in loud(tmp_path, source + around) if one[1] == "WF101"] == []
