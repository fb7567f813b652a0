"""Steps whose code runs a workflow of whatever framework."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.fixtures import FOLDER, recovered
from tests.frontends.sources import workflows
from wflint.audit import audit
from wflint.model.workflow import StepKind
from wflint.request import CacheChoice, Request

GRAPH = """
from typing import TypedDict
from agents import Agent, Runner
from langgraph.graph import END, START, StateGraph

class State(TypedDict):
    text: str

one = Agent(name="one")
two = Agent(name="two", handoffs=[one])
four = Agent(name="four")
three = Agent(name="three", handoffs=[four])

def step(state: State):
{body}

graph = StateGraph(State)
graph.add_node("step", step)
graph.add_edge(START, "step")
graph.add_edge("step", END)
app = graph.compile()
"""


def kind_of(folder: Path, body: str) -> tuple[StepKind, str | None]:
    source = GRAPH.format(body="\n".join(f"    {line}" for line in body.splitlines()))
    found = next(workflow for workflow in workflows(folder, source) if workflow.framework == "langgraph")
    step = found.step("step")
    assert step is not None
    return step.kind, step.workflow


def test_frameworks_nest_in_each_other() -> None:
    program = recovered(FOLDER / "projects" / "harbour_mixed")
    parents = {workflow.name: workflow.parent for workflow in program.workflows}
    assert parents == {
        "pilotage": "port.py::builder",
        "Customs": "port.py::builder",
        "announce": "port.py::builder",
        "log": "port.py::builder",
        "builder": "season.py::SeasonFlow",
        "SeasonFlow": None,
    }


def test_a_group_of_agents_nests(tmp_path: Path) -> None:
    body = "return {'text': Runner.run_sync(two, state['text']).final_output}"
    assert kind_of(tmp_path, body) == (StepKind.SUBWORKFLOW, "flow.py::two")


def test_an_agent_by_itself_is_no_workflow(tmp_path: Path) -> None:
    kind, workflow = kind_of(tmp_path, "return {'text': Runner.run_sync(one, state['text']).final_output}")
    assert (kind, workflow) == (StepKind.AGENT, None)


def test_what_runs_two_workflows_side_by_side_stands_for_neither(tmp_path: Path) -> None:
    body = "Runner.run_sync(two, state['text'])\nRunner.run_sync(three, state['text'])\nreturn {'text': ''}"
    kind, workflow = kind_of(tmp_path, body)
    assert (kind, workflow) == (StepKind.FUNCTION, None)


def test_what_goes_through_agents_comes_from_the_state(tmp_path: Path) -> None:
    source = GRAPH.format(body="    return {'text': Runner.run_sync(one, state['text']).final_output}")
    (found,) = (workflow for workflow in workflows(tmp_path, source) if workflow.framework == "langgraph")
    step = found.step("step")
    assert step is not None
    assert step.offers[0].derived_from == ("text",)


def test_what_a_step_calls_need_not_share_its_state() -> None:
    root = FOLDER / "projects" / "harbour_mixed"
    found = audit(Request(root, (root,), cache=CacheChoice(is_off=True))).findings
    assert [finding.code for finding in found if finding.observation.label is None] == []


DESK = """
from langchain.agents import create_agent
from langchain_core.tools import tool

@tool
def opening_hours(place: str) -> str:
    "When a place is open."
    return "9 to 5"

clerk = create_agent(model="openai:gpt-4o", tools=[opening_hours], name="clerk", system_prompt="Look up hours.")

@tool
def ask_clerk(question: str) -> str:
    "Ask the clerk."
    return clerk.invoke({"messages": [{"role": "user", "content": question}]})["messages"][-1].content

desk = create_agent(model="openai:gpt-4o", tools=[ask_clerk], name="desk", system_prompt="Answer the guest.")
"""


def test_an_agent_and_what_runs_through_its_tools_are_two_workflows(tmp_path: Path) -> None:
    """Both begin at the same place; the step that stands for the agent refers to the agent."""
    found = {workflow.id: workflow for workflow in workflows(tmp_path, DESK)}
    assert sorted(found) == ["flow.py::clerk", "flow.py::desk", "flow.py::desk#2"]
    around = found["flow.py::desk#2"]
    assert sorted((step.id, step.workflow) for step in around.steps) == [
        ("clerk", "flow.py::clerk"),
        ("desk", "flow.py::desk"),
    ]
    assert found["flow.py::desk"].parents == found["flow.py::clerk"].parents == ("flow.py::desk#2",)
    assert around.parents == ()
