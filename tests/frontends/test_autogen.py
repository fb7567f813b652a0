from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, audited, recovered
from tests.frontends.sources import workflows
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import Aspect, StepKind, Workflow
from wflint.request import CacheChoice, Request

HEAD = """
from autogen_agentchat.agents import AssistantAgent, UserProxyAgent
from autogen_agentchat.conditions import HandoffTermination, MaxMessageTermination
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat, Swarm
from autogen_ext.models.openai import OpenAIChatCompletionClient
client = OpenAIChatCompletionClient(model="gpt-4o")
a = AssistantAgent("a", model_client=client, handoffs=["b"])
b = AssistantAgent("b", model_client=client, handoffs=["a"])
c = AssistantAgent("c", model_client=client)
"""


def flow(path: str, name: str) -> Workflow:
    program = recovered(FOLDER / "autogen")
    (found,) = (w for w in program.workflows if w.name == name and w.span.path == f"{path}.py")
    return found


def said(folder: Path, text: str) -> list[tuple[str, str]]:
    """What is said of the code above a note: rule and message."""
    (folder / "main.py").write_text(HEAD + text, encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [(finding.code, finding.message) for finding in found if finding.level is not Level.NOTE]


def test_message_content_is_what_an_agent_offers() -> None:
    critic = flow("poem_round_robin", "authors").step("critic")
    assert critic is not None
    assert [(offer.name, offer.type) for offer in critic.offers] == [("approved", "bool"), ("remarks", "str")]


def test_kinds_of_participants() -> None:
    house, search = flow("poem_round_robin", "house"), flow("newsroom_managed", "search")
    assert {step.id: step.kind for step in house.steps} == {
        "RoundRobinGroupChat": StepKind.SUBWORKFLOW,
        "editor": StepKind.AGENT,
        "reader": StepKind.HUMAN,
    }
    assert {step.id: step.kind for step in search.steps} == {
        "__manager__": StepKind.ROUTER,
        "surfer": StepKind.AGENT,
        "terminal": StepKind.TOOL,
        "clock": StepKind.FUNCTION,
    }


def test_a_team_in_a_team_is_a_workflow_of_its_own() -> None:
    assert flow("poem_round_robin", "authors").parent == "poem_round_robin.py::house"
    desk = flow("newsroom_managed", "team").step("desk")
    assert desk is not None
    assert desk.workflow == "newsroom_managed.py::inner"


def test_runs_say_after_how_many_turns_they_end_where_the_task_is_a_message() -> None:
    assert [call.recursion_limit for call in flow("newsroom_managed", "team").invocations] == [24]
    assert [call.recursion_limit for call in flow("newsroom_managed", "search").invocations] == [20]


def test_the_first_to_speak_is_the_entry() -> None:
    assert flow("travel_swarm", "team").entries == ("planner",)
    assert flow("newsroom_managed", "team").entries == ("__manager__",)


def test_members_from_elsewhere_leave_the_steps_open() -> None:
    assert flow("club_unknown_members", "from_file").open_to(Aspect.STEPS)


def test_fixtures_are_free_of_findings() -> None:
    folder = FOLDER / "autogen"
    assert [finding.message for finding in audited(folder).findings if finding.level is not Level.NOTE] == []


@pytest.mark.parametrize(
    ("team", "code"),
    [
        pytest.param("RoundRobinGroupChat([a, b])", "WF701", id="nothing ends a round robin"),
        pytest.param("SelectorGroupChat([a, b], model_client=client)", "WF701", id="nothing ends a selection"),
        pytest.param("Swarm([c, a, b])", "WF701", id="the first of a swarm hands over to nobody"),
        pytest.param(
            "RoundRobinGroupChat([a, AssistantAgent('a', client)], max_turns=3)", "WF304", id="one name twice"
        ),
    ],
)
def test_teams_that_cannot_work(tmp_path: Path, team: str, code: str) -> None:
    assert [found for found, _ in said(tmp_path, f"team = {team}\n")] == [code]


def test_a_helper_whose_teams_never_end_is_told_once(tmp_path: Path) -> None:
    text = """
def seated(people):
    return RoundRobinGroupChat(people)
async def main():
    await seated([a, b]).run(task="A cake for a birthday")
    await seated([a, b, c]).run(task="A cake for a wedding")
"""
    reason = "nothing ends it; give it a condition or a limit that does"
    assert said(tmp_path, text) == [("WF701", f'"a" and "b" form an endless loop: {reason}')]


def test_two_teams_that_never_end_are_told_apart(tmp_path: Path) -> None:
    text = "first = RoundRobinGroupChat([a, b])\nsecond = RoundRobinGroupChat([a, b, c])\n"
    assert [code for code, _ in said(tmp_path, text)] == ["WF701", "WF701"]


@pytest.mark.parametrize(
    "team",
    [
        "RoundRobinGroupChat([a, b], max_turns=5)",
        "RoundRobinGroupChat([a, b], termination_condition=stop)",
        "RoundRobinGroupChat([a, UserProxyAgent('me')])",
        "RoundRobinGroupChat([a])",
        "SelectorGroupChat([a, b], model_client=client, termination_condition=stop | MaxMessageTermination(9))",
        "Swarm([a, b])",
    ],
)
def test_teams_that_end(tmp_path: Path, team: str) -> None:
    assert said(tmp_path, f"def make(stop, client):\n    team = {team}\n    return team\n") == []


def test_misspelt_hand_off_target(tmp_path: Path) -> None:
    text = """
planner = AssistantAgent("planner", client, handoffs=["writer", "user"])
writer = AssistantAgent("writer", client, handoffs=["planer"])
team = Swarm([planner, writer], termination_condition=HandoffTermination(target="user"))
"""
    ((code, message),) = said(tmp_path, text)
    assert code == "WF303"
    assert 'hand-off target "planer" after step "writer" is not a step of this workflow' in message


def test_graph_with_a_node_that_does_not_take_part(tmp_path: Path) -> None:
    text = """
builder = DiGraphBuilder()
builder.add_node(a).add_node(b).add_node(c)
builder.add_edge(a, b).add_edge(b, c)
team = GraphFlow([a, b], builder.build())
"""
    assert [code for code, _ in said(tmp_path, text)] == ["WF303"]


def test_graph_without_an_entry(tmp_path: Path) -> None:
    text = """
builder = DiGraphBuilder()
builder.add_node(a).add_node(b)
builder.add_edge(a, b, condition="on").add_edge(b, a, condition="back")
team = GraphFlow(builder.get_participants(), builder.build())
"""
    assert [code for code, _ in said(tmp_path, text)] == ["WF304"]


def test_the_ready_made_team_brings_its_own_agents(tmp_path: Path) -> None:
    text = """
from autogen_ext.teams.magentic_one import MagenticOne
alone = MagenticOne(client=client)
attended = MagenticOne(client, hil_mode=True)
"""
    alone, attended = workflows(tmp_path, HEAD + text)
    names = {"__manager__", "FileSurfer", "WebSurfer", "Coder", "ComputerTerminal"}
    assert {step.id for step in alone.steps} == names
    assert {step.id for step in attended.steps} == {*names, "User"}
    assert len(alone.edges) == 8


BACK = """
builder = DiGraphBuilder()
d = AssistantAgent("d", client)
builder.add_node(a).add_node(b).add_node(c).add_node(d)
builder.add_edge(a, b).add_edge(b, d, condition="AGAIN").add_edge(d, b%s)
builder.add_edge(b, c, condition="DONE").set_entry_point(a)
team = GraphFlow([a, b, c, d], graph=builder.build(), termination_condition=MaxMessageTermination(9))
"""


@pytest.mark.parametrize(
    ("options", "messages"),
    [
        pytest.param(
            "",
            [('step "b" waits for "a" and "d", but "d" only runs after "b" itself, so the join never completes; '
             "use separate edges, or start all of them")],
            id="one group",
        ),
        pytest.param(', activation_group="back"', [], id="a group of its own"),
    ],
)  # fmt: skip
def test_a_back_edge_is_waited_for_like_any_other(tmp_path: Path, options: str, messages: list[str]) -> None:
    text = BACK % options
    assert [message for code, message in said(tmp_path, text) if code == "WF503"] == messages


@pytest.mark.parametrize(
    ("condition", "task", "told"),
    [
        pytest.param('TextMentionTermination("APPROVE")', "a poem; b says APPROVE at the end", True, id="it is said"),
        pytest.param('TextMentionTermination("APPROVE")', "a poem that b can approve", False, id="in other letters"),
        pytest.param('TextMentionTermination("APPROVE", sources=["b"])', "b says APPROVE", False, id="b alone counts"),
        pytest.param('TextMentionTermination("APPROVE", sources=["b", "user"])', "say APPROVE", True, id="both count"),
        pytest.param('TextMentionTermination("APPROVE") | MaxMessageTermination(4)', "say APPROVE", True, id="either"),
        pytest.param('TextMentionTermination("APPROVE") & MaxMessageTermination(4)', "say APPROVE", False, id="both"),
    ],
)
def test_a_stop_word_in_the_task(tmp_path: Path, condition: str, task: str, told: bool) -> None:  # noqa: FBT001 - data
    text = f"""
from autogen_agentchat.conditions import TextMentionTermination
poet = AssistantAgent("a", client, system_message="Write.")
judge = AssistantAgent("b", client, system_message="Say APPROVE when it is good.")
team = RoundRobinGroupChat([poet, judge], termination_condition={condition})
async def main():
    await team.run(task="{task}")
"""
    found = [message for code, message in said(tmp_path, text) if code == "WF112"]
    assert [message.partition(", which")[0] for message in found] == (
        ['the input of the run contains "APPROVE"'] if told else []
    )


@pytest.mark.parametrize(
    ("ending", "codes"),
    [
        pytest.param("termination_condition=MaxMessageTermination(9)", ["WF304"], id="a number of messages"),
        pytest.param("", ["WF304"], id="nothing"),
        pytest.param("termination_condition=HandoffTermination('human') | MaxMessageTermination(9)", [], id="watched"),
        pytest.param("termination_condition=MaxMessageTermination(9), max_turns=1", [], id="turn by turn"),
        pytest.param("termination_condition=stop | MaxMessageTermination(9)", [], id="a condition from elsewhere"),
    ],
)
def test_a_hand_off_to_nobody_fails_the_run(tmp_path: Path, ending: str, codes: list[str]) -> None:
    text = f"""
def make(stop):
    clerk = AssistantAgent("clerk", client, handoffs=["a", "human"])
    return Swarm([clerk, AssistantAgent("a", client, handoffs=["clerk"])], {ending})
"""
    assert [code for code, _ in said(tmp_path, text)] == codes


def test_who_may_come_last_leads_back_perhaps(tmp_path: Path) -> None:
    (found,) = workflows(
        tmp_path,
        HEAD
        + """
def make(person: bool = False):
    members = [a, b]
    if person:
        members.append(UserProxyAgent("me"))
    return RoundRobinGroupChat(members, max_turns=9)
""",
    )
    certain = {(edge.source, edge.target): edge.certainty.value for edge in found.edges}
    assert certain == {
        ("a", "b"): "certain",
        ("b", "me"): "possible",
        ("b", "a"): "possible",
        ("me", "a"): "possible",
    }
