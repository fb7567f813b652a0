"""What ADK nodes and agents are given beside the session's state, which they read all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found

RULE = "read-never-written"
NODES = """
from google.adk import Agent, Context, Workflow
from google.adk.workflow import node
from pydantic import BaseModel

class Plant(BaseModel):
    name: str

@node
def measure(node_input: Plant, ctx: Context) -> Plant:
    ctx.state["height"] = len(node_input.name)
    return node_input

@node
def prune(node_input: Plant, ctx: Context) -> str:
    return f"{node_input.name}: {ctx.state['WANTED']}"

root_agent = Workflow(name="garden", edges=[("START", measure, prune)])
"""
AGENTS = """
from google.adk.agents import LlmAgent, SequentialAgent
from pydantic import BaseModel

class Ask(BaseModel):
    question: str

bed = LlmAgent(name="bed", model="m", instruction="Choose a flower bed.", output_key="bed_name")
gardener = LlmAgent(name="gardener", model="m", instruction="Weed {WANTED}.", input_schema=Ask)
root_agent = SequentialAgent(name="garden", sub_agents=[bed, gardener])
"""


@pytest.mark.parametrize(("program", "key"), [(NODES, "height"), (AGENTS, "bed_name")], ids=["nodes", "agents"])
def test_what_stands_in_the_state_is_found_beside_the_declared_input(tmp_path: Path, program: str, key: str) -> None:
    assert found(program.replace("WANTED", key), tmp_path, RULE) == []
