"""WF301 for ADK agents that one factory makes, once as a tool of another agent and once as a module's `root_agent`."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from wflint.audit import audit
from wflint.request import CacheChoice, Request

CRAFTER = """
from google.adk.agents import Agent, LlmAgent
from settings import read

def craft(item: str) -> dict:
    return {"item": item}

def make_crafter(config) -> LlmAgent:
    crafter = LlmAgent(name="crafter", model="gemini-2.5-flash", instruction="Craft what is asked.", tools=[craft])
    return crafter

try:
    HELD = make_crafter(read())
except OSError:
    root_agent = Agent(name="excuse", model="gemini-2.5-flash", instruction="Tell what failed.", tools=[craft])
"""
DESK = """
from google.adk.agents import LlmAgent
from google.adk.tools import AgentTool
from crafter.agent import make_crafter

def make_desk() -> LlmAgent:
    parts = [AgentTool(agent=make_crafter({}))]
    desk = LlmAgent(name="desk", model="gemini-2.5-flash", instruction="See to it.", tools=parts)
    return desk

root_agent = make_desk()
"""


@pytest.mark.parametrize(("held", "told"), [("root_agent", []), ("spare", ["crafter"])])
def test_an_agent_that_a_variable_holds(tmp_path: Path, held: str, told: list[str]) -> None:
    """What `root_agent` holds is run by the framework's own tools, and a workflow, whatever its maker calls it."""
    for name, text in (("crafter", CRAFTER.replace("HELD", held)), ("desk", DESK)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / "agent.py").write_text(text, encoding="utf-8")
    found = audit(replace(Request.of(tmp_path), cache=CacheChoice(is_off=True)))
    assert [each.message.split('"')[1] for each in found.findings if each.name == "unreachable-step"] == told
    own = [flow for flow in found.survey.program.workflows if flow.span.path == "crafter/agent.py"]
    assert any(step.id == "crafter" for flow in own for step in flow.steps) == (not told)
