"""Small programs as real projects write them: one with a mistake, and the same without it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request


def told(folder: Path, source: str) -> dict[str, list[int]]:
    """The lines of everything worth a warning, by rule."""
    (folder / "flow.py").write_text(dedent(source), encoding="utf-8")
    found: dict[str, list[int]] = {}
    for finding in audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings:
        if finding.level is not Level.NOTE:
            found.setdefault(finding.name, []).append(finding.span.line)
    return found


def line_of(source: str, part: str) -> int:
    """The line of a program that has a text in it."""
    return next(number for number, line in enumerate(dedent(source).splitlines(), 1) if part in line)


MARKET = """
from google.adk.agents import LlmAgent, ParallelAgent, SequentialAgent

prices = LlmAgent(name="prices", model="gemini", instruction="Find prices.", output_key="prices")
trends = LlmAgent(
    name="trends",
    model="gemini",
    instruction="Where do these prices go? {prices}",
    output_key="trends",
)
news = LlmAgent(name="news", model="gemini", instruction="Find news.", output_key="news")
summary = LlmAgent(name="summary", model="gemini", instruction="Sum up {trends} and {news}.")
"""
AT_ONCE = MARKET + (
    'gather = ParallelAgent(name="gather", sub_agents=[prices, trends, news])\n'
    'root_agent = SequentialAgent(name="market", sub_agents=[gather, summary])\n'
)
IN_TURN = MARKET + (
    'analyse = SequentialAgent(name="analyse", sub_agents=[prices, trends])\n'
    'gather = ParallelAgent(name="gather", sub_agents=[analyse, news])\n'
    'root_agent = SequentialAgent(name="market", sub_agents=[gather, summary])\n'
)

TICKETS = """
from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step


class Parsed(Event):
    text: str


class Labelled(Event):
    label: str{field}


class Tickets(Workflow):
    @step
    async def parse(self, ev: StartEvent) -> Parsed:
        return Parsed(text=ev.raw)

    @step
    async def label(self, ev: Parsed) -> Labelled:
        return Labelled(label=ev.text[:5]{given})

    @step
    async def answer(self, ev: Labelled) -> StopEvent:
        return StopEvent(result=ev.label + ev.text)
"""

BATCH = """
from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step


class Work(Event):
    file: str


class Done(Event):
    text: str


class Batch(Workflow):
    @step
    async def start(self, ctx: Context, ev: StartEvent) -> Work | None:
        await ctx.store.set("count", len(ev.files))
        for file in ev.files:
            ctx.send_event(Work(file=file))

    @step
    async def work(self, ev: Work) -> Done:
        return Done(text=ev.file)

    @step
    async def gather(self, ctx: Context, ev: Done) -> StopEvent | None:
        count = await ctx.store.get("count")
        done = ctx.collect_events(ev, [{awaited}] * count)
        return StopEvent(result=done) if done else None
"""

SELECTED = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import SelectorGroupChat

planner = AssistantAgent("Planner", model_client=client, system_message="Plan.")
searcher = AssistantAgent("Searcher", model_client=client, system_message="Search.")


def pick(messages):
    if messages[-1].source != planner.name:
        return {chosen}
    return None


team = SelectorGroupChat(
    [planner, searcher], model_client=client, selector_func=pick, termination_condition=MaxMessageTermination(9)
)
"""

CORRECTION = """
from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.components.generators import OpenAIGenerator
from haystack.components.joiners import BranchJoiner
from haystack.components.routers import ConditionalRouter

ROUTES = [
    {"condition": "{{ 'DONE' in replies[0] }}", "output": "{{ replies }}", "output_name": "done", "output_type": str},
    {"condition": "{{ True }}", "output": "{{ replies }}", "output_name": "again", "output_type": str},
]
pipe = Pipeline()
pipe.add_component("joiner", BranchJoiner(str))
pipe.add_component("prompt", PromptBuilder("Correct, say DONE when it is right: {{ text }}"))
pipe.add_component("llm", OpenAIGenerator())
pipe.add_component("router", ConditionalRouter(routes=ROUTES))
pipe.connect("joiner.value", "prompt.text")
pipe.connect("prompt", "llm")
pipe.connect("llm.replies", "router.replies")
pipe.connect("router.again", "joiner.value")
"""
ROUND_AND_ROUND = CORRECTION + 'pipe.connect("router.done", "joiner.value")\n'

SOCKETS = """
from haystack import Document, Pipeline, component


@component
class Find:
    @component.output_types(documents=list[Document], count=int)
    def run(self, query: str):
        return {"documents": [], "count": 0}


@component
class Show:
    @component.output_types(text=str)
    def run(self, {taken}):
        return {"text": ""}


pipe = Pipeline()
pipe.add_component("find", Find())
pipe.add_component("show", Show())
pipe.connect("find.documents", "show.{socket}")
pipe.run({"find": {"query": "bees"}})
"""

GUESSING = """
from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


class Guess(Executor):
    @handler
    async def guess(self, hint: str, ctx: WorkflowContext[int]) -> None:
        await ctx.send_message(len(hint))


class Judge(Executor):
    @handler
    async def judge(self, number: int, ctx: WorkflowContext[str, str]) -> None:
        if number == 7:
            await ctx.{end}("matched")
        else:
            await ctx.send_message("no")


def build():
    guess, judge = Guess(id="guess"), Judge(id="judge")
    return WorkflowBuilder(start_executor=guess).add_edge(guess, judge).add_edge(judge, guess).build()
"""

DESK = """
from dataclasses import dataclass
from enum import Enum

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


class Kind(Enum):
    BUG = "bug"
    WISH = "wish"
    QUESTION = "question"


@dataclass
class Ticket:
    text: str
    kind: Kind


@executor(id="classify")
async def classify(text: str, ctx: WorkflowContext[Ticket]) -> None:
    kind = Kind.QUESTION
    if "crash" in text:
        kind = Kind.BUG
    elif "please" in text:
        kind = Kind.WISH
    await ctx.send_message(Ticket(text, kind))


@executor(id="fix")
async def fix(ticket: Ticket, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(ticket.text)


@executor(id="plan")
async def plan(ticket: Ticket, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(ticket.text)


builder = WorkflowBuilder(start_executor=classify)
builder.add_edge(classify, fix, condition=lambda ticket: ticket.kind == Kind.BUG)
builder.add_edge(classify, plan, condition=lambda ticket: ticket.kind {second})
flow = builder.build()
"""

POLISH = """
from typing import TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o-mini")


class State(TypedDict):
    draft: str
    polished: str


def polish(state: State):
    response = llm.invoke(f"Improve: {state['draft']}")
    return {given}


graph = StateGraph(State)
graph.add_node("polish", polish)
graph.add_edge(START, "polish")
graph.add_edge("polish", END)
app = graph.compile()
app.invoke({"draft": "tea"})["polished"]
"""

PLAN = """
import json
from typing import TypedDict

from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o-mini")


class State(TypedDict):
    goal: str
    plan: str
    steps: list


def make(state: State):
    said = llm.invoke([SystemMessage(content={prompt!r}), HumanMessage(content=state["goal"])])
    return {"plan": said.content}


def split(state: State):
    return {"steps": json.loads(state["plan"])}


graph = StateGraph(State)
graph.add_node("make", make)
graph.add_node("split", split)
graph.add_edge(START, "make")
graph.add_edge("make", "split")
graph.add_edge("split", END)
app = graph.compile()
app.invoke({"goal": "tea"})["steps"]
"""

HUB = """
from agents import Agent

spanish = Agent(name="spanish_translator", instructions="Translate the user's message into Spanish.")
castilian = Agent(name="{name}", instructions="You translate what the user wrote to {language}.")
hub = Agent(
    name="hub",
    instructions="Use the tools to translate. Never translate yourself.",
    tools=[spanish.as_tool(tool_name="one"), castilian.as_tool(tool_name="two")],
)
"""

TRIP = """
from textwrap import dedent

from crewai import LLM, Agent, Crew, Task

guide = Agent(role="Guide", goal="Know towns", backstory="Born there.", llm=LLM(model="gpt-4o"))
sights = Task(name="sights", description="List sights.", expected_output="Ten sights.", agent=guide)
prices = Task(name="prices", description="List prices.", expected_output="A price table of the sights.", agent=guide)
plan = Task(
    name="plan",
    description=dedent(
        '''
        Plan a day. Use the price table.
        '''
    ),
    expected_output="A plan.",
    agent=guide,
    context={context},
)
crew = Crew(agents=[guide], tasks=[sights, prices, plan])
"""


REVIEW = """
from dataclasses import dataclass

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
from typing_extensions import Never


@dataclass
class Draft:
    text: str


class Write(Executor):
    @handler
    async def write(self, task: str, ctx: WorkflowContext[{sent}]) -> None:
        await ctx.send_message({message})


class Review(Executor):
    @handler
    async def review(self, draft: {taken}, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(str(draft))


write, review = Write(id="write"), Review(id="review")
flow = WorkflowBuilder(start_executor=write).add_edge(write, review).build()
"""


RANKED = """
from typing import TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o-mini")


class State(TypedDict, total=False):
    question: str
    passages: str
    evidence: str


def fetch(state: State):
    return {"passages": llm.invoke("Rank passages about " + state["question"]).content}


def load(state: State):
    return {"evidence": {loaded}}


builder = StateGraph(State)
builder.add_node("fetch", fetch)
builder.add_node("load", load)
builder.add_edge(START, "fetch")
builder.add_edge(START, "load")
builder.add_edge("fetch", END)
builder.add_edge("load", END)
app = builder.compile()
app.invoke({"question": "bees"})
"""


QUESTION = """
from __future__ import annotations

from dataclasses import dataclass

from pydantic_ai import Agent
from pydantic_graph import BaseNode, End, Graph, GraphRunContext

asker = Agent("openai:gpt-4o")


@dataclass
class State:
    question: str = ""
    rounds: int = 0


@dataclass
class Ask(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> Answer:
        result = await asker.run("Ask.")
        ctx.state.question = result.output
        return Answer({given})


@dataclass
class Answer(BaseNode[State, None, str]):
    question: str

    async def run(self, ctx: GraphRunContext[State]) -> Ask | End[str]:
        ctx.state.rounds += 1
        answer = input(self.question)
        return End(answer) if answer else Ask()


graph = Graph(nodes=[Ask, Answer])


async def main() -> str:
    return (await graph.run(Ask(), state=State())).output
"""


def filled(source: str, **parts: str) -> str:
    """A program with its gaps filled."""
    for name, text in parts.items():
        source = source.replace("{" + name + "}", text)
    return source


CASES = [
    pytest.param(AT_ONCE, IN_TURN, "path-dependent-read", "{prices}", id="the other writes it at the same time"),
    pytest.param(
        filled(TICKETS, field="", given=""),
        filled(TICKETS, field="\n    text: str", given=", text=ev.text"),
        "read-never-written",
        "ev.label + ev.text",
        id="only another message has the field",
    ),
    pytest.param(
        filled(BATCH, awaited="Work"),
        filled(BATCH, awaited="Done"),
        "invalid-graph",
        "collect_events",
        id="as many as there are, of an event that is not taken",
    ),
    pytest.param(
        filled(SELECTED, chosen='"Planer"'),
        filled(SELECTED, chosen="planner.name"),
        "unknown-step",
        '"Planer"',
        id="a function picks nobody in the team",
    ),
    pytest.param(ROUND_AND_ROUND, CORRECTION, "loop-without-exit", '"router.again"', id="all routes lead back"),
    pytest.param(
        filled(SOCKETS, taken="text: str", socket="text"),
        filled(SOCKETS, taken="documents: list[Document]", socket="documents"),
        "type-mismatch",
        "find.documents",
        id="documents where a text is taken",
    ),
    pytest.param(
        filled(GUESSING, end="send_message"),
        filled(GUESSING, end="yield_output"),
        "loop-without-exit",
        "add_edge(judge, guess)",
        id="either arm sends a message",
    ),
    pytest.param(
        filled(REVIEW, sent="Draft", message="Draft(task)", taken="str"),
        filled(REVIEW, sent="Draft", message="Draft(task)", taken="Draft"),
        "invalid-graph",
        "add_edge",
        id="no handler for what is sent",
    ),
    pytest.param(
        filled(REVIEW, sent="Draft", message="Draft(task)", taken="Draft").replace("str(draft)", "draft.body"),
        filled(REVIEW, sent="Draft", message="Draft(task)", taken="Draft").replace("str(draft)", "draft.text"),
        "read-never-written",
        "draft.body",
        id="the last step sends nothing on",
    ),
    pytest.param(
        filled(REVIEW, sent="int", message="len(task)", taken="str"),
        filled(REVIEW, sent="Draft", message="Draft(task)", taken="object"),
        "invalid-graph",
        "add_edge",
        id="a handler for anything",
    ),
    pytest.param(
        filled(DESK, second="== Kind.WISH"),
        filled(DESK, second="!= Kind.BUG"),
        "route-not-mapped",
        "classify, fix",
        id="a field of the message decides",
    ),
    pytest.param(
        filled(POLISH, given="response.content"),
        filled(POLISH, given='{"polished": response.content}'),
        "step-returns-non-update",
        "return response",
        id="the text that a model answers",
    ),
    pytest.param(
        filled(PLAN, **{"prompt!r": "'Say how to reach the goal.'"}),
        filled(PLAN, **{"prompt!r": "'List the steps to the goal as JSON.'"}),
        "format-gap",
        "json.loads",
        id="a field of the state as a message",
    ),
    pytest.param(
        filled(RANKED, loaded='llm.invoke("Rank passages about " + state["question"]).content'),
        filled(RANKED, loaded='state["question"]'),
        "repeated-model-call",
        '{"evidence"',
        id="a prompt that ranks is no vote",
    ),
    pytest.param(
        filled(QUESTION, given='"Who?"'),
        filled(QUESTION, given="result.output"),
        "output-never-read",
        "ctx.state.question =",
        id="what the next node is made with is read",
    ),
    pytest.param(
        filled(HUB, name="message_to_spanish", language="Spanish"),
        filled(HUB, name="message_to_italian", language="Italian"),
        "duplicate-step",
        "spanish =",
        id="two alike behind one that is like neither",
    ),
    pytest.param(
        filled(TRIP, context="[sights]"),
        filled(TRIP, context="[sights, prices]"),
        "context-not-passed",
        "context=",
        id="a text without its indentation",
    ),
]


@pytest.mark.parametrize(("bad", "good", "rule", "part"), CASES)
def test_the_mistake_is_told_where_it_is(tmp_path: Path, bad: str, good: str, rule: str, part: str) -> None:
    del good
    assert line_of(bad, part) in told(tmp_path, bad).get(rule, [])


@pytest.mark.parametrize(("bad", "good", "rule", "part"), CASES)
def test_the_mended_program_is_left_alone(tmp_path: Path, bad: str, good: str, rule: str, part: str) -> None:
    del bad, rule, part
    assert told(tmp_path, good) == {}
