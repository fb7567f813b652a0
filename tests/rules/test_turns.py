"""WF704, WF701 and WF303 at agents: turns that they need, and tools that end their run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

AGENT = """
    from agents import Agent, ModelSettings, Runner, StopAtTools, function_tool

    @function_tool
    def forecast(city: str) -> str:
        return city

    @function_tool(name_override="final_word")
    def last_word(text: str) -> str:
        return text

    desk = Agent(
        name="desk",
        instructions="Say what to wear.",
        tools=[forecast, last_word],
        <0>
    )

    async def ask(city):
        return (await Runner.run(desk, city, max_turns=<1>)).final_output
"""
FORCED = 'model_settings=ModelSettings(tool_choice="required"),'
TEAM = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import MaxMessageTermination
    from autogen_agentchat.teams import RoundRobinGroupChat, SelectorGroupChat
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="gpt-4o")
    ideas = AssistantAgent("ideas", model_client=client, system_message="Three ideas.")
    texter = AssistantAgent("texter", model_client=client, system_message="The text.")
    lawyer = AssistantAgent("lawyer", model_client=client, system_message="Strike out.")

    async def advert(product):
        team = <0>
        <1>
"""
ONCE = "return await team.run(task=product)"


def said(program: str, places: tuple[str, ...], folder: Path, rule: str) -> list[tuple[str, Level]]:
    return found(Twin("", program, tuple((place, "") for place in places), "").bad, folder, rule)


def test_one_turn_is_too_few_for_a_tool_and_an_answer(tmp_path: Path) -> None:
    ((line, level),) = said(AGENT, (FORCED, "1"), tmp_path, "budget-inconsistent")
    assert "max_turns=1" in line
    assert level is Level.WARNING


@pytest.mark.parametrize(
    ("setting", "turns"),
    [
        pytest.param(FORCED, "2", id="two-turns"),
        pytest.param("", "1", id="it-may-answer-at-once"),
        pytest.param('model_settings=ModelSettings(tool_choice="auto"),', "1", id="its-choice"),
        pytest.param(FORCED + ' tool_use_behavior="stop_on_first_tool",', "1", id="the-tool-answers"),
        pytest.param(FORCED, "city.turns", id="not-known"),
        pytest.param("", "0", id="meant-to-fail"),
    ],
)
def test_turns_that_are_enough(setting: str, turns: str, tmp_path: Path) -> None:
    assert said(AGENT, (setting, turns), tmp_path, "budget-inconsistent") == []


def test_an_agent_that_always_has_to_call_a_tool(tmp_path: Path) -> None:
    ((line, level),) = said(AGENT, (FORCED + " reset_tool_choice=False,", "9"), tmp_path, "loop-without-exit")
    assert line == "desk = Agent("
    assert level is Level.ERROR


@pytest.mark.parametrize("reset", [True, False])
def test_what_code_makes_of_its_answer_is_no_way_out(tmp_path: Path, *, reset: bool) -> None:
    """Another agent that code hands the answer to is not handed the turn."""
    other = 'polite = Agent(name="polite", instructions="Be kind.")'
    reworded = "    said = (await Runner.run(desk, city, max_turns=9)).final_output\n"
    reworded += "        return (await Runner.run(polite, said)).final_output"
    program = AGENT.replace("    async def", f"    {other}\n\n    async def").replace(
        "    return (await Runner.run(desk, city, max_turns=<1>)).final_output", reworded
    )
    lines = [
        line for line, _ in said(program, (f"{FORCED} reset_tool_choice={reset},",), tmp_path, "loop-without-exit")
    ]
    assert lines == ([] if reset else ["desk = Agent("])


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(FORCED, id="once"),
        pytest.param("reset_tool_choice=False,", id="its-choice"),
        pytest.param(
            FORCED + ' reset_tool_choice=False, tool_use_behavior=StopAtTools(stop_at_tool_names=["final_word"]),',
            id="a-tool-ends-it",
        ),
        pytest.param(FORCED + ' reset_tool_choice=False, handoffs=[Agent(name="other")],', id="it-may-hand-over"),
    ],
)
def test_agents_that_get_to_an_answer(setting: str, tmp_path: Path) -> None:
    assert said(AGENT, (setting, "9"), tmp_path, "loop-without-exit") == []


@pytest.mark.parametrize("written", ['StopAtTools(stop_at_tool_names=["<>"])', '{"stop_at_tool_names": ["<>"]}'])
def test_the_tool_that_ends_a_run(written: str, tmp_path: Path) -> None:
    setting = f"tool_use_behavior={written},"
    ((line, level),) = said(AGENT, (setting.replace("<>", "last_word"), "9"), tmp_path, "unknown-step")
    assert '"last_word"' in line
    assert level is Level.ERROR
    assert said(AGENT, (setting.replace("<>", "final_word"), "9"), tmp_path, "unknown-step") == []


def test_the_tool_that_ends_a_run_by_the_module_of_its_class(tmp_path: Path) -> None:
    moved = AGENT.replace("from agents import", "from agents.agent import StopAtTools\n    from agents import", 1)
    setting = 'tool_use_behavior=StopAtTools(stop_at_tool_names=["last_word"]),'
    assert [level for _, level in said(moved, (setting, "9"), tmp_path, "unknown-step")] == [Level.ERROR]


@pytest.mark.parametrize(
    "team",
    [
        pytest.param("RoundRobinGroupChat([ideas, texter, lawyer], max_turns=2)", id="turns"),
        pytest.param(
            "RoundRobinGroupChat([ideas, texter, lawyer], termination_condition=MaxMessageTermination(3))",
            id="messages",
        ),
    ],
)
def test_a_member_whose_turn_never_comes(team: str, tmp_path: Path) -> None:
    ((line, level),) = said(TEAM, (team, ONCE), tmp_path, "budget-inconsistent")
    assert line.startswith("team = ")
    assert level is Level.WARNING


@pytest.mark.parametrize(
    ("team", "runs"),
    [
        pytest.param("RoundRobinGroupChat([ideas, texter, lawyer], max_turns=3)", ONCE, id="enough"),
        pytest.param("RoundRobinGroupChat([ideas, texter, lawyer], max_turns=1)", ONCE, id="turn-by-turn"),
        pytest.param(
            "RoundRobinGroupChat([ideas, texter, lawyer], max_turns=2)",
            "while product:\n            product = await team.run(task=product)",
            id="people-go-on-with-it",
        ),
        pytest.param(
            "SelectorGroupChat([ideas, texter, lawyer], model_client=client, max_turns=2)", ONCE, id="a-manager-picks"
        ),
    ],
)
def test_members_who_get_a_word_in(team: str, runs: str, tmp_path: Path) -> None:
    assert said(TEAM, (team, runs), tmp_path, "budget-inconsistent") == []
