"""Which of the objects that one place makes are one workflow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows
from wflint.model.workflow import Workflow
from wflint.request import CacheChoice, Request
from wflint.survey import survey

LANGGRAPH = """
from langgraph.graph import END, START, StateGraph

def pack(state: dict):
    return state

def ship(state: dict):
    return state

def chain(first, second):
    graph = StateGraph(dict)
    graph.add_node("a", first)
    graph.add_node(second)
    graph.add_edge(START, "a")
    graph.add_edge("a", second.__name__)
    return graph.compile()

one = chain(pack, ship)
two = chain(ship, pack)
"""

OPENAI = """
from agents import Agent, Runner

def desk(*others):
    return Agent(name="desk", handoffs=list(others))

one = desk(Agent(name="refunds"))
two = desk(Agent(name="parcels"))
"""

LLAMAINDEX = """
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent

def agent(name):
    return FunctionAgent(name=name, description=name, system_prompt=name)

def team(*names):
    return AgentWorkflow(agents=[agent(name) for name in names], root_agent=names[0])

one = team("cook", "waiter")
two = team("pilot", "steward")
"""

HAYSTACK = """
from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.components.converters import TextFileToDocument
from haystack.components.writers import DocumentWriter

def pipeline(name, component):
    made = Pipeline()
    made.add_component(name, component)
    return made

one = pipeline("prompt", PromptBuilder("Say {{ word }}"))
two = pipeline("reader", TextFileToDocument())
"""

PYDANTIC_GRAPH = """
from dataclasses import dataclass
from pydantic_graph import BaseNode, End, Graph

@dataclass
class Wash(BaseNode):
    async def run(self, ctx) -> End[int]:
        return End(1)

@dataclass
class Dry(BaseNode):
    async def run(self, ctx) -> End[int]:
        return End(2)

def graph(*nodes):
    return Graph(nodes=nodes)

one = graph(Wash)
two = graph(Dry)
"""


def steps(found: tuple[Workflow, ...]) -> list[set[str]]:
    return sorted(({step.id for step in flow.steps} - {"__start__", "__end__"} for flow in found), key=sorted)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(LANGGRAPH, [{"a", "pack"}, {"a", "ship"}], id="langgraph"),
        pytest.param(OPENAI, [{"desk", "parcels"}, {"desk", "refunds"}], id="openai-agents"),
        pytest.param(LLAMAINDEX, [{"cook", "waiter"}, {"pilot", "steward"}], id="llamaindex"),
        pytest.param(HAYSTACK, [{"prompt"}, {"reader"}], id="haystack"),
        pytest.param(PYDANTIC_GRAPH, [{"Dry"}, {"Wash"}], id="pydantic-graph"),
    ],
)
def test_a_factory_called_twice_is_two_workflows(tmp_path: Path, source: str, expected: list[set[str]]) -> None:
    found = workflows(tmp_path, source)
    assert steps(found) == expected
    assert len({flow.id for flow in found}) == len(found)


def test_calls_that_make_the_same_workflow_are_one(tmp_path: Path) -> None:
    again = LANGGRAPH.replace("two = chain(ship, pack)", "two = chain(pack, ship)")
    assert steps(workflows(tmp_path, again)) == [{"a", "ship"}]


PRODUCT = """
from langgraph.graph import START, StateGraph

def build(names):
    graph = StateGraph(dict)
    graph.add_node("open", print)
    graph.add_edge(START, "open")
    for name in names:
        graph.add_node(name, print)
    return graph.compile()
"""

TEST = """
from shop.build import build

def test_build():
    assert build(["fake"])
"""


def test_what_a_test_has_the_product_make_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/__init__.py").touch()
    (tmp_path / "shop/build.py").write_text(PRODUCT)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_build.py").write_text(TEST)
    found = survey(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).program.workflows
    assert steps(found) == [{"open"}]
    assert found[0].unresolved


def test_what_a_test_builds_itself_is_a_workflow_of_the_test(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_shop.py").write_text(PRODUCT + '\n\ndef test_build():\n    assert build(["fake"])\n')
    found = survey(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).program.workflows
    assert steps(found) == [{"fake", "open"}]


LOOPS = [
    pytest.param(
        """
        from agents import Agent

        def desk(lang):
            expert = Agent(name=f"expert_{lang}", instructions="Answer.")
            return Agent(name=f"desk_{lang}", instructions="Hand over.", handoffs=[expert])

        desks = {lang: desk(lang) for lang in ("de", "fr")}
        """,
        {"desk_de": {"desk_de", "expert_de"}, "desk_fr": {"desk_fr", "expert_fr"}},
        id="a comprehension over names",
    ),
    pytest.param(
        """
        from google.adk.agents import LlmAgent, SequentialAgent

        made = []
        for name, checked in (("long", True), ("short", False)):
            agents = [LlmAgent(name=f"write_{name}", model="gemini-2.5-flash", instruction="Write.")]
            if checked:
                agents.append(LlmAgent(name=f"check_{name}", model="gemini-2.5-flash", instruction="Check."))
            made.append(SequentialAgent(name=name, sub_agents=agents))
        """,
        {"long": {"write_long", "check_long"}, "short": {"write_short"}},
        id="a loop over pairs",
    ),
    pytest.param(
        """
        from agent_framework import Agent, WorkflowBuilder
        from agent_framework.openai import OpenAIChatClient

        class Kind:
            def build(self):
                first, second = (Agent(OpenAIChatClient(), name=name, instructions="Work.") for name in self.names)
                return WorkflowBuilder(start_executor=first).add_edge(first, second).build()

        class Cats(Kind):
            names = ("feed", "stroke")

        class Dogs(Kind):
            names = ("walk", "throw")

        flows = [kind().build() for kind in (Cats, Dogs)]
        """,
        {"build": {"feed", "stroke"}, "build#2": {"walk", "throw"}},
        id="classes of a tuple",
    ),
]


@pytest.mark.parametrize(("source", "expected"), LOOPS)
def test_a_loop_makes_a_workflow_each_time(tmp_path: Path, source: str, expected: dict[str, set[str]]) -> None:
    found = {
        flow.id.rpartition("::")[2]: {step.id for step in flow.steps} - {"__start__"}
        for flow in workflows(tmp_path, source)
    }
    assert found == expected


def test_what_a_condition_decides_in_one_call_is_one_workflow(tmp_path: Path) -> None:
    source = """
        import os
        from google.adk.agents import LlmAgent, SequentialAgent

        def team(names):
            agents = [LlmAgent(name=name, model="gemini-2.5-flash", instruction="Work.") for name in names]
            return SequentialAgent(name="team", sub_agents=agents)

        root_agent = team(["plan", "write"] if os.environ.get("LONG") else ["write"])
    """
    (found,) = workflows(tmp_path, source)
    assert {step.id for step in found.steps} == {"__start__", "plan", "write"}


FORMS = """
from crewai import Agent, Crew, Task
from pydantic import BaseModel

class Route(BaseModel):
    stops: list[str]

class Bill(BaseModel):
    total: float

clerk = Agent(role="Clerk", goal="Write", backstory="Old.")

def alone(task):
    return Crew(agents=[clerk], tasks=[task]).kickoff()

def plan():
    task = Task(description="Plan.", expected_output="A route.", agent=clerk, output_pydantic=Route)
    return alone(task).pydantic.stops

def charge():
    task = Task(description="Charge.", expected_output="A bill.", agent=clerk, output_pydantic=Bill)
    return alone(task).pydantic.total

plan()
charge()
"""


def test_crews_that_answer_in_different_forms_are_apart(tmp_path: Path) -> None:
    found = workflows(tmp_path, FORMS)
    steps_of_all = [step for flow in found for step in flow.steps]
    answers = {(step.result and step.result.name, tuple(part.name for part in step.taken)) for step in steps_of_all}
    assert answers == {("Route", ("stops",)), ("Bill", ("total",))}
