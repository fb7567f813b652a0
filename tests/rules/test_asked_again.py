"""Answers that were there: functions that run one agent with the same, routers that ask what their step has asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

RUNS = """
from agents import Agent, Runner

labeller = Agent(name="labeller", instructions="Name the topic of the letter.")
helper = Agent(name="helper", instructions="Answer the letter.")

async def label_of(text: str) -> str:
    return (await Runner.run(labeller, text)).final_output

async def choose(text: str) -> str:
    return await label_of(text)

async def record(text: str, other: str) -> None:
    print(RECORD)

async def handle(text: str, other: str) -> str:
    label = await choose(text)
    answer = await Runner.run(helper, f"{label}: {text}")
    FINALLY
    return answer.final_output
"""


@pytest.mark.parametrize(
    ("record", "last"),
    [
        ("await label_of(text)", "await record(text, other)"),
        ("(await Runner.run(labeller, text)).final_output", "await record(text, other)"),
    ],
)
def test_a_run_that_another_function_has_made_is_told(tmp_path: Path, record: str, last: str) -> None:
    source = RUNS.replace("print(RECORD)", f"print({record})  # <- WF202").replace("FINALLY", last)
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    ("record", "last"),
    [
        ("await label_of(other)", "await record(text, other)"),
        ("await label_of(text[:90])", "await record(text, other)"),
        ("await label_of(text)", "if 'bill' in label: await record(text, other)"),
        ("(await Runner.run(labeller, text, session=other)).final_output", "await record(text, other)"),
        ("(await Runner.run(helper, text)).final_output", "await record(text, other)"),
        ("text", "one = await label_of(other); two = await label_of(other)"),
    ],
)
def test_runs_that_may_differ_are_not(tmp_path: Path, record: str, last: str) -> None:
    assert loud(tmp_path, RUNS.replace("RECORD", record).replace("FINALLY", last)) == []


GRAPH = """
from typing import TypedDict
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o", timeout=30)

class State(TypedDict, total=False):
    ticket: str
    topic: str
    answer: str

def topic_of(text: str) -> str:
    return llm.invoke("Hardware or software? " + text).content

def classify(state: State):
    return WRITTEN

def pick(state: State) -> str:
    topic = ROUTER
    return "hardware" if "hardware" in topic.lower() else "software"

def answer(state: State):
    return {"answer": llm.invoke("Answer: " + state["ticket"] + state.get("topic", "")).content}

builder = StateGraph(State)
builder.add_node("classify", classify)
builder.add_node("hardware", answer)
builder.add_node("software", answer)
builder.add_edge(START, "classify")
builder.add_conditional_edges("classify", pick, ["hardware", "software"])
app = builder.compile()
print(app.invoke({"ticket": input()})["answer"])
"""
STORED = '{"topic": topic_of(state["ticket"])}'


def test_a_router_that_asks_what_its_step_has_asked_is_told(tmp_path: Path) -> None:
    source = GRAPH.replace("WRITTEN", STORED).replace("ROUTER", 'topic_of(state["ticket"])  # <- WF202')
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    ("written", "router"),
    [
        (STORED, 'state["topic"]'),
        ('{"ticket": topic_of(state["ticket"])}', 'topic_of(state["ticket"])'),
        ('{"topic": topic_of(state["ticket"])}', 'topic_of(state["topic"])'),
        ('{"topic": state["ticket"][:9]}', 'topic_of(state["ticket"])'),
    ],
)
def test_a_router_that_asks_something_else_is_not(tmp_path: Path, written: str, router: str) -> None:
    assert loud(tmp_path, GRAPH.replace("WRITTEN", written).replace("ROUTER", router)) == []
