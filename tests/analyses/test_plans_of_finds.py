"""What a plan says of what was found, or of what nobody is seen to make."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.analyses.edge_programs import LOOK, TEAM, chain
from wflint.analyses.labels.labelling import DEFAULT_LABELLING
from wflint.analyses.plan.planning import plans_of
from wflint.analyses.plan.response import Instruction, Watch
from wflint.request import CacheChoice, Request
from wflint.survey import survey

CAPPED = TEAM.replace("[a, b]", "[a, b], max_turns=4")


def _response(folder: Path, source: str, ends: tuple[str, str] = ("a", "b")) -> Instruction | Watch:
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = survey(replace(Request.of(folder), cache=CacheChoice(is_off=True)))
    (flow,) = found.program.workflows
    plans = plans_of(found.facts.of(flow), DEFAULT_LABELLING)
    return next(one.response for one in plans if (one.edge.source, one.edge.target) == ends)


def test_what_tools_find_is_asked_for(tmp_path: Path) -> None:
    said = _response(tmp_path, LOOK + CAPPED.format(options=", tools=[look]"))
    assert isinstance(said, Watch)
    assert said.condition == "the answer of `a` says what its tools have found"
    assert said.question == "Does the answer of `a` say what was found, and not that nothing was? Answer yes, or no."
    assert [one.times for one in said.interventions] == [2, 1, 1]


def test_a_model_without_tools_has_found_nothing(tmp_path: Path) -> None:
    said = _response(tmp_path, CAPPED.format(options=""))
    assert isinstance(said, Instruction)
    assert said.text == ""


@pytest.mark.parametrize(
    ("writes", "says"),
    [
        ("plain", True),
        ("helps", False),
        ("fetches", False),
    ],
)
def test_plain_code_is_what_is_seen(tmp_path: Path, writes: str, says: bool) -> None:  # noqa: FBT001 - a table
    source = chain(writes, "uses_notes").replace(
        "def plain(", 'def helps(state): return {"notes": somebody()}\ndef plain('
    )
    said = _response(tmp_path, source)
    assert isinstance(said, Instruction)
    assert ("plain code writes `notes`" in said.why) is says


SELECTED = """
from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.teams import SelectorGroupChat
from autogen_agentchat.messages import TextMessage
from autogen_ext.models.openai import OpenAIChatCompletionClient

client = OpenAIChatCompletionClient(model="gpt-4o", timeout=30)

class Counter(BaseChatAgent):
    def __init__(self):
        super().__init__("b", "counts")

    async def on_messages(self, messages, token):
        return Response(chat_message=TextMessage(content=str(handle(messages)), source="b"))

team = SelectorGroupChat([AssistantAgent("a", client), Counter()], model_client=client)
"""


def test_the_selector_of_a_team_is_told_nothing(tmp_path: Path) -> None:
    said = _response(tmp_path, SELECTED, ("__manager__", "b"))
    assert isinstance(said, Instruction) or not said.interventions


AGENT_TOOL = """
from google.adk.agents import LlmAgent
from google.adk.tools.agent_tool import AgentTool

b = LlmAgent(name="b", model="gemini-2.5-pro", instruction="Say how the weather is.")
a = LlmAgent(name="a", model="gemini-2.5-pro", instruction="Plan the day.", tools=[AgentTool(agent=b)])
root_agent = a
"""


def test_an_answer_is_not_looked_at_before_the_agent_that_it_asks_as_a_tool(tmp_path: Path) -> None:
    said = _response(tmp_path, AGENT_TOOL)
    assert isinstance(said, Instruction) or not said.interventions
