"""Correct workflows of several frameworks, about which nothing is to be said."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.request import CacheChoice, Request

REPORTS = """
from dataclasses import dataclass

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


@dataclass
class Load:
    weight: int


@dataclass
class Report:
    text: str


class Arrive(Executor):
    @handler
    async def arrive(self, order: str, ctx: WorkflowContext[Load]) -> None:
        await ctx.send_message(Load(len(order)))


class Inspect(Executor):
    @handler
    async def inspect(self, load: Load, ctx: WorkflowContext[Report]) -> None:
        await ctx.send_message(Report(f"{self.id}: {load.weight}"))


class Collect(Executor):
    @handler
    async def collect(self, reports: list[Report], ctx: WorkflowContext[Load]) -> None:
        await ctx.send_message(Load(len(reports)))


class Sign(Executor):
    @handler
    async def sign(self, load: object, ctx: WorkflowContext[Load, str]) -> None:
        await ctx.yield_output(str(load))


arrive, hull, papers = Arrive(id="arrive"), Inspect(id="hull"), Inspect(id="papers")
collect, sign = Collect(id="collect"), Sign(id="sign")
workflow = (
    WorkflowBuilder(start_executor=arrive)
    .add_fan_out_edges(arrive, [hull, papers])
    .add_fan_in_edges([hull, papers], collect)
    .add_edge(collect, sign)
    .build()
)
"""
ANSWER = """
from agent_framework import Agent, AgentExecutorResponse, Executor, WorkflowBuilder, WorkflowContext, handler
from pydantic import BaseModel
from typing_extensions import Never


class Manifest(BaseModel):
    cargo: str
    tons: int


class File(Executor):
    @handler
    async def file(self, answer: AgentExecutorResponse, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(answer.agent_run_response.text)


clerk = Agent(client=None, name="clerk", instructions="Write the manifest.", response_format=Manifest)
writer = Agent(client=None, name="writer", instructions="Correct the manifest.", response_format=Manifest)
workflow = WorkflowBuilder(start_executor=clerk).add_edge(clerk, writer).add_edge(writer, File(id="file")).build()
"""
TASKS = """
from langgraph.func import entrypoint, task


@task
def weigh(cargo: str) -> int:
    return len(cargo)


@task
def price(weight: int) -> int:
    return weight * 3


@task
def invoice(weight: int, cost: int) -> str:
    return f"{weight} t: {cost}"


@entrypoint()
def bill(cargo: str) -> str:
    weight = weigh(cargo).result()
    cost = price(weight).result()
    return invoice(weight, cost).result()
"""
LOADED = """
import json

from google.adk.agents import LlmAgent
from google.adk.runners import InMemoryRunner


def fill(source, target):
    target.update(source)


def load(callback_context):
    with open("manifest.json") as file:
        fill(json.load(file), callback_context.state)


plan = LlmAgent(name="plan", model="m", instruction="Write the manifest.", output_key="manifest")
root_agent = LlmAgent(
    name="desk", model="m", instruction="Check {manifest}.", before_agent_callback=load, sub_agents=[plan]
)


async def run(message):
    runner = InMemoryRunner(agent=root_agent, app_name="customs")
    await runner.session_service.create_session(app_name="customs", user_id="u", session_id="s")
    async for event in runner.run_async(user_id="u", session_id="s", new_message=message):
        print(event)
"""
OVERHEARD = """
from google.adk.agents import LlmAgent, SequentialAgent

critic = LlmAgent(name="critic", model="m", instruction="Say what is wrong with the cargo list.", output_key="faults")
tone = LlmAgent(name="tone", model="m", instruction="Say how friendly all of that was.", output_key="mood")
root_agent = SequentialAgent(name="customs", sub_agents=[critic, tone])
"""
DESK = """
from google.adk.agents import LlmAgent
from google.adk.tools import AgentTool

duty = LlmAgent(name="duty", model="m", instruction="Say what duty is due.", output_key="duty", include_contents="none")
root_agent = LlmAgent(
    name="desk", model="m", instruction="Ask for the duty, then answer.", output_key="answer", tools=[AgentTool(duty)]
)
"""


LOGGED = """
from dataclasses import dataclass

from langgraph.graph import END, START, StateGraph


@dataclass
class Cargo:
    tons: int = 0


def weigh(state: Cargo):
    print(state.__class__.__name__, state.__dict__)
    return {"tons": state.__dict__["tons"] + 1}


builder = StateGraph(Cargo)
builder.add_node("weigh", weigh)
builder.add_edge(START, "weigh")
builder.add_edge("weigh", END)
graph = builder.compile()
"""
PANEL = """
from agent_framework import Agent
from agent_framework.orchestrations import ConcurrentBuilder

PORT = \"\"\"
Budget: 400,000 a year, of which 310,000 are spent; costs of the budget grow in the second quarter.
Timeline: six milestones, three of them met; work on the timeline is late in the second quarter.
\"\"\"
BUDGET = f\"\"\"You are an analyst for the port.

Analyse only the budget. Use the material below.

{PORT}

Give a short assessment:
- What is spent a year
- Where costs grow

Be brief: at most eight points.
\"\"\"
TIMELINE = f\"\"\"You are an analyst for the port.

Analyse only the timeline. Use the material below.

{PORT}

Give a short assessment:
- Which milestones are met
- Where work is late

Be brief: at most eight points.
\"\"\"
budget = Agent(client=None, name="budget_agent", instructions=BUDGET)
timeline = Agent(client=None, name="timeline_agent", instructions=TIMELINE)
workflow = ConcurrentBuilder(participants=[budget, timeline]).build()
"""


def said(folder: Path, **sources: str) -> list[str]:
    """Findings of some sources, the labels of edges aside."""
    for name, source in sources.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source), encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [f"{finding.code}: {finding.message}" for finding in found if not finding.code.startswith("WF95")]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(REPORTS, id="messages that are taken as a whole"),
        pytest.param(LOGGED, id="what Python keeps with an object"),
        pytest.param(PANEL, id="two aspects of the same material"),
        pytest.param(ANSWER, id="an answer in parts that is taken as a whole"),
        pytest.param(TASKS, id="tasks that plain code runs when their inputs are there"),
        pytest.param(LOADED, id="a callback that loads the state"),
        pytest.param(OVERHEARD, id="an answer that the next model is shown"),
        pytest.param(DESK, id="an answer of who calls the others"),
    ],
)
def test_nothing_is_wrong(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, flow=source) == []


SHARED = """
def report(state):
    return {"report": f"{state.get('cargo') or state.get('freight', '')}: {state['tons']} t"}
"""
HARBOUR = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph

from shared import report


class State(TypedDict):
    cargo: str
    tons: int
    report: str


builder = StateGraph(State)
builder.add_node("report", report)
builder.add_edge(START, "report")
builder.add_edge("report", END)
graph = builder.compile()
"""


def test_code_that_serves_several_workflows_copes_with_the_names_of_each(tmp_path: Path) -> None:
    rail = HARBOUR.replace("cargo", "freight")
    assert said(tmp_path, shared=SHARED, harbour=HARBOUR, rail=rail) == []
    assert len(said(tmp_path / "alone", shared=SHARED, harbour=HARBOUR)) == 1


GRAPH = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph

from nodes.weigh import weigh


class State(TypedDict):
    cargo: str
    weight: int


builder = StateGraph(State)
builder.add_node("weigh", weigh)
builder.add_edge(START, "weigh")
builder.add_edge("weigh", END)
graph = builder.compile()
"""
WEIGH = """
def weigh(state):
    return {"tons": len(state["freight"])}
"""


@pytest.mark.parametrize(
    ("home", "codes"),
    [
        pytest.param("train", [], id="another program"),
        pytest.param("ship/src", ["WF101", "WF102"], id="the program itself"),
        pytest.param("nodes", ["WF101", "WF102"], id="a distribution"),
    ],
)
def test_a_program_does_not_use_the_code_of_another(tmp_path: Path, home: str, codes: list[str]) -> None:
    sources = {"ship__flow": GRAPH, f"{home.replace('/', '__')}__nodes__weigh": WEIGH}
    found = said(tmp_path, **sources)
    assert sorted({finding.partition(":")[0] for finding in found} - {"WF991"}) == codes


def test_a_folder_that_says_how_it_is_installed_is_for_code_anywhere(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "pyproject.toml").write_text("[project]\nname = 'stations'\n", encoding="utf-8")
    found = said(tmp_path, ship__flow=GRAPH, train__nodes__weigh=WEIGH)
    assert {finding.partition(":")[0] for finding in found} == {"WF101", "WF102"}
