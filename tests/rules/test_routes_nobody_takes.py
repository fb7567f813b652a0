"""WF401 for routes of ADK graphs that no edge takes, and WF407 for agents whose callback always answers for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

GRAPH = """
    from google.adk.events import Event
    from google.adk.workflow import Workflow


    def decide(node_input: str) -> Event:
        if node_input == "a":
            return Event(output=node_input, route="pay")
        if node_input == "b":
            return Event(output=node_input, route="review")
        return Event(output=node_input, route="{route}"){mark}


    def pay(node_input: str) -> str:
        return "paid"


    def review(node_input: str) -> str:
        return "reviewed"


    root_agent = Workflow(name="claims", edges=[("START", decide), (decide, {routes}){more}])
"""
MARK = "  # <- WF401"


def graph(**parts: str) -> str:
    usual = {"route": "senior", "mark": "", "routes": '{"pay": pay, "review": review}', "more": ""}
    return GRAPH.format(**usual | parts)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(graph(mark=MARK), id="nobody-takes-it"),
        pytest.param(graph(routes='{"pay": pay, "review": review, "senior": review}'), id="taken"),
        pytest.param(graph(route="done"), id="the-end"),
        pytest.param(graph(route="approved", more=", (review, decide)"), id="the-end-of-a-loop"),
        pytest.param(graph(routes='{"pay": pay, "review": review, "__DEFAULT__": review}'), id="by-default"),
        pytest.param(graph(routes='{"pay": pay, "review": pay}'), id="one-way-or-none"),
    ],
)
def test_labels_of_a_node(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


AGENTS = """
    from google.adk.agents import LlmAgent, SequentialAgent
    from google.genai import types


    def say(text):
        return types.Content(role="model", parts=[types.Part(text=text)])


    def before(callback_context):
        calls = callback_context.state.get("calls", 0)
        {code}


    first = LlmAgent(name="first", model="m", instruction="Begin.", before_agent_callback=before)
    second = LlmAgent(name="second", model="m", instruction="End.")
    root_agent = SequentialAgent(name="both", sub_agents=[first, second])
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(AGENTS.format(code='return say(f"call {calls}")  # <- WF407'), id="always"),
        pytest.param(
            AGENTS.format(code='return say("too many") if calls > 9 else say("next")  # <- WF407'), id="either-way"
        ),
        pytest.param(AGENTS.format(code='return say("too many") if calls > 9 else None'), id="sometimes"),
        pytest.param(AGENTS.format(code='if calls > 9:\n            return say("too many")'), id="falls-through"),
        pytest.param(AGENTS.format(code="return check(calls)"), id="not-known"),
    ],
)
def test_callbacks_that_stand_in(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
