"""Parts of parts, as deep as classes are written, through sources of several frameworks: WF109, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

CODE = """
    from agents import Agent, Runner
    from pydantic import BaseModel


    class Stop(BaseModel):
        town: str
        nights: int = 1


    class Route(BaseModel):
        stops: list[Stop]
        best: Stop | None = None


    scout = Agent(name="scout", instructions="Plan a trip.", output_type=Route)
    guide = Agent(name="guide", instructions="Describe the town.")


    async def travel(wish: str) -> list[str]:
        route = (await Runner.run(scout, wish)).final_output_as(Route)
        told = []
        for stop in route.stops:
            told.append((await Runner.run(guide, {asked})).final_output)
        return told
"""
NODES = """
    from google.adk import Agent
    from google.adk.workflow import START, Workflow, node
    from pydantic import BaseModel


    class Stop(BaseModel):
        town: str


    class Route(BaseModel):
        stops: list[Stop]


    scout = Agent(name="scout", model="gemini-2.5-flash", instruction="Plan a trip.", output_schema=Route)


    @node
    def towns(node_input: Route) -> list[str]:
        return [{read} for stop in node_input.stops]


    flow = Workflow(name="travel", edges=[(START, scout, towns)])
"""
EXECUTORS = """
    from dataclasses import dataclass

    from agent_framework import WorkflowBuilder, WorkflowContext, executor


    @dataclass
    class Stop:
        town: str

        @property
        def sign(self) -> str:
            return self.town.upper()


    @dataclass
    class Trip:
        first: Stop


    @executor(id="plan")
    async def plan(text: str, ctx: WorkflowContext[Trip]) -> None:
        await ctx.send_message(Trip(Stop(text)))


    @executor(id="tell")
    async def tell(trip: Trip, ctx: WorkflowContext[None, str]) -> None:
        await ctx.yield_output({read})


    flow = WorkflowBuilder(start_executor=plan).add_edge(plan, tell).build()
"""
COMPONENTS = """
    from dataclasses import dataclass

    from haystack import Pipeline, component


    @dataclass
    class Stop:
        town: str


    @dataclass
    class Leg:
        start: Stop
        end: Stop


    @component
    class Plan:
        @component.output_types(legs=list[Leg])
        def run(self, text: str):
            return {"legs": [Leg(Stop(text), Stop(text))]}


    @component
    class Tell:
        @component.output_types(towns=list[str])
        def run(self, legs: list[Leg]):
            return {"towns": [{read} for leg in legs]}


    pipe = Pipeline()
    pipe.add_component("plan", Plan())
    pipe.add_component("tell", Tell())
    pipe.connect("plan.legs", "tell.legs")
"""


def _with(source: str, **read: str) -> str:
    """The source with what it reads; the line is marked where that is not there."""
    for name, text in read.items():
        source = source.replace("{" + name + "}", text)
    mark, end = "  # <- WF109", "\n"
    return "".join(
        line.replace("WRONG ", "").rstrip() + (mark if "WRONG " in line else "") + end for line in source.split(end)
    )


SOURCES = [
    pytest.param(_with(CODE, asked="WRONG stop.city"), id="an element of an answer"),
    pytest.param(_with(CODE, asked="f'{stop.town} {stop.nights} {stop.model_dump()}'"), id="elements that are there"),
    pytest.param(_with(CODE, asked="str(stop.model_fields_set)"), id="what every model has"),
    pytest.param(_with(CODE, asked="getattr(stop, 'city', '')"), id="asked for with a default"),
    pytest.param(_with(NODES, read="WRONG stop.city"), id="an element of a node's input"),
    pytest.param(_with(NODES, read="stop.town"), id="a node's input as it is"),
    pytest.param(_with(EXECUTORS, read="WRONG trip.first.city"), id="a part of a message"),
    pytest.param(_with(EXECUTORS, read="trip.first.town + trip.first.sign"), id="a message as it is"),
    pytest.param(_with(COMPONENTS, read="WRONG leg.end.city"), id="a part of an input's element"),
    pytest.param(_with(COMPONENTS, read="leg.end.town + leg.start.town"), id="an input as it is"),
    pytest.param(
        _with(COMPONENTS.replace("Stop(text), Stop(text)", "Port(text), Port(text)"), read="leg.end.quay").replace(
            "    @component\n    class Plan:",
            "    class Port(Stop):\n        quay = 'north'\n\n\n    @component\n    class Plan:",
        ),
        id="a part that heirs may have",
    ),
]


@pytest.mark.parametrize("source", SOURCES)
def test_parts_of_parts(tmp_path: Path, source: str) -> None:
    found = [(line, code) for line, code in loud(tmp_path, source) if code == "WF109"]
    assert found == marked(source)


STATE = """
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from pydantic import BaseModel


    class Stop(BaseModel):
        town: str


    class Route(BaseModel):
        stops: list[Stop]


    class State(TypedDict):
        wish: str
        route: Route
        towns: list[str]


    model = ChatOpenAI(model="gpt-4o", timeout=30)


    def plan(state: State):
        return {{"route": model.with_structured_output(Route).invoke(state["wish"])}}


    def name(state: State):
        return {{"towns": [{read} for stop in state["route"].stops]}}


    graph = StateGraph(State).add_sequence([plan, name]).add_edge(START, "plan").add_edge("name", END).compile()
    graph.invoke({{"wish": "a trip"}})
"""


def test_parts_of_an_answer_that_a_state_holds(tmp_path: Path) -> None:
    marks = "stop.city", "stop.town"
    bad, good = (STATE.format(read=read) for read in marks)
    line = bad.splitlines().index(next(one for one in bad.splitlines() if "stop.city" in one))
    assert loud(tmp_path, bad) == [(line + 1, "WF109")]
    assert loud(tmp_path, good) == []
