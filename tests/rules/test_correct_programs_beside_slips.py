"""Correct programs as people ship them, each beside a program that differs in the slip alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_correct_beside_slips import told

RUNS = """
from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


class Ask(Executor):
    @handler
    async def ask(self, text: str, ctx: WorkflowContext[str, str]) -> None:
        await ctx.yield_output(text)


async def drive(workflow, *, message=None, checkpoint_id=None):
    answers = None
    first = True
    while True:
        if not first:
            stream = workflow.run(stream=True, responses=answers)
        elif checkpoint_id is not None:
            stream = workflow.run(checkpoint_id=checkpoint_id, stream=True)
        else:
            stream = workflow.run(%s, stream=True)
        first = False
        asked = {event.request_id: event async for event in stream if event.type == "request_info"}
        if not asked:
            break
        answers = {key: input(str(event)) for key, event in asked.items()}


async def resume(point):
    await drive(WorkflowBuilder(start_executor=Ask(id="ask")).build(), checkpoint_id=point)
"""
TEAM = """
from google.adk.agents import Agent, ParallelAgent, SequentialAgent
from google.adk.tools import AgentTool

market = Agent(name="market", model="gemini-2.5-flash", instruction="Study the market.", output_key="market")
people = Agent(name="people", model="gemini-2.5-flash", instruction="Study the users.", output_key="%s")
team = ParallelAgent(name="team", sub_agents=[market, people])
writer = Agent(name="writer", model="gemini-2.5-flash", instruction="Combine {market} and {people?}.")
research = SequentialAgent(name="research", sub_agents=[team, writer])
root_agent = Agent(name="root", model="gemini-2.5-flash", instruction="Have it researched.", %s)
"""
OWN_INPUT = """
import os
from typing import TypedDict

from langchain_core.runnables import RunnableLambda
from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    messages: list


class Short(State):
    shortened: list


class Shorter(State):
    shortened: list
    most: int


def shorten(state):
    return {"shortened": state["messages"][-5:]}


def build(answer):
    builder = StateGraph(State)
    builder.add_node("shorten", shorten)
    builder.add_node("answer", answer%s)
    builder.add_edge(START, "shorten")
    builder.add_edge("shorten", "answer")
    builder.add_edge("answer", END)
    return builder.compile()
"""
BACK = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    sender: str
    helper: str


def back(state):
    sender = state["sender"]
    return sender


WAYS = {"one": "one", "two": "two"}
builder = StateGraph(State)
builder.add_node("one", lambda state: {"sender": "one", "helper": "two"})
builder.add_node("two", lambda state: {"sender": "two", "helper": "one"})
builder.add_node("tool", lambda state: {})
builder.add_edge(START, "one")
builder.add_edge("one", "tool")
builder.add_edge("two", END)
builder.add_conditional_edges("tool", back, WAYS)
builder.add_conditional_edges("tool", lambda state: state["%s"], WAYS)
graph = builder.compile()
graph.invoke({"sender": "one", "helper": "two"}, {"recursion_limit": 8})
"""
TOOLS = """
from langchain_core.tools import StructuredTool
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode
from names import chosen


class Answer:
    pass


def search(queries: list[str]):
    "Search for them."
    return queries


tools = [StructuredTool.from_function(search, name=%s), StructuredTool.from_function(search, name=%s)]
builder = StateGraph(MessagesState)
builder.add_node("tools", ToolNode(tools))
builder.add_edge(START, "tools")
builder.add_edge("tools", END)
graph = builder.compile()
"""
FLOW = """
from crewai.flow.flow import Flow, listen, router, start
from pydantic import BaseModel


class State(BaseModel):
    risk: str = "low"
    text: str = ""


class Review(Flow[State]):
    @start()
    def write(self):
        self.state.risk = input()

    @router(write)
    def assess(self):
        return "high" if self.state.risk == "high" else "low"

    @listen(assess)
    def mend(self):
        self.state.text = "mended"

    @listen(assess)
    def publish(self):
        self.state.text = "published"

    def kickoff(self, inputs=None):
        %s


print(Review().kickoff())
"""
BY_HAND = "self.write()\n        return self.mend() if self.state.risk == 'high' else self.publish()"
CHECKED = """
from typing import TypedDict

import requests
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

model = ChatOpenAI(model="gpt-4o")


class State(TypedDict):
    task: str
    found: str
    answer: str


def search(state: State):
    try:
        return {"found": requests.get(state["task"], timeout=9).text}
    except Exception as error:
        return {"found": f"Error: {error}"}


def check(state: State):
    return {"answer": model.invoke(f"%s The task was {state['task']}. Output: {state['found']}").content}


builder = StateGraph(State)
builder.add_node("search", search)
builder.add_node("check", check)
builder.add_edge(START, "search")
builder.add_edge("search", "check")
builder.add_edge("check", END)
print(builder.compile().invoke({"task": "count"})["answer"])
"""
PHASES = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    text: str
    phase: str


def plan(state: State) -> State:
    if not state["text"]:
        state["phase"] = "complete"
        return state
    state["phase"] = "%s"
    return state


def write(state: State) -> State:
    state["text"] += "!"
    state["phase"] = "complete"
    return state


def follow(state: State) -> str:
    phase = state.get("phase", "planning")
    if phase == "planning":
        return "plan"
    return "write" if phase == "writing" else "end"


builder = StateGraph(State)
builder.add_node("plan", plan)
builder.add_node("write", write)
builder.add_edge(START, "plan")
builder.add_conditional_edges("plan", follow, {"write": "write", "end": END})
builder.add_conditional_edges("write", follow, {"end": END})
print(builder.compile().invoke({"text": input(), "phase": "planning"}))
"""
PARTS = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    question: str
    results: dict
    answer: str


def plan(state: State) -> dict:
    return {"results": {}}


def ask(state: State) -> dict:
    results = dict(state.get("results", {}))
    results[state["question"]] = {"text": "yes"}
    return {"results": results}


def answer(state: State) -> dict:
    results = state.get("results", {})
    for name in ["laws", "cars"]:
        if %s and results[name]["text"]:
            return {"answer": results[name]["text"]}
    return {"answer": ""}


builder = StateGraph(State)
builder.add_node("plan", plan)
builder.add_node("ask", ask)
builder.add_node("answer", answer)
builder.add_edge(START, "plan")
builder.add_conditional_edges("plan", lambda state: "ask" if state["question"] else "answer", ["ask", "answer"])
builder.add_edge("ask", "answer")
builder.add_edge("answer", END)
print(builder.compile().invoke({"question": "laws"})["answer"])
"""
DEEP = """
from deepagents import create_deep_agent
from langchain_core.tools import tool


@tool
def ls(path: str) -> str:
    "List what there is."
    return path


@tool("%s")
def listed(path: str) -> str:
    "List it in another way."
    return path


agent = create_deep_agent(model="openai:gpt-5", tools=[ls, listed])
"""
NESTED = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command


class State(TypedDict):
    question: str


def inner(after, nested):
    def clarify(state: State):
        options = {}
        goto = "%s" if "?" in state["question"] else END
        options["goto"] = goto
        if nested and goto == END:
            options["graph"] = Command.PARENT
            options["goto"] = after
        return Command(goto=options["goto"], graph=options.get("graph"), update={"question": "q"})

    builder = StateGraph(State)
    builder.add_node("clarify", clarify)
    builder.add_node("brief", lambda state: {"question": "brief"})
    builder.add_edge(START, "clarify")
    builder.add_edge("brief", END)
    return builder.compile()


builder = StateGraph(State)
builder.add_node("ask", inner("work", %s))
builder.add_node("work", lambda state: {"question": "done"})
builder.add_edge(START, "ask")
builder.add_edge("work", END)
print(builder.compile().invoke({"question": "a"}))
"""
TEMPLATE = """
from langgraph.graph import END, START, MessagesState, StateGraph


class Agent:
    def __init__(self, answer_format=None):
        self.answer_format = answer_format

    def after(self, state: MessagesState):
        if %sstate["messages"][-1].tool_calls:
            return "tools"
        if self.answer_format:
            return "format"
        return "end"

    def graph(self):
        builder = StateGraph(MessagesState)
        builder.add_node("ask", lambda state: {"messages": []})
        builder.add_node("tools", lambda state: {"messages": []})
        builder.add_node("format", lambda state: {"messages": []})
        builder.add_edge(START, "ask")
        builder.add_conditional_edges("ask", self.after, {"tools": "tools", "format": "format", "end": END})
        builder.add_edge("tools", END)
        builder.add_edge("format", END)
        return builder.compile()


graph = Agent(answer_format=dict).graph()
"""
ASSERTED = """
import asyncio

from agents import Agent, Runner


def test_the_agent_says_what_its_model_says():
    agent = Agent(name="scripted", instructions="Use tools.")
    result = asyncio.run(Runner.run(agent, "go"))
    assert result.final_output == "done"
"""


@pytest.mark.parametrize(
    ("code", "correct", "slip"),
    [
        pytest.param("WF304", RUNS % "message", RUNS % "include_status_events=True", id="another way starts the run"),
        pytest.param(
            "WF501",
            TEAM % ("people", "sub_agents=[research]"),
            TEAM % ("market", "sub_agents=[research]"),
            id="a hand-off to a team starts all of it",
        ),
        pytest.param(
            "WF501",
            TEAM % ("people", "tools=[AgentTool(research)]"),
            TEAM % ("market", "tools=[AgentTool(research)]"),
            id="a team as a tool",
        ),
        pytest.param(
            "WF102",
            OWN_INPUT % ', input_schema=Short if os.environ.get("SHORT") else Shorter',
            OWN_INPUT % "",
            id="one of several inputs of its own",
        ),
        pytest.param("WF102", OWN_INPUT % ", input=Short", OWN_INPUT % "", id="an input of a step that is not read"),
        pytest.param("WF501", BACK % "sender", BACK % "helper", id="two routers that return one field"),
        pytest.param("WF401", PHASES % "writing", PHASES % "planning", id="a router that all steps share"),
        pytest.param("WF109", PARTS % "name in results", PARTS % "results", id="a part that is looked for first"),
        pytest.param("WF109", PARTS % "results.get(name)", PARTS % "results", id="a part that is asked for first"),
        pytest.param("WF407", DEEP % "listed", DEEP % "ls", id="a tool in the place of a ready-made one"),
        pytest.param(
            "WF303",
            NESTED % ("brief", "True"),
            NESTED % ("breif", "False"),
            id="a goto of one of two graphs",
        ),
        pytest.param("WF404", TEMPLATE % "", TEMPLATE % '"none" or ', id="a template that is built in several ways"),
        pytest.param("WF407", TOOLS % ("Answer.__name__", '"more"'), TOOLS % ('"more"', '"more"'), id="named tools"),
        pytest.param("WF407", TOOLS % ("chosen", "chosen()"), TOOLS % (('"search"',) * 2), id="tools of unknown names"),
        pytest.param("WF501", FLOW % BY_HAND, FLOW % "return super().kickoff(inputs)", id="a flow that runs itself"),
        pytest.param(
            "WF603",
            CHECKED % "Is this a result, or an error message?",
            CHECKED % "Answer from this.",
            id="a model that is told of errors",
        ),
    ],
)
def test_the_slip_is_told_and_the_correct_program_is_not(tmp_path: Path, code: str, correct: str, slip: str) -> None:
    assert code not in told(tmp_path / "correct", {"main.py": correct})
    assert code in told(tmp_path / "slip", {"main.py": slip})


@pytest.mark.parametrize("around", ["sub_agents=[research]", "tools=[AgentTool(research)]"])
def test_what_waits_for_a_whole_team_is_reached(around: str, tmp_path: Path) -> None:
    assert told(tmp_path, {"agent.py": TEAM % ("people", around)}) == []


def test_what_a_test_builds_of_stand_ins_is_a_note(tmp_path: Path) -> None:
    product, built = TOOLS % ('"one"', '"two"'), TOOLS % (('"one"',) * 2)
    assert told(tmp_path / "test", {"app.py": product, "tests/test_app.py": built}) == []
    assert told(tmp_path / "product", {"app.py": product, "again.py": built}) == ["WF407"]


def test_a_test_knows_what_its_stand_in_for_a_model_says(tmp_path: Path) -> None:
    assert "WF112" not in told(tmp_path / "test", {"tests/test_agent.py": ASSERTED})
    assert "WF112" in told(tmp_path / "product", {"agent.py": ASSERTED})
