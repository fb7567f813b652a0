"""WF101 is silent on what the framework fills in, and on parts of a state whose names are not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

GRAPH = """
    from typing import Annotated, TypedDict

    from langgraph.graph import END, START, StateGraph
    from langgraph.managed import RemainingSteps
    from langgraph.managed.is_last_step import RemainingStepsManager


    class State(TypedDict):
        text: str
        left: {kind}


    def write(state: State):
        {read}
        return {{"text": str(found)}}


    builder = StateGraph(State)
    builder.add_node("write", write)
    builder.add_edge(START, "write")
    builder.add_edge("write", END)
    builder.compile().invoke({{"text": ""}})
"""


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        pytest.param("RemainingSteps", 'found = state["left"]', id="a managed value"),
        pytest.param("Annotated[int, RemainingStepsManager]", 'found = state["left"]', id="one that is written out"),
        pytest.param("int", 'found = state["left"]  # <- WF101', id="a field that nobody sets"),
        pytest.param("int", "found = {**state}.get(picked()).to_dict()", id="an entry under an unknown name"),
    ],
)
def test_what_is_there(tmp_path: Path, kind: str, read: str) -> None:
    source = GRAPH.format(kind=kind, read=read)
    assert loud(tmp_path, source) == marked(source)
