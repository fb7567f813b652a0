"""Correct programs that rules have nothing to say about, each beside the slip next to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Persona
from wflint.request import CacheChoice, Request

FLOW = """
from crewai.flow.flow import Flow, listen, start

class Post(Flow):
    @start()
    def weigh(self):
        if len(input()) > 9:
            {heavy}
            return
        self.state["price"] = 2

    @listen(weigh)
    def stamp(self):
        print(self.state["price"] + 1)

Post().kickoff()
"""

ROUTES = """
from typing import TypedDict
from langgraph.graph import END, START, StateGraph

class State(TypedDict, total=False):
    order: str
    dish: str

def take(state: State):
    return {{"order": "soup"}}

def boil(state: State):
    return {{"dish": "boiled " + state["order"]}}

def fry(state: State):
    return {{"dish": "fried " + state["order"]}}

def route(state: State):
    {route}

graph = StateGraph(State)
graph.add_node(take)
graph.add_node(boil)
graph.add_node(fry)
graph.add_edge(START, "take")
graph.add_conditional_edges("take", route, ["boil", "fry"])
graph.add_edge("boil", END)
graph.add_edge("fry", END)
app = graph.compile()
app.invoke({{"order": "stew"}})
"""

AGENT = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient

client = OpenAIChatCompletionClient(model="gpt-4o")
gardener = AssistantAgent("gardener", client, system_message="{message}")
cook = AssistantAgent("cook", client, system_message="Input: a vegetable. Response: one recipe.")
team = RoundRobinGroupChat([gardener, cook])
"""


def codes(folder: Path, source: str) -> set[str]:
    (folder / "app.py").write_text(source, encoding="utf-8")
    overrides = Config(persona=Persona.AUDITOR)
    found = audit(Request(folder, (folder,), overrides=overrides, cache=CacheChoice(is_off=True))).findings
    return {finding.code for finding in found}


@pytest.mark.parametrize(
    ("code", "source", "slip", "correct"),
    [
        pytest.param("WF103", FLOW, {"heavy": "print()"}, {"heavy": 'self.state["price"] = 5'}, id="set on both ways"),
        pytest.param(
            "WF501",
            ROUTES,
            {"route": 'return ["boil", "fry"]'},
            {"route": 'return ["boil"] if state["order"] == "soup" else ["fry"]'},
            id="one label of several",
        ),
        pytest.param(
            "WF120",
            AGENT,
            {"message": "You water plants. Look at the input first."},
            {"message": "You water plants.\\n- Input: a bed.\\n- Output: the litres."},
            id="a contract in words",
        ),
    ],
)
def test_a_rule_hears_the_slip_and_not_the_correct_program(
    tmp_path: Path, code: str, source: str, slip: dict[str, str], correct: dict[str, str]
) -> None:
    assert code in codes(tmp_path, source.format(**slip))
    assert code not in codes(tmp_path, source.format(**correct))
