"""Builders that a class inherits and fills in, and registries that other modules fill."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.frontends.sources import ways, workflows
from wflint.model.workflow import Workflow
from wflint.request import CacheChoice, Request
from wflint.survey import survey

LANGGRAPH = """
from abc import ABC, abstractmethod
from typing import TypedDict
from langgraph.graph import StateGraph

class State(TypedDict):
    text: str

class Line(ABC):
    @abstractmethod
    def stations(self): ...

    def first(self, state: State):
        return {"text": "first"}

    def last(self, state: State):
        return {"text": state["text"]}

    def build(self):
        graph = StateGraph(State)
        stations = self.stations()
        for station in stations:
            graph.add_node(station.__name__, station)
        for one, two in zip(stations, stations[1:]):
            graph.add_edge(one.__name__, two.__name__)
        graph.set_entry_point(stations[0].__name__)
        graph.set_finish_point(stations[-1].__name__)
        return graph.compile()

class Express(Line):
    def stations(self):
        return [self.first, self.last]

class Local(Line):
    def middle(self, state: State):
        return {"text": state["text"]}

    def stations(self):
        return [self.first, self.middle, self.last]
"""
CREWAI = """
from crewai import Agent, Crew, Task

class Bureau:
    def orders(self):
        raise NotImplementedError

    def crew(self):
        return Crew(agents=[clerk], tasks=self.orders())

clerk = Agent(role="Clerk", goal="Work", backstory="Works.")

def order(name):
    return Task(name=name, description="Do it.", expected_output="Done.", agent=clerk)

class Post(Bureau):
    def orders(self):
        return [order("first"), order("last")]

class Bank(Bureau):
    def orders(self):
        return [order("first"), order("middle"), order("last")]
"""


def steps(workflow: Workflow) -> set[str]:
    return {step.id for step in workflow.steps if not step.id.startswith("__")}


@pytest.mark.parametrize("source", [LANGGRAPH, CREWAI], ids=["langgraph", "crewai"])
def test_each_heir_has_its_workflow_and_the_base_none(source: str, tmp_path: Path) -> None:
    found = sorted(workflows(tmp_path, source), key=lambda workflow: len(workflow.steps))
    assert [steps(workflow) for workflow in found] == [{"first", "last"}, {"first", "middle", "last"}]
    assert {("first", "middle"), ("middle", "last")} <= {(source, target) for source, target, _ in ways(found[1])}


NODES = """
from __future__ import annotations
from dataclasses import dataclass
from pydantic_graph import BaseNode, End, GraphRunContext
from {registry} import keep

@keep
@dataclass
class Knock(BaseNode[None, None, str]):
    async def run(self, ctx: GraphRunContext) -> Enter:
        return Enter()

@keep
@dataclass
class Enter(BaseNode[None, None, str]):
    async def run(self, ctx: GraphRunContext) -> End[str]:
        return End("in")
"""
REGISTRY = """
KEPT = []

def keep(cls):
    KEPT.append(cls)
    return cls
"""
GRAPH = """
import house.rooms
from house.registry import KEPT
from pydantic_graph import Graph

graph = Graph(nodes=tuple(KEPT))
first = house.rooms.Knock
"""


def test_what_is_imported_has_filled_a_registry_before_it_is_read(tmp_path: Path) -> None:
    files = {"__init__": "", "registry": REGISTRY, "rooms": NODES.format(registry="house.registry"), "main": GRAPH}
    (tmp_path / "house").mkdir()
    for name, text in files.items():
        (tmp_path / "house" / f"{name}.py").write_text(dedent(text), encoding="utf-8")
    (found,) = survey(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).program.workflows
    assert ways(found) == {("Knock", "Enter", "direct"), ("Enter", "__end__", "direct")}
