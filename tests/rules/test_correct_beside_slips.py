"""Correct programs of several frameworks, each beside a program that differs in the slip alone."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

MODEL = 'model="gemini-2.0-flash"'
PARALLEL = f"""
from google.adk.agents import LlmAgent, LoopAgent, ParallelAgent, SequentialAgent

polish = LlmAgent(name="polish", {MODEL}, instruction="Polish the letter.", output_key="letter")
rounds = LoopAgent(name="rounds", sub_agents=[polish], max_iterations=2)
praise = LlmAgent(name="praise", {MODEL}, instruction="Find what is good in {{letter}}.", output_key="good")
blame = LlmAgent(name="blame", {MODEL}, instruction="Find what is bad in {{letter}}.", output_key="bad")
both = ParallelAgent(name="both", sub_agents=[praise, blame])
judge = LlmAgent(name="judge", {MODEL}, instruction="Weigh {{good}} against {{bad}}.", output_key="verdict")
root_agent = SequentialAgent(name="desk", sub_agents=[rounds, both, judge])
"""
EQUIPPED = f"""
from google.adk.agents import LlmAgent
from google.adk.tools import google_search
from google.adk.tools.base_toolset import BaseToolset


class Ferry(BaseToolset):
    async def get_tools(self, readonly_context=None):
        return load("timetable")


class Clerk(LlmAgent):
    with_times: bool = False

    def model_post_init(self, context):
        super().model_post_init(context)
        if self.with_times:
            self.%s.append(Ferry())


root_agent = Clerk(
    name="clerk", {MODEL}, instruction="Call the `timetable` tool first.", tools=[google_search], with_times=True
)
"""
PIPELINES = """
import yaml
from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.components.generators import OpenAIGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

config = yaml.safe_load(open("config.yml"))


def plain():
    pipeline = Pipeline()
    pipeline.add_component("prompt", PromptBuilder("Answer {{question}}"))
    pipeline.add_component("llm", OpenAIGenerator())
    pipeline.connect("prompt", "llm")
    return pipeline


def searching():
    pipeline = Pipeline()
    pipeline.add_component("retriever", InMemoryBM25Retriever(InMemoryDocumentStore()))
    pipeline.add_component("prompt", PromptBuilder("Answer {{question}} from {{documents}}"))
    pipeline.add_component("llm", OpenAIGenerator())
    pipeline.connect("retriever.documents", "prompt.documents")
    pipeline.connect("prompt", "llm")
    return pipeline


def chosen():
    return searching() if config["search"] else plain()


def answer(question, pipeline):
    if config["search"]:
        return pipeline.run({"%s": {"query": question}, "prompt": {"question": question}})
    return pipeline.run({"prompt": {"question": question}})


print(answer("When does the ferry leave?", chosen()))
"""
CONTEXT = """
from agents import Agent, RunContextWrapper, Runner, function_tool
from pydantic import BaseModel


class Guest(BaseModel):
    wishes: dict[str, str]


@function_tool
def book(guest: %s, room: str) -> str:
    "Book a room."
    return room


clerk = Agent(name="clerk", instructions="Book rooms for guests.", tools=[book])
print(Runner.run_sync(clerk, "A room with a view", context=Guest(wishes={})).final_output)
"""
ADAPTED = """
from agents import Agent, Runner, function_tool
from ledgers import Adapter


@function_tool
def prices() -> str:
    "The prices."
    return ""


tools = [prices]
for kind in ("notes", "facts"):
    tools.extend([%s])
clerk = Agent(name="clerk", instructions="Use the `keep_notes` tool for what the guest says.", tools=tools)
print(Runner.run_sync(clerk, "Remember my room", max_turns=4).final_output)
"""
HANDED_ON = """
import asyncio

from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step

rows = iter(["oak", "elm"])


class Row(Event):
    text: str


class Draft(Event):
    text: str


class Done(Event):
    pass


class Nursery(Workflow):
    @step
    async def pick(self, ev: StartEvent) -> Row | Done:
        row = next(rows, None)
        return Row(text=row) if row else Done()

    @step
    async def draft(self, ev: Row) -> Draft:
        return Draft(text=ev.text)

    @step
    async def review(self, ev: Draft) -> Row:
        if len(ev.text) > 3:
            return %s
        return Row(text=ev.text + "!")

    @step
    async def finish(self, ev: Done) -> StopEvent:
        return StopEvent(result="done")


print(asyncio.run(Nursery(timeout=10).run()))
"""
CONFIRMED = """
import asyncio
from dataclasses import dataclass

from autogen_core import (
    DefaultTopicId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, default_subscription, message_handler,
)


@dataclass
class Order:
    text: str


@dataclass
class Receipt:
    text: str


@default_subscription
class Kitchen(RoutedAgent):
    def __init__(self) -> None:
        super().__init__("kitchen")

    @message_handler
    async def cook(self, message: Order, ctx: MessageContext) -> Receipt:
        print(message.text)
        return Receipt(%s)


async def main() -> None:
    runtime = SingleThreadedAgentRuntime()
    await Kitchen.register(runtime, "kitchen", Kitchen)
    runtime.start()
    await runtime.publish_message(Order("soup"), DefaultTopicId())
    await runtime.stop_when_idle()


asyncio.run(main())
"""
HANDLED = """
from agents import Agent, Runner

scout = Agent(name="scout", instructions="Find the three best inns of a town, with their prices.")
planner = Agent(name="planner", instructions="Say in which order to see the sights of a town, and how long each takes.")
writer = Agent(name="writer", instructions="Write a travel guide out of the notes that you are given.")


class Desk:
    async def run(self, agent, text):
        return (await Runner.run(agent, text)).final_output

    async def look(self, town):
        try:
            return await self.run(scout, town)
        except Exception as error:
            return f"{error}"

    async def write(self, notes):
        return await self.run(writer, notes)

    async def guide(self, town):
        notes = [await self.look(town)]
        notes.append(await self.run(planner, "\\n".join(notes)))
        return await self.write("\\n".join(notes))
"""
EVALUATORS = """
from haystack import Pipeline, component


@component
class RecallEvaluator:
    "Evaluator that calculates Recall score (ratio of retrieved relevant documents among all relevant documents)."

    @component.output_types(score=float)
    def run(self, wanted: list[str], found: list[str]):
        return {"score": len(set(wanted) & set(found)) / len(wanted)}


@component
class PrecisionEvaluator:
    "Evaluator that calculates Precision score (ratio of relevant documents among all retrieved documents)."

    @component.output_types(score=float)
    def run(self, wanted: list[str], found: list[str]):
        return {"score": len(set(wanted) & set(found)) / len(found)}


pipeline = Pipeline()
pipeline.add_component("recall", RecallEvaluator())
pipeline.add_component("precision", PrecisionEvaluator())
given = {"wanted": ["a"], "found": ["a", "b"]}
print(pipeline.run({"recall": given, "precision": given}))
"""


@pytest.mark.parametrize(
    ("code", "correct", "slip"),
    [
        pytest.param(
            "WF003", EQUIPPED % "tools", EQUIPPED % "hooks", id="an agent that takes up tools when it is made"
        ),
        pytest.param("WF304", PIPELINES % "retriever", PIPELINES % "finder", id="one setting, asked twice"),
        pytest.param(
            "WF304", CONTEXT % "RunContextWrapper[Guest]", CONTEXT % "Guest", id="what the model never fills in"
        ),
        pytest.param(
            "WF003", ADAPTED % "Adapter(kind).as_tool()", ADAPTED % "prices", id="tools that are called elsewhere"
        ),
        pytest.param(
            "WF701", HANDED_ON % "StartEvent()", HANDED_ON % 'Row(text="")', id="an event that no annotation names"
        ),
        pytest.param("WF407", CONFIRMED % '"cooked"', CONFIRMED % "message.text", id="an answer that only confirms"),
    ],
)
def test_the_slip_is_told_and_the_correct_program_is_not(tmp_path: Path, code: str, correct: str, slip: str) -> None:
    assert code not in told(tmp_path / "correct", {"main.py": correct})
    assert code in told(tmp_path / "slip", {"main.py": slip})


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(PARALLEL, id="a loop that ends in steps side by side"),
        pytest.param(EVALUATORS, id="evaluators that ask nobody"),
    ],
)
def test_nothing_is_told(tmp_path: Path, source: str) -> None:
    assert told(tmp_path, {"main.py": source}) == []


def test_a_failure_that_nobody_catches_is_nobodys_answer(tmp_path: Path) -> None:
    assert told(tmp_path, {"main.py": HANDLED}) == ["WF603"]


def told(folder: Path, files: dict[str, str]) -> list[str]:
    """The codes of the errors and warnings about some files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(text), encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [finding.code for finding in found if finding.level is not Level.NOTE]
