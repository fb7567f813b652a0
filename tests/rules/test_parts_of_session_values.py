"""WF109 for parts of what ADK agents put into the session, as their output schema has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PROGRAM = """
    from google.adk.agents import LlmAgent, SequentialAgent
    from google.adk.tools import ToolContext
    from pydantic import BaseModel


    class Stop(BaseModel):
        city: str
        nights: int


    class Plan(BaseModel):
        stops: list[Stop]
        budget: float


    def count(tool_context: ToolContext) -> dict:
        {code}
        return {{"done": True}}


    def change(tool_context: ToolContext) -> dict:
        {change}
        return {{"done": True}}


    planner = LlmAgent(
        name="planner", model="m", instruction="Plan.", output_schema={schema}, output_key="plan"
    )
    counter = LlmAgent(name="counter", model="m", instruction="Count.", tools=[change, count])
    root_agent = SequentialAgent(name="trip", sub_agents=[planner, counter])
"""
MARK = "  # <- WF109"


def program(**parts: str) -> str:
    return PROGRAM.format(**{"change": "pass", "schema": "Plan"} | parts)


EACH = 'for stop in tool_context.state["plan"]["stops"]:\n            print(stop["{}"]){}'
WHOLE = 'print(tool_context.state["plan"]["{}"]){}'


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(program(code=EACH.format("days", MARK)), id="of-an-element"),
        pytest.param(program(code=WHOLE.format("cost", MARK)), id="of-the-whole"),
        pytest.param(program(code=EACH.format("nights", "")), id="an-element-has-it"),
        pytest.param(program(code=WHOLE.format("budget", "")), id="the-whole-has-it"),
        pytest.param(program(code=WHOLE.format("cost", ""), schema="SCHEMAS['plan']"), id="a-schema-that-is-not-known"),
        pytest.param(
            program(code=WHOLE.format("cost", ""), change='tool_context.state["plan"]["cost"] = 1'), id="set-by-another"
        ),
        pytest.param(
            program(code=WHOLE.format("cost", ""), change='tool_context.state["plan"] = {"cost": 1}'),
            id="written-anew",
        ),
        pytest.param(
            program(code=WHOLE.format("cost", ""), change='tool_context.state["plan"].update(cost=1)'), id="updated"
        ),
        pytest.param(program(code='print(tool_context.state["plan"].get("cost"))'), id="asked-for"),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
