"""WF001 at agents that are told names in braces, which the code that makes them has variables of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

OPENAI = """
from agents import Agent, Runner

GUIDE = "You plan walks in {region}."

def guide_for(region: str) -> Agent:
    return Agent(name=NAME, instructions=TOLD)MARK

async def plan(region: str, days: int) -> str:
    result = await Runner.run(guide_for(region), f"Plan {days} walks.", max_turns=2)
    return result.final_output
"""
AUTOGEN = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient

async def plan(region: str, days: int) -> str:
    client = OpenAIChatCompletionClient(model="gpt-4o", timeout=60)
    guide = AssistantAgent("guide", client, system_message=TOLD)MARK
    editor = AssistantAgent("editor", client, system_message="Shorten it.")
    team = RoundRobinGroupChat([guide, editor], max_turns=2)
    result = await team.run(task=f"Plan {days} walks.")
    return result.messages[-1].content
"""


@pytest.mark.parametrize("name", ['"guide"', 'f"guide for {region}"'])
@pytest.mark.parametrize("told", ['"You plan walks in {region}."', "GUIDE"])
def test_an_agent_that_is_told_a_gap(tmp_path: Path, told: str, name: str) -> None:
    source = OPENAI.replace("TOLD", told).replace("NAME", name).replace("MARK", "  # <- WF001")
    assert loud(tmp_path, source) == marked(source)


@pytest.mark.parametrize(
    "told",
    ['f"You plan walks in {region}."', "GUIDE.format(region=region)", '"Answer as {walks}."', '"Write {{region}}."'],
)
def test_what_is_filled_in_or_meant_as_it_is(tmp_path: Path, told: str) -> None:
    source = OPENAI.replace("TOLD", told).replace("NAME", '"guide"').replace("MARK", "")
    assert loud(tmp_path, source) == []


@pytest.mark.parametrize(
    ("told", "mark"), [('"You plan walks in {region}."', "  # <- WF001"), ('f"You plan walks in {region}."', "")]
)
def test_an_assistant_of_autogen(tmp_path: Path, told: str, mark: str) -> None:
    source = AUTOGEN.replace("TOLD", told).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)
