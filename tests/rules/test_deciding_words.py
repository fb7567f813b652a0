"""WF112 where AutoGen teams decide in code by what was said: conditions of edges, functions that end the talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "format-gap"
HEAD = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import FunctionalTermination
    from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="gpt-4o")
    cook = AssistantAgent("cook", client, system_message="Cook a soup from what the guest likes.")
    taster = AssistantAgent("taster", client, system_message="Taste it. Answer SERVE, or SALT and what is wrong.")
    waiter = AssistantAgent("waiter", client, system_message="Carry the soup to the guest.")

"""
GRAPH = """
    builder = DiGraphBuilder()
    builder.add_node(cook).add_node(taster).add_node(waiter)
    builder.set_entry_point(cook)
    builder.add_edge(cook, taster)
    builder.add_edge(taster, cook, condition=<1>)
    builder.add_edge(taster, waiter, condition=<0>)
    kitchen = GraphFlow(participants=builder.get_participants(), graph=builder.build())

    async def main(wish: str):
        return await kitchen.run(task=wish)
"""
TALK = """
    team = RoundRobinGroupChat([cook, taster], termination_condition=FunctionalTermination(is_over))

    async def main():
        return await team.run(task="A soup for two.")
"""
SAYS = """
    def says(word):
        def holds(message):
            return word in message.to_model_text()
        return holds
"""
ANY = """
    def is_over(messages):
        return any(m.source == "taster" and <0> in m.content for m in messages)
"""
LAST = """
    def is_over(messages):
        return messages[-1].content.strip() == <0>
"""
SALT = 'lambda m: "SALT" in m.content'
TWINS = (
    Twin(
        "lambda",
        HEAD + GRAPH,
        (('lambda m: "GOOD" in m.content', 'lambda m: "SERVE" in m.content'), (SALT, SALT)),
        "waiter",
    ),
    Twin(
        "closure",
        HEAD + SAYS + GRAPH,
        (('says("READY")', 'says("SERVE")'), ('says("SALT")', 'says("SALT")')),
        "taster, waiter",
    ),
    Twin("text beside code", HEAD + GRAPH, (('"READY"', '"SERVE"'), (SALT, SALT)), "taster, waiter"),
    Twin("end of a talk", HEAD + ANY + TALK, (('"DONE"', '"SERVE"'),), "FunctionalTermination"),
    Twin("the last message", HEAD + LAST + TALK, (('"DONE"', '"SERVE"'),), "FunctionalTermination"),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_word_that_nobody_is_told_to_say(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, RULE)
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, RULE) == []


SILENT = (
    pytest.param('lambda m: "READY" not in m.content', id="the other way round"),
    pytest.param('lambda m: not ("READY" in m.content)', id="denied"),
    pytest.param('lambda m: "noodles" in m.content', id="what the text is about"),
    pytest.param('lambda m: m.source == "READY"', id="who said it"),
    pytest.param("lambda m: len(m.content) > 9", id="no word"),
)


@pytest.mark.parametrize("condition", SILENT)
def test_silence(condition: str, tmp_path: Path) -> None:
    program = Twin("", HEAD + GRAPH, ((condition, condition), (SALT, SALT)), "").bad
    assert found(program, tmp_path, RULE) == []


def test_words_that_the_task_may_name(tmp_path: Path) -> None:
    other = 'lambda m: "PEPPER" in m.content'
    program = Twin("", HEAD + GRAPH, (('lambda m: "READY" in m.content',) * 2, (other, other)), "").bad
    assert (
        found(program.replace("Answer SERVE, or SALT and what is wrong.", "Say what you think."), tmp_path, RULE) == []
    )
