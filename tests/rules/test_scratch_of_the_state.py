"""WF506 where steps make a value in place by code that they share, and look at it: nobody misses that value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found

STEPS = """
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        event: dict
        pulse: float
        note: str

    def fill(state: State) -> State:
        if state.get("event"):
            state["pulse"] = <0>
        return state

    def calm(state: State):
        state = fill(state)
        return {"note": f"calm at {state.get('pulse')}"}

    def alarm(state: State):
        <1>
        return {"note": f"{state.get('note')}: alarm at {state.get('pulse')}"}

    g = StateGraph(State)
    g.add_node("calm", calm)
    g.add_node("alarm", alarm)
    g.add_edge(START, "calm")
    g.add_edge("calm", "alarm")
    g.add_edge("alarm", END)
    graph = g.compile()
    graph.invoke({"event": {"pulse": 70}, "pulse": 0, "note": ""})
"""
MADE, FILLED = 'state["event"].get("pulse")', "state = fill(state)"


@pytest.mark.parametrize(
    "twin",
    [
        pytest.param(
            Twin("", STEPS, ((MADE, MADE), ("pass", FILLED)), 'state["pulse"] ='), id="who-reads-makes-it-too"
        ),
        pytest.param(
            Twin("", STEPS, (('state["pulse"] + 1', MADE), (FILLED, FILLED)), 'state["pulse"] ='), id="it-adds-up"
        ),
    ],
)
def test_a_value_that_readers_make_themselves(twin: Twin, tmp_path: Path) -> None:
    assert found(twin.bad, tmp_path, "update-not-returned")
    assert not found(twin.good, tmp_path, "update-not-returned")
