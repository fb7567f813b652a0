"""WF706: what the agent that ends an ADK loop says after that, and who reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from google.adk.agents import LlmAgent, LoopAgent, SequentialAgent
    from google.adk.tools import ToolContext

    def enough(tool_context: ToolContext) -> dict:
        tool_context.actions.escalate = True
        return {}

    taster = LlmAgent(name="taster", model="m", instruction="Taste it.", output_key="remarks", tools=[enough])
    cook = LlmAgent(name="cook", model="m", instruction="Cook it anew<0>.", output_key="soup")
    waiter = LlmAgent(name="waiter", model="m", instruction="Serve {soup}<1>.")
    rounds = LoopAgent(name="rounds", sub_agents=[taster, cook], max_iterations=4)
    root_agent = SequentialAgent(name="kitchen", sub_agents=[rounds, waiter])
"""


@pytest.mark.parametrize(
    ("inside", "after", "level"),
    [
        (" as {remarks} say", "", Level.NOTE),
        (" as {remarks} say", " with {remarks}", Level.WARNING),
        ("", " with {remarks}", Level.WARNING),
        ("", "", Level.WARNING),
    ],
    ids=["only the loop reads it", "both read it", "who comes after reads it", "it is the result"],
)
def test_who_reads_the_last_words(inside: str, after: str, level: Level, tmp_path: Path) -> None:
    program = Twin("", PROGRAM, ((inside, inside), (after, after)), "").bad
    assert [each for _, each in found(program, tmp_path, "exit-does-not-end-turn")] == [level]
