"""WF601, WF602, WF603 and WF605 in flows of CrewAI, agents of AutoGen's core, and clients of the OpenAI Agents SDK."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited
from tests.rules.marked import loud, marked

FLOW = """
import time
from crewai import Agent, Crew, LLM, Task
from crewai.flow.flow import Flow, listen, start
from pydantic import BaseModel

PAUSE = 10
scout = Agent(role="Scout", goal="Find", backstory="You look.", llm=LLM(model="gpt-4o"))

class Market(BaseModel):
    found: str = ""
    letter: str = ""

def crew(text: str) -> Crew:
    return Crew(agents=[scout], tasks=[Task(description=text, expected_output="A text.", agent=scout)])

def persist(inputs: dict) -> str:
    pause = 1
    while True:LOOP
        try:
            return crew("Find {good}").kickoff(inputs=inputs).raw
        except Exception:
            SLEEP

class Letters(Flow[Market]):
    @start()
    def find(self):
        try:
            self.state.found = persist({"good": "tea"})
        except Exception as error:
            SAID

    @listen(find)
    def write(self):
        self.state.letter = crew("Write from {found}").kickoff(inputs={"found": self.state.found}).raw
        return self.state.letter

print(Letters().kickoff())
"""
RAISED, GROWING = "raise", "pause *= 2\n            time.sleep(pause)"


@pytest.mark.parametrize("sleep", ["time.sleep(PAUSE)", "time.sleep(PAUSE * 2)", "time.sleep(5)"])
def test_the_same_pause_for_ever(tmp_path: Path, sleep: str) -> None:
    source = FLOW.replace("SLEEP", sleep).replace("SAID", RAISED).replace("LOOP", "  # <- WF602")
    found = {one for one in loud(tmp_path, source) if one[1] == "WF602"}  # of the flow and of the crew
    assert sorted(found) == marked(source)


@pytest.mark.parametrize("sleep", [GROWING, "time.sleep(pause)\n            pause = pause * 2", "time.sleep(later())"])
def test_a_pause_that_may_grow(tmp_path: Path, sleep: str) -> None:
    source = FLOW.replace("SLEEP", sleep).replace("SAID", RAISED).replace("LOOP", "")
    assert [one for one in loud(tmp_path, source) if one[1] == "WF602"] == []


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ('self.state.found = f"Could not find it: {error}"', "  # <- WF603"),
        ("raise", ""),
        ('self.state.found = "tea is 4 EUR"', ""),
    ],
)
def test_an_error_that_the_next_crew_takes_for_a_result(tmp_path: Path, said: str, mark: str) -> None:
    source = FLOW.replace("SLEEP", GROWING).replace("SAID", said + mark).replace("LOOP", "")
    assert [one for one in loud(tmp_path, source) if one[1] == "WF603"] == marked(source)


CORE = """
import asyncio
from dataclasses import dataclass
from autogen_core import AgentId, DefaultTopicId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime
from autogen_core import default_subscription, message_handler
from autogen_core.models import UserMessage
from autogen_ext.models.openai import OpenAIChatCompletionClient

client = OpenAIChatCompletionClient(model="gpt-4o", timeout=60)

@dataclass
class Sheet:
    rows: list[str]

@dataclass
class Row:
    text: str

@dataclass
class Draft:
    text: str

async def ask(text: str) -> str:
    reply = await client.create([UserMessage(content=text, source="desk")])
    return str(reply.content)

@default_subscription
class Reader(RoutedAgent):
    @message_handler
    async def on_sheet(self, message: Sheet, ctx: MessageContext) -> None:
        gate = asyncio.Semaphore(4)
        SENT

@default_subscription
class Writer(RoutedAgent):
    @message_handler
    async def on_row(self, message: Row, ctx: MessageContext) -> None:
        try:
            text = await ask(message.text)
        except Exception as error:
            FAILED
        await self.publish_message(Draft(text), DefaultTopicId())MARK

@default_subscription
class Editor(RoutedAgent):
    @message_handler
    async def on_draft(self, message: Draft, ctx: MessageContext) -> None:
        print(await ask(message.text))

async def main(rows: list[str]) -> None:
    runtime = SingleThreadedAgentRuntime()
    await Reader.register(runtime, "reader", lambda: Reader("reads"))
    await Writer.register(runtime, "writer", lambda: Writer("writes"))
    await Editor.register(runtime, "editor", lambda: Editor("edits"))
    runtime.start()
    await runtime.publish_message(Sheet(rows), DefaultTopicId())
    await runtime.stop_when_idle()
"""
AT_ONCE = 'await asyncio.gather(*(self.send_message(Row(row), AgentId("writer", "one")) for row in message.rows))'
IN_TURN = 'for row in message.rows:\n            await self.send_message(Row(row), AgentId("writer", "one"))'


@pytest.mark.parametrize(
    ("failed", "mark"), [('text = f"[{error}]"', "  # <- WF603"), ("raise", ""), ("text = message.text", "")]
)
def test_an_error_that_is_published_as_a_result(tmp_path: Path, failed: str, mark: str) -> None:
    source = CORE.replace("SENT", IN_TURN).replace("FAILED", failed).replace("MARK", mark)
    assert [one for one in loud(tmp_path, source) if one[1] == "WF603"] == marked(source)


@pytest.mark.parametrize(("sent", "said"), [(AT_ONCE, ["WF605"]), (IN_TURN, [])])
def test_a_message_for_every_row_at_once(tmp_path: Path, sent: str, said: list[str]) -> None:
    source = CORE.replace("SENT", sent).replace("FAILED", "raise").replace("MARK", "")
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    assert [one.code for one in audited(tmp_path).findings if one.code == "WF605"] == said


CREW = """
import asyncio
from crewai import Agent, Crew, LLM, Task

scout = Agent(role="Scout", goal="Find", backstory="You look.", llm=LLM(model="gpt-4o"))

def crew() -> Crew:
    return Crew(agents=[scout], tasks=[Task(description="Find {good}", expected_output="A text.", agent=scout)])

async def answer(good: str, gate: asyncio.Semaphore) -> str:
    ANSWER

async def main(goods: list[str]) -> list[str]:
    gate = asyncio.Semaphore(4)
    return await asyncio.gather(*(answer(good, gate) for good in GOODS))
"""
PLAIN = 'return (await crew().kickoff_async(inputs={"good": good})).raw'
GATED = f"async with gate:\n        {PLAIN}"


@pytest.mark.parametrize(
    ("answer", "goods", "said"),
    [(PLAIN, "goods", ["WF605"]), (GATED, "goods", []), (PLAIN, "goods[:5]", []), (PLAIN, '("tea", "milk")', [])],
)
def test_a_new_crew_for_every_item_at_once(tmp_path: Path, answer: str, goods: str, said: list[str]) -> None:
    (tmp_path / "app.py").write_text(CREW.replace("ANSWER", answer).replace("GOODS", goods), encoding="utf-8")
    assert [one.code for one in audited(tmp_path).findings if one.code == "WF605"] == said


MODEL = """
from agents import Agent, OpenAIChatCompletionsModel, Runner
from openai import AsyncOpenAI

client = AsyncOpenAI(SETTING)MARK
desk = Agent(name="desk", instructions="Answer.", model=OpenAIChatCompletionsModel("gpt-4o", openai_client=client))
print(Runner.run_sync(desk, "Why?", max_turns=2).final_output)
"""


@pytest.mark.parametrize(
    ("setting", "mark"),
    [("max_retries=0", "  # <- WF601"), ("max_retries=4", ""), ("", ""), ("timeout=None", "  # <- WF604")],
)
def test_a_client_that_is_told_to_do_without(tmp_path: Path, setting: str, mark: str) -> None:
    source = MODEL.replace("SETTING", setting).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)


SERVICE = """
from agents import Agent, Runner, SQLiteSession
from fastapi import FastAPI

app = FastAPI()
desk = Agent(name="desk", instructions="Answer.")

@app.post("/messages")
async def answer(customer: str, text: str) -> str:
    session = SQLiteSession(GIVEN)
    result = await Runner.run(desk, text, session=session, max_turns=2)
    return result.final_output
"""


@pytest.mark.parametrize(
    ("given", "said"),
    [('"desk", "talks.db"', ["WF501"]), ('customer, "talks.db"', []), ('"desk"', []), ('"desk", ":memory:"', [])],
)
def test_one_name_for_the_talks_of_all_callers(tmp_path: Path, given: str, said: list[str]) -> None:
    assert [code for _, code in loud(tmp_path, SERVICE.replace("GIVEN", given))] == said
