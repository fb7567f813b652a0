"""What every front end says of the kind of work that writes what steps offer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows

LANGGRAPH = """\
from typing import TypedDict
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.func import entrypoint, task
from langgraph.graph import END, START, StateGraph, MessagesState
from langgraph.prebuilt import ToolNode, create_react_agent
@tool
def look(topic: str) -> str:
    return topic
llm = ChatOpenAI(model="gpt-4o")
class Inner(TypedDict):
    draft: str
    size: int
def write(state: Inner):
    return {"draft": llm.invoke("x").content}
def measure(state: Inner):
    state["size"] = int(llm.invoke("x").content)
    return state
inner = StateGraph(Inner)
inner.add_node("write", write)
inner.add_node("measure", measure)
inner.add_edge(START, "write")
inner.add_edge("write", "measure")
inner.add_edge("measure", END)
class Outer(MessagesState):
    draft: str
    size: int
outer = StateGraph(Outer)
outer.add_node("inside", inner.compile())
outer.add_node("tools", ToolNode([look]))
outer.add_edge(START, "inside")
outer.add_edge("inside", "tools")
outer.add_edge("tools", END)
graph = outer.compile()
@task
def ask(topic: str) -> str:
    return llm.invoke(topic).content
@task
def count(topic: str) -> int:
    return len(topic)
@entrypoint()
def run(topic: str) -> str:
    text = ask(topic).result()
    return count(text).result()
"""
LLAMAINDEX = """\
import json
import requests
from llama_index.core.workflow import Context, Event, HumanResponseEvent, StartEvent, StopEvent, Workflow, step
from llama_index.llms.openai import OpenAI
from pydantic import BaseModel
class Plan(BaseModel):
    title: str
class Drafted(Event):
    text: str
    parts: list
    title: str
    length: int
class Fetched(Event):
    page: str
class Said(Event):
    words: str
class Desk(Workflow):
    llm = OpenAI(model="gpt-4o")
    @step
    async def draft(self, ctx: Context, ev: StartEvent) -> Drafted:
        answer = await self.llm.acomplete("Write about " + ev.topic)
        plan = await self.llm.astructured_predict(Plan, "Plan it")
        return Drafted(text=answer.text, parts=json.loads(answer.text), title=plan.title, length=len(ev.topic))
    @step
    async def fetch(self, ctx: Context, ev: Drafted) -> Fetched:
        return Fetched(page=requests.get("https://example.org").text)
    @step
    async def confirm(self, ctx: Context, ev: Fetched) -> Said:
        said = await ctx.wait_for_event(HumanResponseEvent)
        return Said(words=said.response)
    @step
    async def finish(self, ev: Said) -> StopEvent:
        return StopEvent(result=ev.words)
flow = Desk()
"""
AGENT_FRAMEWORK = """\
import json
from dataclasses import dataclass
import httpx
from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, handler
from agent_framework.openai import OpenAIChatClient
from pydantic import BaseModel
client = OpenAIChatClient(model_id="gpt-4o")
class Verdict(BaseModel):
    good: bool
@dataclass
class Draft:
    text: str
    score: int
    page: str
    topic: str
class Writer(Executor):
    def __init__(self):
        self.agent = client.as_agent(name="writer", instructions="Write.")
        super().__init__(id="writer")
    @handler
    async def write(self, topic: str, ctx: WorkflowContext[Draft]) -> None:
        answer = await self.agent.run(topic)
        page = httpx.get("https://example.org").text
        await ctx.send_message(Draft(text=answer.text, score=int(answer.text), page=page, topic=topic.strip()))
judge = client.as_agent(name="judge", instructions="Judge.")
strict = Agent(client, "Judge.", name="strict", default_options={"response_format": Verdict})
writer = Writer()
flow = WorkflowBuilder(start_executor=writer).add_edge(writer, judge).add_edge(judge, strict).build()
"""
PYDANTIC_GRAPH = """\
from __future__ import annotations
from dataclasses import dataclass, field
from pydantic import BaseModel
from pydantic_ai import Agent
from pydantic_graph import BaseNode, End, Graph, GraphRunContext
class Plan(BaseModel):
    title: str
writer = Agent("openai:gpt-4o", instructions="Write.")
planner = Agent("openai:gpt-4o", output_type=Plan, instructions="Plan.")
@dataclass
class State:
    text: str = ""
    title: str = ""
    lines: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    size: int = 0
    answer: str = ""
@dataclass
class Write(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> Ask:
        result = await writer.run("x")
        plan = await planner.run("y")
        ctx.state.text = result.output
        ctx.state.title = plan.output.title
        ctx.state.lines = result.output.split("\\n")
        ctx.state.size = 3
        return Ask()
@dataclass
class Ask(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> End[str]:
        ctx.state.answer = input("Good?")
        return End(ctx.state.answer)
graph = Graph(nodes=(Write, Ask))
"""
CREWAI = """\
from crewai import Agent, Crew, LLM, Task
from crewai.flow.flow import Flow, listen, start
from pydantic import BaseModel
import requests
class Verdict(BaseModel):
    good: bool
class State(BaseModel):
    topic: str = ""
    report: str = ""
    page: str = ""
    words: list = []
llm = LLM(model="gpt-4o")
editor = Agent(role="Editor", goal="Edit", backstory="Edits")
write = Task(name="write", description="Write", expected_output="A text", agent=editor)
judge = Task(name="judge", description="Judge", expected_output="A verdict", agent=editor, output_pydantic=Verdict)
crew = Crew(agents=[editor], tasks=[write, judge])
class Desk(Flow[State]):
    @start()
    def begin(self):
        self.state.topic = "bread"
        return requests.get("https://example.org").text
    @listen(begin)
    def assemble(self, page):
        self.state.page = page
        result = crew.kickoff(inputs={"topic": self.state.topic})
        self.state.report = result.raw
        self.state.words = result.raw.split()
        return result.pydantic
    @listen(assemble)
    def publish(self, verdict):
        print(verdict.good, self.state.report, self.state.words)
desk = Desk()
desk.kickoff()
"""
GOOGLE_ADK = """\
from google.adk.agents import BaseAgent, LlmAgent, SequentialAgent
from google.adk.events import Event, EventActions
from pydantic import BaseModel
import json
import requests
class Plan(BaseModel):
    title: str
writer = LlmAgent(name="writer", model="gemini-2.5-flash", instruction="Write.", output_key="draft")
planner = LlmAgent(
    name="planner", model="gemini-2.5-flash", instruction="Plan.", output_key="plan", output_schema=Plan
)
class Fetcher(BaseAgent):
    async def _run_async_impl(self, ctx):
        ctx.session.state["page"] = requests.get("https://example.org").text
        ctx.session.state["tries"] = 1
        yield Event(author=self.name, actions=EventActions(state_delta={"rows": json.load(open("rows.json"))}))
root_agent = SequentialAgent(name="desk", sub_agents=[writer, planner, Fetcher(name="fetcher")])
"""
HAYSTACK = """\
import json
from haystack import Pipeline, component
from haystack.components.builders import PromptBuilder
from haystack.components.fetchers import LinkContentFetcher
from haystack.components.generators import OpenAIGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from openai import OpenAI
client = OpenAI()
@component
class Judge:
    @component.output_types(verdict=str, score=int, size=int)
    def run(self, replies: list[str]):
        text = client.chat.completions.create(model="m", messages=[]).choices[0].message.content
        return {"verdict": text, "score": json.loads(text)["score"], "size": len(replies)}
pipe = Pipeline()
pipe.add_component("fetcher", LinkContentFetcher())
pipe.add_component("retriever", InMemoryBM25Retriever(document_store=None))
pipe.add_component("prompt", PromptBuilder(template="{{documents}}"))
pipe.add_component("llm", OpenAIGenerator())
pipe.add_component("judge", Judge())
pipe.connect("retriever.documents", "prompt.documents")
pipe.connect("prompt.prompt", "llm.prompt")
pipe.connect("llm.replies", "judge.replies")
"""
OPENAI_AGENTS = """\
from agents import Agent, Runner
from pydantic import BaseModel
class Plan(BaseModel):
    title: str
writer = Agent(name="writer", instructions="Write.", output_type=str)
planner = Agent(name="planner", instructions="Plan.", output_type=Plan, handoffs=[writer])
result = Runner.run_sync(planner, "Begin")
"""
AUTOGEN = """\
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient
from pydantic import BaseModel
class Plan(BaseModel):
    title: str
client = OpenAIChatCompletionClient(model="gpt-4o")
planner = AssistantAgent("planner", client, output_content_type=Plan)
writer = AssistantAgent("writer", client)
team = RoundRobinGroupChat([planner, writer])
"""
QUESTIONS = """\
from langchain_openai import ChatOpenAI
from langgraph.graph import StateGraph
from pydantic import BaseModel
class Plan(BaseModel):
    title: str
llm = ChatOpenAI(model="gpt-4o")
def work(topic):
    plan = llm.with_structured_output(Plan).invoke(topic)
    text = llm.invoke(f"Write {plan.title}").content
    return llm.invoke(f"Shorten {text}")
"""
CASES = [
    pytest.param(
        LANGGRAPH,
        {
            "write.draft": "model-text",
            "measure.size": "parsed-text",
            "inside.draft": "model-text",
            "inside.size": "parsed-text",
            "tools.messages": "outside",
            "ask.ask": "model-text",
            "count.count": "code",
        },
        id="langgraph",
    ),
    pytest.param(
        LLAMAINDEX,
        {
            "draft.text": "model-text",
            "draft.parts": "parsed-text",
            "draft.title": "model-form",
            "draft.length": "code",
            "fetch.page": "outside",
            "confirm.words": "person",
            "finish.result": "code",
        },
        id="llamaindex",
    ),
    pytest.param(
        AGENT_FRAMEWORK,
        {
            "writer.text": "model-text",
            "writer.score": "parsed-text",
            "writer.page": "outside",
            "writer.topic": "code",
            "writer.message": "model-text outside parsed-text",
            "judge.message": "model-text",
            "strict.good": "model-form",
            "strict.message": "model-form",
        },
        id="agent_framework",
    ),
    pytest.param(
        PYDANTIC_GRAPH,
        {
            "Write.text": "model-text",
            "Write.title": "model-form",
            "Write.lines": "parsed-text",
            "Write.size": "code",
            "Ask.answer": "person",
        },
        id="pydantic_graph",
    ),
    pytest.param(
        CREWAI,
        {
            "write.write": "model-text",
            "judge.judge": "model-form",
            "judge.good": "model-form",
            "begin.topic": "code",
            "begin.begin": "outside",
            "assemble.page": "code",
            "assemble.report": "model-text",
            "assemble.words": "parsed-text",
            "assemble.assemble": "model-form",
        },
        id="crewai",
    ),
    pytest.param(
        GOOGLE_ADK,
        {
            "writer.draft": "model-text",
            "planner.plan": "model-form",
            "fetcher.page": "outside",
            "fetcher.tries": "code",
            "fetcher.rows": "outside",
        },
        id="google_adk",
    ),
    pytest.param(
        HAYSTACK,
        {
            "fetcher.streams": "outside",
            "retriever.documents": "lookup",
            "prompt.prompt": "code",
            "llm.replies": "model-text",
            "llm.meta": "model-text",
            "judge.verdict": "model-text",
            "judge.score": "parsed-text",
            "judge.size": "code",
        },
        id="haystack",
    ),
    pytest.param(
        OPENAI_AGENTS, {"writer.final_output": "model-text", "planner.title": "model-form"}, id="openai_agents"
    ),
    pytest.param(AUTOGEN, {"planner.title": "model-form"}, id="autogen"),
    pytest.param(
        QUESTIONS,
        {"work.answer": "model-form", "text.answer": "model-text", "work_2.answer": "model-text"},
        id="questions that plain code asks",
    ),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_the_front_ends(tmp_path: Path, source: str, expected: dict[str, str]) -> None:
    found = {
        f"{step.id}.{offer.name}": " ".join(offer.origins)
        for flow in workflows(tmp_path, source)
        for step in flow.steps
        for offer in step.offers
    }
    assert found == expected
