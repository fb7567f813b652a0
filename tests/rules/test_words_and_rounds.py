"""Words that are part of their opposites, hand-offs in a row, counts that outlive a run, limits that bound nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited
from tests.rules.marked import loud, marked
from tests.rules.twins import found

CHECKED = """
from typing import TypedDict
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
llm = ChatOpenAI(model="gpt-4o", timeout=9, max_retries=2)
class State(TypedDict, total=False):
    claim: str
    verdict: str
    paid: bool
def check(state: State):
    return {"verdict": llm.invoke(f"Check {state['claim']}. Answer TOLD.").content}
def route(state: State) -> str:
    BODY
def pay(state: State):
    return {"paid": True}
builder = StateGraph(State)
builder.add_node("check", check)
builder.add_node("pay", pay)
builder.add_edge(START, "check")
builder.add_conditional_edges("check", route, ["pay", END])
builder.add_edge("pay", END)
app = builder.compile()
"""
VALID = 'return "pay" if "valid" in state["verdict"].lower() else END'


@pytest.mark.parametrize(
    ("told", "body"),
    [
        ("valid or invalid", f"{VALID}  # <- WF112"),
        ("INVALID if it breaks a rule, else VALID", f"{VALID}  # <- WF112"),
        ("APPROVED or NOT_APPROVED", 'return "pay" if "APPROVED" in state["verdict"] else END  # <- WF112'),
    ],
)
def test_a_word_within_its_opposite_is_told(tmp_path: Path, told: str, body: str) -> None:
    source = CHECKED.replace("TOLD", told).replace("BODY", body)
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    ("told", "body"),
    [
        ("valid or wrong", VALID),
        ("valid or invalid", 'return "pay" if state["verdict"].strip().lower() == "valid" else END'),
        ("valid or invalid", 'return END if "invalid" in state["verdict"] else "pay"'),
        ("valid or invalid", f'if "invalid" in state["verdict"].lower():\n        return END\n    {VALID}'),
        ("valid only where the claim is not invalidated by a rule", VALID),
        ("COMPLETE or Incomplete", 'return "pay" if "COMPLETE" in state["verdict"] else END'),
    ],
)
def test_a_word_that_is_told_apart_is_not(tmp_path: Path, told: str, body: str) -> None:
    assert loud(tmp_path, CHECKED.replace("TOLD", told).replace("BODY", body)) == []


GRAPH_FLOW = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow
def member(name, job):
    return AssistantAgent(name, model_client=client, system_message=job)
checker = member("checker", "Check. End with WORD if all is there, else with INCOMPLETE.")
granter = member("granter", "Grant.")
asker = member("asker", "Ask.")
builder = DiGraphBuilder()
builder.add_node(checker).add_node(granter).add_node(asker)
builder.add_edge(checker, granter, condition="WORD")MARK
builder.add_edge(checker, asker, condition="INCOMPLETE")
team = GraphFlow([checker, granter, asker], graph=builder.build(), termination_condition=MaxMessageTermination(9))
async def main(text):
    return await team.run(task=text)
"""


@pytest.mark.parametrize(("word", "mark"), [("COMPLETE", "  # <- WF112"), ("READY", "")])
def test_both_ways_after_one_word(tmp_path: Path, word: str, mark: str) -> None:
    source = GRAPH_FLOW.replace("WORD", word).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)


DESK = """
from agents import Agent, Runner
layouter = Agent(name="Layouter", instructions="Build boxes.", handoffs=BACK)
copywriter = Agent(name="Copywriter", instructions="Write texts.")
director = Agent(name="Director", instructions="TOLD", handoffs=[layouter, copywriter])MARK
async def page(brief):
    return await Runner.run(director, brief, max_turns=9)
"""
BOTH = "First hand off to the Layouter, then hand off to the Copywriter. Put both together."


@pytest.mark.parametrize(
    ("told", "back", "mark"),
    [
        (BOTH, "[]", "  # <- WF407"),
        ("1. Transfer to Layouter.\\n2. Transfer to Copywriter.", "[]", "  # <- WF407"),
        (BOTH, "[copywriter]", ""),
        ("Hand off to the Layouter for boxes, or hand off to the Copywriter for texts.", "[]", ""),
        ("If boxes are missing, hand off to the Layouter. If texts are, then hand off to the Copywriter.", "[]", ""),
    ],
)
def test_hand_offs_in_a_row(tmp_path: Path, told: str, back: str, mark: str) -> None:
    agents = (
        DESK if back == "[]" else DESK.replace("layouter =", "copywriter = Agent(name='Copywriter')\nlayouter =", 1)
    )
    agents = (
        agents
        if back == "[]"
        else agents.replace('copywriter = Agent(name="Copywriter", instructions="Write texts.")\n', "")
    )
    source = agents.replace("TOLD", told).replace("BACK", back).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)


TREE = """
from google.adk.agents import LlmAgent
layouter = LlmAgent(name="layouter", model="m", instruction="Build boxes."SWITCH)
copywriter = LlmAgent(name="copywriter", model="m", instruction="Write texts."SWITCH)
root_agent = LlmAgent(
    name="director", model="m", sub_agents=[layouter, copywriter],
    instruction="First transfer to layouter, then transfer to copywriter.",
)
"""


@pytest.mark.parametrize(
    ("switches", "codes"),
    [
        pytest.param("", set(), id="each may turn back, or to the other"),
        pytest.param(
            ", disallow_transfer_to_parent=True, disallow_transfer_to_peers=True", {"WF407"}, id="each keeps the run"
        ),
    ],
)
def test_agents_that_may_turn_back(tmp_path: Path, switches: str, codes: set[str]) -> None:
    tmp_path.joinpath("agent.py").write_text(TREE.replace("SWITCH", switches), encoding="utf-8")
    assert {finding.code for finding in audited(tmp_path).findings} & {"WF407"} == codes


COUNTED = """
from typing import TypedDict
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
class State(TypedDict, total=False):
    question: str
    rows: list
    attempts: int
    answer: str
def ask(state: State):
    return {"rows": query(state["question"]), "attempts": state.get("attempts", 0) + 1}
def after(state: State) -> str:
    if state["rows"]:
        return "tell"
    return "tell" if state["attempts"] >= 3 else "ask"MARK
def tell(state: State):
    return {"answer": str(state["rows"])RESET}
builder = StateGraph(State)
builder.add_node("ask", ask)
builder.add_node("tell", tell)
builder.add_edge(START, "ask")
builder.add_conditional_edges("ask", after, ["ask", "tell"])
builder.add_edge("tell", END)
app = builder.compile(SAVER)
def answer(NAME, question):
    return app.invoke({"question": question}, {"configurable": {"thread_id": NAME}})["answer"]
"""


@pytest.mark.parametrize(
    ("saver", "name", "reset", "mark"),
    [
        ("checkpointer=InMemorySaver()", "user_id", "", "  # <- WF703"),
        ("checkpointer=InMemorySaver()", "user_id", ', "attempts": 0', ""),
        ("checkpointer=InMemorySaver()", "job", "", ""),
        ("", "user_id", "", ""),
    ],
)
def test_a_count_that_outlives_the_run(tmp_path: Path, saver: str, name: str, reset: str, mark: str) -> None:
    source = COUNTED.replace("SAVER", saver).replace("NAME", name).replace("RESET", reset).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)


TEAM = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import HandoffTermination, MaxMessageTermination, TextMentionTermination
from autogen_agentchat.teams import RoundRobinGroupChat
writer = AssistantAgent("writer", model_client=client, system_message="Write.")
critic = AssistantAgent("critic", model_client=client, system_message="Judge. Say FINE at last.")
stop = STOP
team = RoundRobinGroupChat([writer, critic], termination_condition=stopTURNS)
async def main(text):
    return await team.run(task=text)
"""


@pytest.mark.parametrize(
    ("stop", "turns"),
    [
        ('TextMentionTermination("FINE") & MaxMessageTermination(9)  # <- WF702', ""),
        ('MaxMessageTermination(9) & (TextMentionTermination("FINE") | HandoffTermination("x"))  # <- WF702', ""),
        ('TextMentionTermination("FINE") | MaxMessageTermination(9)', ""),
        ('TextMentionTermination("FINE") & MaxMessageTermination(9)', ", max_turns=20"),
        ('(TextMentionTermination("FINE") & MaxMessageTermination(4)) | MaxMessageTermination(9)', ""),
    ],
)
def test_a_limit_that_has_to_hold_with_a_word(tmp_path: Path, stop: str, turns: str) -> None:
    source = TEAM.replace("STOP", stop).replace("TURNS", turns)
    assert [each for each in loud(tmp_path, source) if each[1] == "WF702"] == marked(source)


BOOKED = """
from autogen_agentchat.agents import AssistantAgent
async def find_guest(name: str) -> str:
    '''Finds.'''
    return "7"
async def book_table(guest: str) -> str:
    '''Books.'''
    return "booked"
clerk = AssistantAgent("clerk", model_client=client, tools=[find_guest, book_table], system_message="TOLD"MORE)MARK
async def main(text):
    BODY
"""
IN_TURN = "First call find_guest, then call book_table with the number."
ONCE = "return await clerk.run(task=text)"


@pytest.mark.parametrize(
    ("told", "more", "body", "mark"),
    [
        (IN_TURN, "", ONCE, "  # <- WF304"),
        (IN_TURN, ", max_tool_iterations=3", ONCE, ""),
        ("Call find_guest or, if the number is known, then book_table.", "", ONCE, ""),
        (IN_TURN, "", "while text:\n        text = (await clerk.run(task=text)).messages[-1].content", ""),
    ],
)
def test_tools_in_a_row_in_one_round(tmp_path: Path, told: str, more: str, body: str, mark: str) -> None:
    source = BOOKED.replace("TOLD", told).replace("MORE", more).replace("BODY", body).replace("MARK", mark)
    assert [each for each in loud(tmp_path, source) if each[1] == "WF304"] == marked(source)


CROWD = """
import asyncio
from agents import Agent, Runner
sorter = Agent(name="Sorter", instructions="Sort.")
async def one(rowGIVEN):
    async with HELD:
        return await Runner.run(sorter, row, max_turns=2)
async def all_of(rows):
    slots = asyncio.Semaphore(5)
    return await asyncio.gather(*(one(rowHANDED) for row in rows))
"""


@pytest.mark.parametrize(
    ("given", "held", "handed", "told"),
    [
        ("", "asyncio.Semaphore(5)", "", True),
        (", slots", "slots", ", slots", False),
        ("", "limits.slots", "", False),
    ],
)
def test_a_limit_of_each_call_alone(tmp_path: Path, given: str, held: str, handed: str, told: bool) -> None:  # noqa: FBT001 - a table
    source = CROWD.replace("GIVEN", given).replace("HELD", held).replace("HANDED", handed)
    line = f"return await asyncio.gather(*(one(row{handed}) for row in rows))"
    assert [at for at, _ in found(source, tmp_path, "unbounded-fanout")] == ([line] if told else [])


CORE = """
from dataclasses import dataclass
from autogen_core import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, message_handler
@dataclass
class Wish:
    text: str
class Cook(RoutedAgent):
    def __init__(self):
        super().__init__("cooks")
    @message_handler
    async def cook(self, message: Wish, ctx: MessageContext) -> GIVES:
        self.last = message.text
        RETURNS
async def main():
    runtime = SingleThreadedAgentRuntime()
    await Cook.register(runtime, "cook", lambda: Cook())
    START
    answer = await runtime.send_message(Wish("soup"), AgentId("cook", "default"))
    BODY
"""


@pytest.mark.parametrize(
    ("gives", "returns", "start", "body"),
    [
        ("None", "", "runtime.start()", "return answer.text  # <- WF109"),
        ("Wish", "return message", "runtime.start()", "return answer.text"),
        ("None", "", "runtime.start()", "return answer.text if answer else ''"),
        ("None", "", "runtime.start()", "return None if answer is None else answer.text"),
    ],
)
def test_an_answer_that_nobody_gives(tmp_path: Path, gives: str, returns: str, start: str, body: str) -> None:
    source = CORE.replace("GIVES", gives).replace("RETURNS", returns or "pass").replace("START", start)
    source = source.replace("BODY", body)
    assert loud(tmp_path, source) == marked(source)


@pytest.mark.parametrize("start", ["runtime.start()", "", "begin(runtime)"])
def test_a_runtime_that_nobody_starts(tmp_path: Path, start: str) -> None:
    source = CORE.replace("GIVES", "Wish").replace("RETURNS", "return message").replace("START", start or "pass")
    source = source.replace("BODY", "return answer.text")
    told = loud(tmp_path, source)
    assert [code for _, code in told] == ([] if start else ["WF304"])
