"""What a plan says of what was found, or of what nobody is seen to make."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.analyses.edge_programs import HEAD, LOOK, TEAM, THROUGH, chain, spoken
from wflint.analyses.labels.decisions import Decision, Decisions, EdgeName, contracts_of
from wflint.analyses.labels.labelling import DEFAULT_LABELLING, Labelling
from wflint.analyses.plan.planning import plans_of
from wflint.analyses.plan.response import Action, Instruction, Site, Watch
from wflint.model.finding import Coordination
from wflint.request import CacheChoice, Request
from wflint.survey import survey

CAPPED = TEAM.replace("[a, b]", "[a, b], max_turns=4")


def _response(
    folder: Path, source: str, ends: tuple[str, str] = ("a", "b"), *, dynamic: bool = False
) -> Instruction | Watch:
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = survey(replace(Request.of(folder), cache=CacheChoice(is_off=True)))
    (flow,) = found.program.workflows
    contracts = contracts_of(flow, *ends)
    decision = Decision(EdgeName(flow.id, *ends), Coordination.DYNAMIC, "Ada", "", contracts)
    decided = Labelling(decisions=Decisions((decision,))) if dynamic else DEFAULT_LABELLING
    plans = plans_of(found.facts.of(flow), decided)
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
    said = _response(tmp_path, AGENT_TOOL, dynamic=True)
    assert isinstance(said, Watch)
    assert said.condition == "what is asked for is the work of `b`, and all that it needs for it is said"
    assert said.question == (
        "Is what is asked for the work of `b`, and is all said that it needs for it? Answer yes, or no with who "
        "should go on or what is missing."
    )
    assert (said.site, [one.site for one in said.interventions]) == (Site.PICK, [Site.PICK, Site.PICK, Site.BETWEEN])


def test_an_agent_that_is_called_is_told_in_words(tmp_path: Path) -> None:
    said = _response(tmp_path, AGENT_TOOL)
    assert isinstance(said, Instruction)
    assert said.why == "`b` is a model that is told what to do in words, in any form"


def test_rounds_that_only_a_word_ends_are_bounded(tmp_path: Path) -> None:
    said = _response(tmp_path, spoken('TextMentionTermination("DONE")', first="b"))
    assert isinstance(said, Watch)
    assert said.condition == "the loop has gone from `a` back to `b` no more often than you allow"
    assert (said.site, said.question) == (Site.ROUNDS, None)
    assert [one.action for one in said.interventions] == [Action.ADAPT, Action.ASK]


def test_a_round_that_a_model_may_end_is_looked_at_for_need(tmp_path: Path) -> None:
    ends = 'TextMentionTermination("DONE") | MaxMessageTermination(9)'
    said = _response(tmp_path, spoken(ends, first="b"), dynamic=True)
    assert isinstance(said, Watch)
    assert said.condition == "what is asked for is not done yet, so that another round from `b` on is needed"
    assert said.question == "Is what was asked for not done yet, so that another round is needed? Answer yes, or no."
    assert said.site is Site.ROUNDS


@pytest.mark.parametrize(
    ("writes", "condition"),
    [
        pytest.param("found_list", "`facts` is not empty", id="a list"),
        pytest.param("found_number", "", id="a number is never empty"),
    ],
)
def test_what_differs_from_run_to_run_may_be_empty(tmp_path: Path, writes: str, condition: str) -> None:
    source = chain(writes, "reads_all").replace("def plain(", FOUND + "def plain(")
    said = _response(tmp_path, source, dynamic=True)
    assert isinstance(said, Watch)
    assert (said.condition if said.interventions else "") == condition


def test_what_is_only_handed_through_is_looked_at_where_it_is_made(tmp_path: Path) -> None:
    said = _response(tmp_path, HEAD + THROUGH.format(between="log"), dynamic=True)
    assert isinstance(said, Watch)
    assert said.condition == "nothing is left to check: `notes` is to be looked at where `w` hands it over first"
    assert said.interventions == ()


FOUND = """
def found_list(state): return {"facts": httpx.get(state["topic"]).json()}
def found_number(state): return {"score": httpx.get(state["topic"]).elapsed}
def reads_all(state): return {"text": f"{state['facts']} {state['score']}"}
"""
