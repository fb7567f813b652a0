"""WF501 where a step says where to go, and a router after it says so, too."""

from __future__ import annotations

from pathlib import Path

from tests.rules.twins import Twin, found

GARDEN = """
    from typing import TypedDict
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import Command

    class State(TypedDict):
        todo: list[str]
        said: str

    def pick(todo):
        return todo[0] if todo else "close"

    def route(state: State):
        return pick(state.get("todo", []))

    def plan(state: State):
        return {"todo": ["sow", "reap"]}

    def work(state: State, name: str):
        todo = [one for one in state.get("todo", []) if one != name]
        return Command(goto=<0>, update={"todo": todo, "said": name})

    def sow(state: State):
        return work(state, "sow")

    def reap(state: State):
        return work(state, "reap")

    def close(state: State):
        return {"said": "done"}

    g = StateGraph(State)
    for f in (plan, sow, reap, close):
        g.add_node(f.__name__, f)
    g.add_edge(START, "plan")
    WAYS = {"sow": "sow", "reap": "reap", "close": "close"}
    for name in ("plan", "sow", "reap"):
        g.add_conditional_edges(name, route, WAYS)
    g.add_edge("close", END)
    graph = g.compile()
"""


def test_a_goto_and_a_router_that_work_out_the_next_step_alike(tmp_path: Path) -> None:
    """A fixed goto runs beside what the router picks; one worked out from the same list may well be the same step."""
    twin = Twin("", GARDEN, (('"close"', "pick(todo)"),), '"said"')
    assert found(twin.bad, tmp_path, "concurrent-write")
    assert not found(twin.good, tmp_path, "concurrent-write")
