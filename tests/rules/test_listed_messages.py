"""Agent Framework conditions about a field whose type lists its values: ways that are never taken, values left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

HEAD = """
    from typing import Literal
    from agent_framework import Agent, Case, Default, Executor, WorkflowBuilder, WorkflowContext, handler
    from agent_framework.openai import OpenAIChatClient
    from pydantic import BaseModel

    class Plant(BaseModel):
        name: str
        needs: <0>

    class Look(Executor):
        def __init__(self, agent):
            super().__init__(id="look")
            self.agent = agent

        @handler
        async def look(self, text: str, ctx: WorkflowContext[Plant]) -> None:
            answer = await self.agent.run(text)
            await ctx.send_message(Plant.model_validate_json(answer.text))

    class Tend(Executor):
        @handler
        async def tend(self, plant: Plant, ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(f"{self.id}: {plant.name}")

    look = Look(OpenAIChatClient().as_agent(name="eye", instructions="Look at the plant."))
    water, shade, leave = Tend(id="water"), Tend(id="shade"), Tend(id="leave")
    builder = WorkflowBuilder(start_executor=look)
"""
SWITCH = (
    HEAD
    + """
    builder.add_switch_case_edge_group(look, [
        Case(condition=lambda p: p.needs == "water", target=water),
        Case(condition=lambda p: <1>, target=shade),
        Default(target=leave),
    ])
    workflow = builder.build()
"""
)
EDGES = (
    HEAD
    + """
    builder.add_edge(look, water, condition=lambda p: p.needs == "water")
    builder.add_edge(look, shade, condition=lambda p: <1>)
    workflow = builder.build()
"""
)
KNOWN = 'Literal["water", "shadow", "nothing"]'


def _filled(program: str, *parts: str) -> str:
    return Twin("", program, tuple((part, part) for part in parts), "").bad


def test_a_case_that_no_value_has(tmp_path: Path) -> None:
    said = found(_filled(SWITCH, KNOWN, 'p.needs == "shade"'), tmp_path, "dead-route")
    assert [("target=shade" in line, level) for line, level in said] == [(True, Level.WARNING)]


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        (KNOWN, 'p.needs == "shadow"'),
        (KNOWN, 'p.needs != "water"'),
        ("str", 'p.needs == "shade"'),
        (KNOWN, 'p.name == "fern"'),
        (KNOWN, 'p.needs == "shade" or len(p.name) > 9'),
        (KNOWN, 'p.needs in ("shade", "shadow")'),
    ],
    ids=["right", "another one", "any text", "another field", "something else", "several"],
)
def test_silence_about_cases(kind: str, condition: str, tmp_path: Path) -> None:
    assert found(_filled(SWITCH, kind, condition), tmp_path, "dead-route") == []


def test_a_value_that_no_condition_lets_through(tmp_path: Path) -> None:
    said = found(_filled(EDGES, KNOWN, 'p.needs == "shadow"'), tmp_path, "route-not-mapped")
    assert [level for _, level in said] == [Level.WARNING]
    assert found(_filled(EDGES, KNOWN, 'p.needs != "water"'), tmp_path, "route-not-mapped") == []


REFLECTION = """
    from typing import Literal, TypedDict

    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        rounds: int
        step: Literal["reflect", "write", "end"]

    def decide(state: State):
        return {"step": "end" if state["rounds"] > 3 else "<0>"}

    def reflect(state: State):
        return {"rounds": state["rounds"] + 1}

    g = StateGraph(State)
    g.add_node("decide", decide)
    g.add_node("reflect", reflect)
    g.add_edge(START, "decide")
    g.add_conditional_edges("decide", lambda state: state["step"], {"reflect": "reflect", "end": END})
    g.add_edge("reflect", "decide")
    graph = g.compile()
"""


def test_a_label_that_is_declared_and_never_set_needs_no_route(tmp_path: Path) -> None:
    twin = Twin("", REFLECTION, (("write", "reflect"),), "")
    assert [level for _, level in found(twin.bad, tmp_path, "route-not-mapped")] == [Level.ERROR]
    assert found(twin.good, tmp_path, "route-not-mapped") == []


CLASSES = """
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph
    from somewhere import Person, Talk

    class State(TypedDict):
        answer: object

    def ask(state: State):
        return {"answer": len(state)}

    def store(state: State):
        return {"answer": None}

    def pick(state: State):
        answer = state["answer"]
        if isinstance(answer, Person):
            return "store"
        elif <0>:
            return "end"

    g = StateGraph(State)
    g.add_node("ask", ask)
    g.add_node("store", store)
    g.add_edge(START, "ask")
    g.add_conditional_edges("ask", pick, {"store": "store", "end": END})
    g.add_edge("store", END)
    graph = g.compile()
"""


def test_a_choice_between_classes_lists_all_that_there_are(tmp_path: Path) -> None:
    twin = Twin("", CLASSES, (('answer == "done"', "isinstance(answer, Talk)"),), "")
    assert [level for _, level in found(twin.bad, tmp_path, "router-may-return-none")] == [Level.WARNING]
    assert found(twin.good, tmp_path, "router-may-return-none") == []
