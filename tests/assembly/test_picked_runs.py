"""Agents that code looks up by what another agent answered: the answer decides which of them runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited
from wflint.model.workflow import EdgeKind

HEAD = """
from typing import Literal
from pydantic import BaseModel

class Sorting(BaseModel):
    desk: Literal["orders", "complaints"]
"""
OPENAI = """
from agents import Agent, Runner

sorter = Agent(name="sorter", instructions="Sort.", output_type=Sorting)
DESKS = {name: Agent(name=name, instructions="Answer.") for name in ("orders", "complaints")}

async def handle(letter: str) -> str:
    found = await Runner.run(sorter, letter)
    result = await Runner.run(DESKS[found.final_output.desk], letter)
    return result.final_output
"""
AUTOGEN = """
from autogen_agentchat.agents import AssistantAgent

sorter = AssistantAgent("sorter", client, system_message="Sort.", output_content_type=Sorting)
DESKS = {
    "orders": AssistantAgent("orders", client, system_message="Answer."),
    "complaints": AssistantAgent("complaints", client, system_message="Answer."),
}

async def handle(letter: str) -> str:
    found = await sorter.run(task=letter)
    result = await DESKS[found.messages[-1].content.desk].run(task=letter)
    return result.messages[-1].content
"""


def edges(folder: Path, source: str) -> set[tuple[str, str, EdgeKind]]:
    (folder / "desk.py").write_text(HEAD + source, encoding="utf-8")
    program = audited(folder).survey.program
    return {(edge.source, edge.target, edge.kind) for workflow in program.workflows for edge in workflow.edges}


@pytest.mark.parametrize("source", [OPENAI, AUTOGEN], ids=["openai-agents", "autogen"])
def test_the_answer_leads_to_each_that_it_may_pick(tmp_path: Path, source: str) -> None:
    assert edges(tmp_path, source) == {
        ("sorter", "orders", EdgeKind.CONDITIONAL),
        ("sorter", "complaints", EdgeKind.CONDITIONAL),
    }


def test_what_the_caller_picks_hangs_on_no_answer(tmp_path: Path) -> None:
    source = OPENAI.replace("found.final_output.desk", "letter")
    assert edges(tmp_path, source) == set()
