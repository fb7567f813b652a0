"""WF601 and WF604 where the client that agents of a team share is told to do without retries or a time limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import MaxMessageTermination
    from autogen_agentchat.teams import RoundRobinGroupChat
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    def team():
        client = OpenAIChatCompletionClient(model="gpt-4o"<0>)
        first = AssistantAgent("first", client, system_message="Sort the letters of the day.")
        second = AssistantAgent("second", client, system_message="Sum the letters up.")
        return RoundRobinGroupChat([first, second], termination_condition=MaxMessageTermination(3))
"""


def _said(setting: str, folder: Path, rule: str) -> list[tuple[bool, Level]]:
    program = Twin("", PROGRAM, ((setting, setting),), "").bad
    return [("client = " in line, level) for line, level in found(program, folder, rule)]


def test_what_is_switched_off_is_told_once_where_the_client_is_made(tmp_path: Path) -> None:
    assert _said(", max_retries=0", tmp_path, "no-retry") == [(True, Level.WARNING)]
    assert _said(", timeout=None", tmp_path, "no-timeout") == [(True, Level.WARNING)]


@pytest.mark.parametrize("setting", ["", ", timeout=30", ", max_retries=5", ", **options", ", http_client=shared"])
def test_silence(setting: str, tmp_path: Path) -> None:
    assert _said(setting, tmp_path, "no-retry") == []
    assert _said(setting, tmp_path, "no-timeout") == []


EVENTS = """
    from llama_index.llms.openai import OpenAI
    from workflows import Workflow, step
    from workflows.events import StartEvent, StopEvent

    llm = OpenAI(model="gpt-4o"<0>)

    class Telling(Workflow):
        @step
        async def tell(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result=await llm.acomplete(f"Tell of {ev.topic}"))
"""


def test_a_client_of_llamaindex(tmp_path: Path) -> None:
    twin = Twin("", EVENTS, ((", max_retries=0", ""),), "llm = ")
    assert [(twin.line in line, level) for line, level in found(twin.bad, tmp_path, "no-retry")] == [
        (True, Level.WARNING)
    ]
    assert found(twin.good, tmp_path, "no-retry") == []
