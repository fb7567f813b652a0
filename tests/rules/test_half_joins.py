"""WF503: a join of which a router may start only some sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph

    class State(TypedDict, total=False):
        mail: str
        urgent: bool
        notes: str
        paged: str
        reply: str

    def read(state: State):
        return {"urgent": "!" in state["mail"]}

    def look_up(state: State):
        return {"notes": state["mail"]}

    def page(state: State):
        return {"paged": "somebody"}

    def write(state: State):
        return {"reply": state.get("notes", "")}

    def who_helps(state: State):
        if state["urgent"]:
            return ["look_up", "page"]
        return <0>

    builder = StateGraph(State)
    for step in (read, look_up, page, write):
        builder.add_node(step.__name__, step)
    builder.add_edge(START, "read")
    builder.add_conditional_edges("read", who_helps, ["look_up", "page", "write", END])
    <1>
    builder.add_edge("write", END)
    graph = builder.compile()
"""
WAIT = 'builder.add_edge(["look_up", "page"], "write")'
EACH = 'builder.add_edge("look_up", "write")\nbuilder.add_edge("page", "write")'


def said(picked: str, joined: str, folder: Path) -> list[tuple[str, Level]]:
    program = Twin("", PROGRAM, ((picked, ""), (joined, "")), "").bad
    return found(program.replace(', "write", END]', ", END]") if '"write"' not in picked else program, folder, RULE)


RULE = "join-never-fires"


@pytest.mark.parametrize("picked", ['["look_up"]', '"look_up"', '("page",)'])
def test_a_router_that_may_leave_a_source_out(picked: str, tmp_path: Path) -> None:
    assert said(picked, WAIT, tmp_path) == [(WAIT, Level.WARNING)]


@pytest.mark.parametrize(
    ("picked", "joined"),
    [
        pytest.param('["look_up"]', EACH, id="nobody-waits"),
        pytest.param('["page", "look_up"]', WAIT, id="both"),
        pytest.param("END", WAIT, id="neither"),
        pytest.param('["look_up", "write"]', WAIT, id="started-otherwise"),
        pytest.param('[name for name in ("look_up", "page") if name in state["mail"]]', WAIT, id="not-known"),
        pytest.param('["look_up"]', WAIT + '\nbuilder.add_edge("look_up", "page")', id="comes-later"),
        pytest.param('["look_up"]', WAIT + '\nbuilder.add_edge("look_up", "read")', id="another-round"),
    ],
)
def test_silence(picked: str, joined: str, tmp_path: Path) -> None:
    assert said(picked, joined, tmp_path) == []
