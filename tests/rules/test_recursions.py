"""WF702 where no loop is written: functions that call themselves, and agents that answer each other's messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "loop-without-budget"
POLISHED = """
    from agents import Agent, Runner
    from pydantic import BaseModel

    class Verdict(BaseModel):
        good: bool
        remarks: str

    writer = Agent(name="writer", instructions="Write a text.")
    judge = Agent(name="judge", instructions="Judge the text.", output_type=Verdict)

    async def polish(text, depth=0):
        verdict = (await Runner.run(judge, text)).final_output
        <0>
        better = (await Runner.run(writer, text + verdict.remarks)).final_output
        <1>

    async def main(text):
        return await polish(text)
"""
ENDS = "if verdict.good:\n        return text"
AGAIN = "return await polish(better)"


def polished(ends: str, again: str, folder: Path) -> list[tuple[str, Level]]:
    return found(Twin("", POLISHED, ((ends, ""), (again, "")), "").bad, folder, RULE)


@pytest.mark.parametrize(
    ("ends", "again"),
    [
        pytest.param(ENDS, AGAIN, id="returned"),
        pytest.param(ENDS, "best = await polish(better)\n    return best", id="kept"),
        pytest.param("", "if not verdict.good:\n        return await polish(better)\n    return text", id="else"),
    ],
)
def test_a_function_that_calls_itself_until_a_model_is_content(ends: str, again: str, tmp_path: Path) -> None:
    ((line, level),) = polished(ends, again, tmp_path)
    assert "polish(better)" in line
    assert level is Level.WARNING


@pytest.mark.parametrize(
    ("ends", "again"),
    [
        pytest.param("if verdict.good or depth > 3:\n        return text", AGAIN, id="counted"),
        pytest.param(ENDS + "\n    if depth > 3:\n        return text", AGAIN, id="counted-apart"),
        pytest.param(ENDS + "\n    if len(text) > 900:\n        return text", AGAIN, id="by-its-input"),
        pytest.param(ENDS, "return better", id="not-again"),
        pytest.param(ENDS, "text = input('again? ')\n    " + AGAIN, id="a-person-is-asked"),
    ],
)
def test_functions_that_come_to_an_end(ends: str, again: str, tmp_path: Path) -> None:
    assert polished(ends, again, tmp_path) == []


PAIR = """
    from dataclasses import dataclass

    from autogen_core import (
        DefaultTopicId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, default_subscription, message_handler,
    )
    from autogen_core.models import UserMessage
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    @dataclass
    class Request:
        theme: str
        round: int = 0

    @dataclass
    class Text:
        text: str
        round: int = 0

    client = OpenAIChatCompletionClient(model="gpt-4o")

    async def ask(prompt):
        return str((await client.create([UserMessage(content=prompt, source="u")])).content)

    @default_subscription
    class Writer(RoutedAgent):
        @message_handler
        async def on_request(self, message: Request, ctx: MessageContext) -> None:
            await self.publish_message(Text(await ask(message.theme), message.round + 1), DefaultTopicId())

    @default_subscription
    class Critic(RoutedAgent):
        @message_handler
        async def on_text(self, message: Text, ctx: MessageContext) -> None:
            remarks = await ask("Criticise, or say APPROVED: " + message.text)
            <0>

    async def main(theme):
        runtime = SingleThreadedAgentRuntime()
        await Writer.register(runtime, "writer", lambda: Writer("writes"))
        await Critic.register(runtime, "critic", lambda: Critic("criticises"))
        runtime.start()
        await runtime.publish_message(Request(theme), DefaultTopicId())
        await runtime.stop_when_idle()
"""
SEND = "await self.publish_message(Request(remarks, message.round), DefaultTopicId())"


def test_agents_that_answer_each_other_until_a_model_is_content(tmp_path: Path) -> None:
    program = Twin("", PAIR, ((f'if "APPROVED" not in remarks:\n            {SEND}', ""),), "").bad
    ((line, level),) = found(program, tmp_path, RULE)
    assert line == SEND
    assert level is Level.NOTE


@pytest.mark.parametrize(
    "decided",
    [
        f'if "APPROVED" not in remarks and message.round < 4:\n            {SEND}',
        f'if message.round > 4:\n            return\n        if "APPROVED" not in remarks:\n            {SEND}',
    ],
)
def test_agents_that_count_their_rounds(decided: str, tmp_path: Path) -> None:
    assert found(Twin("", PAIR, ((decided, ""),), "").bad, tmp_path, RULE) == []
