"""An AutoGen agent that answers with a model: its answer is the content of the last message of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited

SOURCE = """
from autogen_agentchat.agents import AssistantAgent
from autogen_ext.models.openai import OpenAIChatCompletionClient
from pydantic import BaseModel

class Ruling(BaseModel):
    decision: str
    reason: str

client = OpenAIChatCompletionClient(model="gpt-4o", timeout=60)
judge = AssistantAgent("judge", client, system_message="Decide.", output_content_type=Ruling)
clerk = AssistantAgent("clerk", client, system_message="Write the letter.")

async def settle(claim: str) -> str:
    result = await judge.run(task=claim)
    RULING
    letter = await clerk.run(task=f"We {ruling.PART}.")
    return letter.messages[-1].content
"""


def told(folder: Path, ruling: str, part: str) -> list[str]:
    folder.mkdir()
    (folder / "desk.py").write_text(SOURCE.replace("RULING", ruling).replace("PART", part), encoding="utf-8")
    found = audited(folder)
    assert [len(workflow.steps) for workflow in found.survey.program.workflows] == [2]
    return [finding.code for finding in found.findings if finding.code < "WF2"]


@pytest.mark.parametrize(
    "ruling",
    [
        "ruling = result.messages[-1].content",
        "last = result.messages[-1]; ruling = last.content",
        "reply = await judge.on_messages([claim], None); ruling = reply.chat_message.content",
    ],
)
def test_a_part_that_the_model_lacks_is_told(tmp_path: Path, ruling: str) -> None:
    assert told(tmp_path / "bad", ruling, "verdict") == ["WF109"]
    assert told(tmp_path / "good", ruling, "decision") == []


@pytest.mark.parametrize(
    "ruling",
    [
        "ruling = result.messages[0].content",
        "ruling = [each for each in result.messages if each.source == 'user'][0].content",
    ],
)
def test_the_task_is_a_text(tmp_path: Path, ruling: str) -> None:
    assert told(tmp_path / "good", ruling, "upper()") == []
