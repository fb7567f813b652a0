"""Correct LangGraph and LangChain programs, each beside a program that differs in the slip alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_correct_beside_slips import told

OBLIGED = """
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode


@tool
def finished() -> str:
    "Call it when all is said."
    return ""


model = ChatOpenAI(model="gpt-4o").bind_tools([finished]%s)


def ask(state: MessagesState):
    return {"messages": [model.invoke(state["messages"])]}


def route(state: MessagesState):
    last = state["messages"][-1]
    if last.tool_calls:
        for call in last.tool_calls:
            if call["name"] == "finished":
                return END
            else:
                return "tools"


builder = StateGraph(MessagesState)
builder.add_node("ask", ask)
builder.add_node("tools", ToolNode([finished]))
builder.add_edge(START, "ask")
builder.add_conditional_edges("ask", route, ["tools", END])
builder.add_edge("tools", "ask")
graph = builder.compile()
print(graph.invoke({"messages": ["hi"]}, {"recursion_limit": 8}))
"""
APPROVALS = """
from langchain.agents import create_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langchain_core.tools import tool


@tool
def send(text: str) -> str:
    "Send a letter."
    return text


agent = create_agent("openai:gpt-4o", tools=[send], middleware=[HumanInTheLoopMiddleware(interrupt_on={%s})])
print(agent.invoke({"messages": ["Write to Ann"]}))
"""
TOOLKIT = """
from deepagents import create_deep_agent
from langchain_community.agent_toolkits import SQLDatabaseToolkit
from langgraph.checkpoint.memory import InMemorySaver

tools = %s
kept, asked = InMemorySaver(), {"query": True}
agent = create_deep_agent(model="openai:gpt-4o", tools=tools, checkpointer=kept, interrupt_on=asked)
print(agent.invoke({"messages": ["How many beds?"]}, {"configurable": {"thread_id": "1"}}))
"""
TALK = """
from typing import TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

model = ChatOpenAI(model="gpt-4o")


class State(TypedDict):
    messages: list


def look(state: State):
    return {"messages": [model.invoke("Look around")]}


def %s(state: State):
    return {"messages": [model.invoke(state["messages"])]}


def answer(state: State):
    return {"messages": [model.invoke("Answer")]}


def close(state: State):
    return {"messages": [model.invoke(state["messages"])]}


builder = StateGraph(State)
builder.add_sequence([look, %s, answer, close])
builder.add_edge(START, "look")
builder.add_edge("close", END)
graph = builder.compile()
print(graph.invoke({"messages": []})["messages"])
"""
OBJECT = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    notes: list[str]


def add(state: State):
    return {"notes": %s}


builder = StateGraph(State)
builder.add_node("add", add)
builder.add_edge(START, "add")
builder.add_edge("add", END)
print(builder.compile().invoke({"notes": []}))
"""
PAUSED = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt


class State(TypedDict):
    word: str


def ask(state: State):
    return {"word": interrupt("Which word?")}


builder = StateGraph(State)
builder.add_node("ask", ask)
builder.add_edge(START, "ask")
builder.add_edge("ask", END)
print(builder.compile().invoke({"word": ""}))
"""


@pytest.mark.parametrize(
    ("code", "correct", "slip"),
    [
        pytest.param("WF403", OBLIGED % ', tool_choice="any"', OBLIGED % "", id="a model that has to call a tool"),
        pytest.param("WF507", APPROVALS % "", APPROVALS % '"send": True', id="approvals of nothing"),
        pytest.param("WF507", APPROVALS % '"send": False', APPROVALS % '"send": True', id="approvals that are off"),
        pytest.param(
            "WF607",
            TOOLKIT % 'SQLDatabaseToolkit(db=open("db")).get_tools()',
            TOOLKIT % "[print]",
            id="tools of a library",
        ),
        pytest.param("WF505", TALK % (("summarize",) * 2), TALK % (("ponder",) * 2), id="a talk that is kept short"),
    ],
)
def test_the_slip_is_told_and_the_correct_graph_is_not(tmp_path: Path, code: str, correct: str, slip: str) -> None:
    assert code not in told(tmp_path / "correct", {"main.py": correct})
    assert code in told(tmp_path / "slip", {"main.py": slip})


def test_a_state_that_is_a_dict_is_no_object(tmp_path: Path) -> None:
    assert told(tmp_path / "key", {"main.py": OBJECT % 'state["notes"] + state.get("notes")'}) == []
    assert told(tmp_path / "attribute", {"main.py": OBJECT % "state.request.notes + state.override(1)"}) == ["WF109"]


def test_a_test_may_want_to_see_that_a_run_stops(tmp_path: Path) -> None:
    product = OBJECT % 'state["notes"]'
    assert told(tmp_path / "test", {"main.py": product, "tests/test_pause.py": PAUSED}) == []
    assert told(tmp_path / "product", {"main.py": product, "pause.py": PAUSED}) == ["WF507"]
