"""WF109 at routers of the library: they read dicts and models alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found

GRAPH = """
    from typing import Annotated, TypedDict
    from langchain_core.tools import tool
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from langgraph.graph.message import add_messages
    from langgraph.prebuilt import ToolNode, tools_condition
    from pydantic import BaseModel

    @tool
    def look(word: str) -> str:
        "Look."
        return word

    class State({base}):
        messages: Annotated[list, add_messages]

    def chat(state: State):
        return {"messages": [ChatOpenAI(model="gpt-4o").bind_tools([look]).invoke({read})]}

    builder = StateGraph(State)
    builder.add_node("chat", chat)
    builder.add_node("tools", ToolNode([look]))
    builder.add_edge(START, "chat")
    builder.add_conditional_edges("chat", tools_condition{map})
    builder.add_edge("tools", "chat")
    graph = builder.compile()
"""


@pytest.mark.parametrize(("base", "read"), [("BaseModel", "state.messages"), ("TypedDict", 'state["messages"]')])
def test_a_state_of_either_kind(base: str, read: str, tmp_path: Path) -> None:
    program = "\n".join(line.removeprefix("    ") for line in GRAPH.splitlines())
    program = program.replace("{base}", base).replace("{read}", read)
    assert found(program.replace("{map}", ""), tmp_path, "type-mismatch") == []
    mapped = program.replace("{map}", ', {"look": "tools", END: END}')
    assert [line for line, _ in found(mapped, tmp_path, "route-not-mapped")] != []
