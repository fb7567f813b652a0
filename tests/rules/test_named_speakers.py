"""WF303 in teams: speakers that conditions and filters name, and that nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

TEAM = """
    from autogen_agentchat.agents import (
        AssistantAgent, MessageFilterAgent, MessageFilterConfig, PerSourceFilter,
    )
    from autogen_agentchat.conditions import (
        HandoffTermination, MaxMessageTermination, SourceMatchTermination, TextMentionTermination,
    )
    from autogen_agentchat.teams import RoundRobinGroupChat, Swarm
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="gpt-4o")
    writer = AssistantAgent("writer", model_client=client, handoffs=["critic", "user"])
    critic = AssistantAgent("critic", model_client=client, handoffs=["writer"])
    heard = MessageFilterAgent(
        name="heard",
        wrapped_agent=critic,
        filter=MessageFilterConfig(per_source=[PerSourceFilter(source="<1>", position="last", count=1)]),
    )

    async def main(task):
        return await <0>.run(task=task)
"""
PAIR = "RoundRobinGroupChat([writer, critic], termination_condition={})"
FILTERED = 'RoundRobinGroupChat([writer, heard], termination_condition=SourceMatchTermination(["{}"]))'
SWARM = "Swarm([writer, critic], termination_condition={})"


def said(team: str, folder: Path, filtered: str = "writer") -> list[tuple[str, Level]]:
    return found(Twin("", TEAM, ((team, ""), (filtered, "")), "").bad, folder, "unknown-step")


@pytest.mark.parametrize(
    ("team", "name", "level"),
    [
        pytest.param(SWARM.format('HandoffTermination(target="human")'), "human", Level.WARNING, id="hand-off"),
        pytest.param(PAIR.format('SourceMatchTermination(["editor"])'), "editor", Level.WARNING, id="speaker"),
        pytest.param(
            PAIR.format('TextMentionTermination("OK", sources=["editor"]) | MaxMessageTermination(9)'),
            "editor",
            Level.WARNING,
            id="beside-a-limit",
        ),
        pytest.param(FILTERED.format("heard"), '"heard"', Level.WARNING, id="a-filter-that-says-nothing-itself"),
    ],
)
def test_a_condition_names_nobody(team: str, name: str, level: Level, tmp_path: Path) -> None:
    ((line, found_level),) = said(team, tmp_path)
    assert name in line
    assert found_level is level


def test_a_filter_names_nobody(tmp_path: Path) -> None:
    ((line, level),) = said("RoundRobinGroupChat([writer, heard], max_turns=4)", tmp_path, "author")
    assert "author" in line
    assert level is Level.WARNING


@pytest.mark.parametrize(
    "team",
    [
        pytest.param(SWARM.format('HandoffTermination(target="user")'), id="a-person-who-is-handed-to"),
        pytest.param(SWARM.format('HandoffTermination(target="critic")'), id="a-member"),
        pytest.param(PAIR.format('SourceMatchTermination(["critic"])'), id="a-speaker"),
        pytest.param(
            PAIR.format('SourceMatchTermination(["critic"]) | SourceMatchTermination(["editor"])'),
            id="conditions-for-several-teams",
        ),
        pytest.param(PAIR.format('TextMentionTermination("DONE") | MaxMessageTermination(9)'), id="anybody"),
        pytest.param("RoundRobinGroupChat([writer, heard], max_turns=4)", id="a-filtered-speaker"),
        pytest.param(FILTERED.format("critic"), id="an-agent-in-a-filter"),
        pytest.param(
            'RoundRobinGroupChat([writer, *task.more], termination_condition=SourceMatchTermination(["x"]))',
            id="members-that-are-not-known",
        ),
    ],
)
def test_names_that_may_be_meant(team: str, tmp_path: Path) -> None:
    assert said(team, tmp_path) == []
