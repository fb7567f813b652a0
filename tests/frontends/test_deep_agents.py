"""Agents of deepagents: what they are given beside what they make themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited

HEAD = """
from deepagents import create_deep_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware, ModelCallLimitMiddleware
from langchain_core.tools import tool
from langgraph.checkpoint.memory import InMemorySaver


@tool
def pay(amount: int) -> str:
    "Pay."
    return "paid"


WORKER = {"name": "payer", "description": "Pays.", "system_prompt": "Pay.", "tools": [pay]}
agent = create_deep_agent(model="openai:gpt-5", checkpointer=InMemorySaver(), %s)
agent.invoke({"messages": [("user", "Pay it.")]}, {"configurable": {"thread_id": "t"}}, version="v2")
"""

GIVEN = [
    pytest.param('tools=[pay], interrupt_on={"pay": True}', [], id="a-tool-of-its-own"),
    pytest.param('interrupt_on={"pay": True}', ["WF607"], id="a-tool-that-nobody-has"),
    pytest.param('interrupt_on={"pay": True}, subagents=[WORKER]', [], id="a-tool-of-one-below"),
    pytest.param(
        'tools=[pay], interrupt_on={"pay": True}, middleware=[HumanInTheLoopMiddleware({"pay": True})]',
        [],
        id="in-the-place-of-a-default",
    ),
    pytest.param(
        "middleware=[ModelCallLimitMiddleware(run_limit=1), ModelCallLimitMiddleware(run_limit=2)]",
        ["WF304"],
        id="two-of-a-name",
    ),
]


@pytest.mark.parametrize(("given", "codes"), GIVEN)
def test_middleware_of_a_deep_agent(tmp_path: Path, given: str, codes: list[str]) -> None:
    (tmp_path / "app.py").write_text(HEAD % given, encoding="utf-8")
    assert [finding.code for finding in audited(tmp_path).findings if finding.code in ("WF304", "WF607")] == codes
