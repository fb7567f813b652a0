"""A step may be a lambda: what looks into the bodies of steps finds an expression there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited

AGENT_FRAMEWORK = """
from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

class Ask(Executor):
    @handler
    async def ask(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)

ask, tell = Ask(id="ask"), executor(lambda text: None, id="tell")
workflow = WorkflowBuilder(start_executor=ask).add_edge(ask, tell).build()
"""
LANGGRAPH = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt

class State(TypedDict):
    text: str

builder = StateGraph(State)
builder.add_node("ask", lambda state: {"text": interrupt("well?")})
builder.add_node("tell", lambda state: {"text": f"{state['text']}!"})
builder.add_edge(START, "ask")
builder.add_edge("ask", "tell")
builder.add_edge("tell", END)
workflow = builder.compile()
"""


@pytest.mark.parametrize("source", [AGENT_FRAMEWORK, LANGGRAPH], ids=["agent-framework", "langgraph"])
def test_lambdas_are_read_like_functions(tmp_path: Path, source: str) -> None:
    (tmp_path / "flow.py").write_text(source, encoding="utf-8")
    program = audited(tmp_path).survey.program
    assert [notice.message for notice in program.notices] == []
    steps = [step.id for workflow in program.workflows for step in workflow.steps if not step.id.startswith("__")]
    assert steps == ["ask", "tell"]
