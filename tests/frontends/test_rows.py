"""Participants in a row, one of which is one of two, or is not always there: who comes after whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import connected
from wflint.model.contract import Certainty

AGENT_FRAMEWORK = """
    from agent_framework import ChatAgent, SequentialBuilder

    def build(client, thorough):
        long, short, write = (ChatAgent(client, name=name) for name in ("long", "short", "write"))
        {row}
        return SequentialBuilder().participants(row).build()
"""
AUTOGEN = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import MaxMessageTermination
    from autogen_agentchat.teams import RoundRobinGroupChat

    def build(client, thorough):
        long, short, write = (AssistantAgent(name, model_client=client) for name in ("long", "short", "write"))
        {row}
        return RoundRobinGroupChat(row, termination_condition=MaxMessageTermination(6))
"""
ONE_OF_TWO = "row = [long if thorough else short, write]"
PERHAPS = """row = [short]
        if thorough:
            row.append(long)
        row.append(write)"""
TWO_ROWS = "row = [long, write] if thorough else [short, write]"
ALWAYS = "row = [long, short, write]"


def edges(folder: Path, source: str) -> set[str]:
    """The edges between steps, with a question mark where one is only possible."""
    (flow,) = connected(folder, source)
    return {
        f"{edge.source} -> {edge.target}{'' if edge.certainty is Certainty.CERTAIN else '?'}"
        for edge in flow.edges
        if not edge.source.startswith("__")
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(ALWAYS, {"long -> short", "short -> write"}, id="all of them"),
        pytest.param(ONE_OF_TWO, {"long -> write?", "short -> write?"}, id="one of two"),
        pytest.param(PERHAPS, {"short -> long?", "short -> write?", "long -> write?"}, id="not always there"),
        pytest.param(TWO_ROWS, {"long -> write?", "short -> write?"}, id="one of two rows"),
    ],
)
@pytest.mark.parametrize(
    ("framework", "last"),
    [
        pytest.param(AGENT_FRAMEWORK, {}, id="agent-framework"),
        pytest.param(
            AUTOGEN,
            {
                ALWAYS: {"write -> long"},
                ONE_OF_TWO: {"write -> long?", "write -> short?"},
                PERHAPS: {"write -> short"},
                TWO_ROWS: {"write -> long?", "write -> short?"},
            },
            id="autogen",
        ),
    ],
)
def test_who_comes_after_whom(
    tmp_path: Path, framework: str, last: dict[str, set[str]], row: str, expected: set[str]
) -> None:
    assert edges(tmp_path, framework.replace("{row}", row)) == expected | last.get(row, set())
