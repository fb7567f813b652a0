"""WF103: fields that begin as None, which only one of the ways to their reader sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "path-dependent-read"
NODES = """
    from __future__ import annotations
    from dataclasses import dataclass
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext

    @dataclass
    class Trip:
        place: str
        train: dict[str, str] | None = None

    @dataclass
    class Plan(BaseNode[Trip, None, str]):
        async def run(self, ctx: GraphRunContext[Trip]) -> Book | Pack:
            if <0>:
                return Book()
            return Pack()

    @dataclass
    class Book(BaseNode[Trip, None, str]):
        async def run(self, ctx: GraphRunContext[Trip]) -> Pack:
            ctx.state.train = {"seat": "12"}
            return Pack()

    @dataclass
    class Pack(BaseNode[Trip, None, str]):
        async def run(self, ctx: GraphRunContext[Trip]) -> End[str]:
            seat = <1>
            return End(seat)

    graph = Graph(nodes=[Plan, Book, Pack])

    async def main():
        await graph.run(Plan(), state=Trip("Rome"<2>))
"""
GRAPH = """
    from typing import Literal
    from langgraph.graph import END, START, StateGraph
    from pydantic import BaseModel

    class Train(BaseModel):
        seat: str = "12"

    class Trip(BaseModel):
        place: str = ""
        train: Train | None = None
        seat: str = ""

    def plan(state: Trip):
        return {"place": state.place.strip()}

    def book(state: Trip):
        return {"train": Train()}

    def pack(state: Trip):
        return {"seat": <1>}

    def choose(state: Trip) -> Literal["book", "pack"]:
        return "book" if <0> else "pack"

    builder = StateGraph(Trip)
    builder.add_node("plan", plan)
    builder.add_node("book", book)
    builder.add_node("pack", pack)
    builder.add_edge(START, "plan")
    builder.add_conditional_edges("plan", choose)
    builder.add_edge("book", "pack")
    builder.add_edge("pack", END)
    graph = builder.compile()
    graph.invoke({"place": "Rome"<2>})
"""
FAR = 'ctx.state.place != "home"'
READ = 'ctx.state.train["seat"]'
CAREFUL = 'ctx.state.train["seat"] if ctx.state.train else "none"'
TWINS = (
    Twin("nodes", NODES, ((FAR, FAR), (READ, CAREFUL), ("", "")), "seat"),
    Twin(
        "graph",
        GRAPH,
        (('state.place != "home"',) * 2, ("state.train.seat", 'state.train.seat if state.train else ""'), ("", "")),
        "seat",
    ),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_none_on_one_way(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, RULE)
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, RULE) == []


SILENT = (
    pytest.param(NODES, ("ctx.state.train is None", READ, ""), id="the way is chosen by it"),
    pytest.param(NODES, (FAR, READ, ', {"seat": "1"}'), id="a call sets it"),
    pytest.param(NODES, (FAR, "str(ctx.state.train)", ""), id="None will do"),
    pytest.param(GRAPH, ("state.train is None", "state.train.seat", ""), id="a router looks at it"),
    pytest.param(GRAPH, ('state.place != "home"', "state.train.seat", ', "train": Train()'), id="a call passes it"),
)


@pytest.mark.parametrize(("program", "places"), SILENT)
def test_silence(program: str, places: tuple[str, ...], tmp_path: Path) -> None:
    assert found(Twin("", program, tuple((place, "") for place in places), "").bad, tmp_path, RULE) == []


PHASES = """
    from google.adk.agents import LlmAgent, SequentialAgent
    from google.adk.runners import Runner

    def find():
        return LlmAgent(name="find", model="m", instruction="Find facts.", output_key="facts")

    def write():
        return LlmAgent(name="write", model="m", instruction="Write up {facts}.", output_key="draft")

    def runner_of(service, phase):
        if phase == "find":
            agents = [find(), write()]
        elif phase == "write":
            agents = [write()]
        else:
            raise ValueError(phase)
        return Runner(app_name="a", agent=SequentialAgent(name="blog", sub_agents=agents), session_service=service)
"""


def test_code_that_picks_where_to_begin_has_what_is_read_there(tmp_path: Path) -> None:
    assert [level for _, level in found(Twin("", PHASES, (), "").bad, tmp_path, RULE)] == [Level.NOTE]
