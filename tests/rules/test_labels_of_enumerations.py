"""Path maps whose keys are members of an enumeration, and steps whose code is left to subclasses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

AGENT = """
    from abc import abstractmethod
    from enum import Enum
    from typing import TypedDict

    from langgraph.graph import StateGraph


    class Decision(Enum):
        TOOL = "call a tool"
        END = "finished"


    class State(TypedDict):
        text: str


    class Agent:
        {mark}
        async def ask(self, state: State) -> State:
            pass

        {mark}
        async def tool(self, state: State) -> State:
            pass

        {mark}
        async def decide(self, state: State) -> Decision:
            {decides}

        def build(self):
            graph = StateGraph(State)
            graph.add_node("ask", self.ask)
            graph.add_node("tool", self.tool)
            graph.add_edge("tool", "ask")
            graph.add_conditional_edges("ask", self.decide, {{Decision.TOOL: "tool", Decision.END: "{end}"}}){unknown}
            graph.set_entry_point("ask")
            return graph.compile()
"""
WRITTEN = "return Decision.TOOL if state['text'] else Decision.END"


def agent(decides: str, *, mark: str = "", end: str = "__end__", unknown: str = "") -> str:
    return AGENT.format(mark=mark, decides=decides, end=end, unknown=unknown)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(agent("pass", mark="@abstractmethod"), id="decided in a subclass"),
        pytest.param(agent(WRITTEN), id="decided here"),
        pytest.param(agent(WRITTEN, end="finish", unknown="  # <- WF303"), id="a member that leads nowhere"),
    ],
)
def test_members_of_an_enumeration_lead_to_steps(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
