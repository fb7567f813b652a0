"""Conversations that nothing ends: code that picks the next speaker of a group chat each time (Agent Framework)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

CHAT = """
    from agent_framework import Agent
    from agent_framework.openai import OpenAIChatClient
    from agent_framework.orchestrations import GroupChatBuilder

    client = OpenAIChatClient()
    poet = Agent(client, name="poet", instructions="You write.")
    critic = Agent(client, name="critic", instructions="You criticise.")


    def pick(state):
        {picked}


    def long_enough(messages):
        return len(messages) > 4


    chat = {build}


    async def main():
        print(await chat.run("The tide"))
"""
TURNS = 'return "poet" if state.current_round % 2 else "critic"'
BUILD = "GroupChatBuilder(participants=[poet, critic], selection_func=pick).build()"


def chat(build: str = BUILD, picked: str = TURNS) -> str:
    return CHAT.format(build=build, picked=picked)


LOUD = [
    chat(f"{BUILD}  # <- WF701"),
    chat("GroupChatBuilder(participants=[poet, critic]).with_select_speaker_func(pick).build()  # <- WF701"),
    chat("GroupChatBuilder(participants=[poet, critic], selection_func=pick, max_rounds=None).build()  # <- WF701"),
]
QUIET = [
    chat("GroupChatBuilder(participants=[poet, critic], selection_func=pick, max_rounds=4).build()"),
    chat("GroupChatBuilder(participants=[poet, critic], selection_func=pick).with_max_rounds(4).build()"),
    chat(
        "GroupChatBuilder(participants=[poet, critic], selection_func=pick, termination_condition=long_enough).build()"
    ),
    chat("GroupChatBuilder(participants=[poet, critic], orchestrator_agent=Agent(client, name='host')).build()"),
    chat("GroupChatBuilder(participants=[poet, critic], selection_func=pick).with_request_info().build()"),
    chat(picked='return "poet" if state.current_round < 4 else None'),
    chat(picked="return state.conversation[-1].text"),
]


@pytest.mark.parametrize("source", LOUD)
def test_a_chat_that_nothing_ends_is_told(tmp_path: Path, source: str) -> None:
    assert loud(tmp_path, source) == marked(source)
    assert marked(source)


@pytest.mark.parametrize("source", QUIET)
def test_a_chat_that_something_may_end_is_not(tmp_path: Path, source: str) -> None:
    assert loud(tmp_path, source) == []
