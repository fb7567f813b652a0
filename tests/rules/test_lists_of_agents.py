"""WF003 at lists of agents in a prompt, one line each, of which one names an agent that the workflow lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

TEAM = '''
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import SelectorGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient

client = OpenAIChatCompletionClient(model="gpt-4o", timeout=60)
PLAN = """You share the work out.
LIST
Then sum up."""
planner = AssistantAgent("planner", client, system_message=PLAN)MARK
flights = AssistantAgent("flight_agent", client, system_message="Find flights.")
hotels = AssistantAgent("hotel_agent", client, system_message="Find hotels.")
team = SelectorGroupChat([planner, flights, hotels], client, termination_condition=MaxMessageTermination(9))

async def plan(trip: str):
    return await team.run(task=trip)
'''


@pytest.mark.parametrize(
    "listed",
    [
        "flight_agent: finds flights\nhotel_agent: finds hotels\nweather_agent: tells the weather",
        "- `flight_agent` - finds flights\n- `WeatherAgent` - tells the weather\n- `hotel_agent` - finds hotels",
        "1. flight_agent (fast): flights\n2. hotel_agent: hotels\n3. car_agent: cars",
    ],
)
def test_an_agent_in_the_list_that_is_not_there(tmp_path: Path, listed: str) -> None:
    source = TEAM.replace("LIST", listed).replace("MARK", "  # <- WF003")
    assert loud(tmp_path, source) == marked(source)


@pytest.mark.parametrize(
    "listed",
    [
        "flight_agent: finds flights\nhotel_agent: finds hotels",
        "flight_agent: finds flights\nhotel_agent: finds hotels\nweather: look out of the window",
        "flight_agent: finds flights\nhotel_agent: finds hotels\n\nday_plan: a line for each day\ntotal_cost: a number",
        "day_plan: a line for each day\nflight_agent: finds flights",
    ],
)
def test_other_lines_are_no_agents(tmp_path: Path, listed: str) -> None:
    assert loud(tmp_path, TEAM.replace("LIST", listed).replace("MARK", "")) == []
