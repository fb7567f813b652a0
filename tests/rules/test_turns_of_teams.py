"""Who speaks last in a team of AutoGen, and who speaks twice in its graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

HEAD = """
import json
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient

client = OpenAIChatCompletionClient(model="gpt-4o", timeout=60)
reader = AssistantAgent("reader", client, system_message="List who rents what.")
recorder = AssistantAgent("recorder", client, system_message="Sum up the lease in one clear paragraph.")
writer = AssistantAgent("writer", client, system_message="Write the lease as JSON.")
"""
TALK = """
async def enter(text: str) -> dict:
    team = RoundRobinGroupChat(MEMBERS, termination_condition=ENDS)
    result = await team.run(task=text)
    return json.loads(result.messages[-1].content)MARK

async def main(texts: list[str]) -> None:
    for text in texts:
        print(await enter(text))
"""


def test_prose_of_who_speaks_last_is_parsed(tmp_path: Path) -> None:
    source = HEAD + TALK.replace("MEMBERS", "[reader, recorder]").replace("ENDS", "MaxMessageTermination(3)")
    source = source.replace("MARK", "  # <- WF112")
    assert loud(tmp_path, source) == marked(source)


@pytest.mark.parametrize(
    ("members", "ends"),
    [
        ("[recorder, writer]", "MaxMessageTermination(3)"),
        ("[writer, recorder]", "MaxMessageTermination(3) | TextMentionTermination('lease')"),
        ("[writer, recorder]", "MaxMessageTermination(4)"),
    ],
)
def test_who_may_speak_last_writes_json(tmp_path: Path, members: str, ends: str) -> None:
    source = HEAD + TALK.replace("MEMBERS", members).replace("ENDS", ends).replace("MARK", "")
    assert [one for one in loud(tmp_path, source) if one[1] == "WF112"] == []


GRAPH = """
builder = DiGraphBuilder()
first = AssistantAgent("first", client, system_message="Read it.")
bidder = AssistantAgent("bidder", client, system_message="Bid.")
for member in (first, reader, recorder, writer, bidder):
    builder.add_node(member)
builder.add_edge(first, reader)
builder.add_edge(first, writerCHOICE)
builder.add_edge(reader, recorder)
builder.add_edge(recorder, bidderGROUP)MARK
builder.add_edge(writer, bidderGROUP)
team = GraphFlow([first, reader, recorder, writer, bidder], builder.build())

async def bid(text: str):
    return await team.run(task=text)
"""
ANY = ', activation_group="parts", activation_condition="any"'


@pytest.mark.parametrize(
    ("group", "choice", "mark"),
    [(ANY, "", "  # <- WF502"), ("", "", ""), (ANY, ', condition="more"', "")],
    ids=["either starts it", "it waits for both", "one of them may not come"],
)
def test_a_member_that_either_branch_starts(tmp_path: Path, group: str, choice: str, mark: str) -> None:
    source = HEAD + GRAPH.replace("GROUP", group).replace("CHOICE", choice).replace("MARK", mark)
    assert [one for one in loud(tmp_path, source) if one[1] == "WF502"] == marked(source)
