"""Small programs whose edge from "a" to "b" is labelled, for the tests of the labels' features."""

from __future__ import annotations

HEAD = """\
from typing import Annotated, Literal, TypedDict
import json
import operator
import httpx
from tavily import TavilyClient
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
from langgraph.prebuilt import ToolNode
from langgraph.types import Command, RetryPolicy, Send, interrupt
from pydantic import BaseModel

llm = ChatOpenAI(model="gpt-4o")
def lookup(word: str) -> str: ...

class Plan(BaseModel):
    goal: str
    steps: list[str]

class Loose(TypedDict):
    goal: str

class State(TypedDict):
    topic: str
    plan: Plan
    notes: str
    facts: list
    text: str
    score: float

class Strict(BaseModel):
    topic: str = ""
    plan: Plan | None = None
    notes: str = ""
    text: str = ""

def plain(state): return {"notes": "x"}
def asks(state): return {"notes": llm.invoke(state["topic"]).content}
def plans(state): return {"plan": llm.with_structured_output(Plan).invoke(state["topic"])}
def plans_loosely(state): return {"plan": llm.with_structured_output(Loose).invoke(state["topic"])}
def plans_again(state): return {"plan": llm.with_structured_output(Plan).with_retry().invoke(state["topic"])}
def parses(state): return {"score": float(llm.invoke(state["topic"]).content)}
def searches(state): return {"notes": TavilyClient().search(state["topic"])}
def fetches(state): return {"notes": httpx.get(state["topic"]).text}
def carefully(state):
    try:
        return {"notes": httpx.get(state["topic"]).text}
    except httpx.HTTPError:
        return {"notes": ""}
def person(state): return {"notes": interrupt("what do you think?")}
def sometimes(state): return {"notes": "x"} if state["topic"] else {}
def ranks(state): return {"facts": [1], "score": 0.5}
def uses_notes(state): return {"text": state["notes"]}
def uses_plan(state): return {"text": state["plan"].goal}
def uses_key(state): return {"text": state["score"]["goal"]}
def reads_json(state): return {"text": json.loads(state["notes"])}
def uses_score(state): return {"text": str(state["score"])}
def uses_topic(state): return {"text": state["topic"]}
def uses_parts(state): return {"text": state["facts"][0].title}
def uses_unknown(state): return {"text": somebody(state)}
def retells(state): return {"text": llm.invoke(state["notes"]).content}
def may_use(state): return {"text": state.get("notes", "")}
def may_retell(state): return {"text": llm.invoke(state.get("notes", "")).content}
def done(state): return {}
def write(state): return {"text": "y"}
"""
CHAIN = """
builder = StateGraph({state})
builder.add_node("a", {a})
builder.add_node("b", {b})
builder.add_edge(START, "a")
builder.add_edge("a", "b")
builder.add_edge("b", END)
graph = builder.compile()
"""
RUN = 'graph.invoke({"topic": "t"})\n'


def chain(a: str, b: str, state: str = "State") -> str:
    return HEAD + CHAIN.format(a=a, b=b, state=state) + RUN


def spoken(condition: str, first: str = "a") -> str:
    """A team with a termination condition, in which `first` speaks first."""
    names = "[a, b]" if first == "a" else "[b, a]"
    made = TEAM.replace("[a, b]", f"{names}, termination_condition={condition}").format(options="")
    return f"from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination\n{made}"


GUARDED = """
def decide(state) -> Literal["b", "__end__"]:
    if {test}:
        return "b"
    return END
builder = StateGraph(State)
builder.add_node("a", sometimes)
builder.add_node("b", uses_notes)
builder.add_edge(START, "a")
builder.add_conditional_edges("a", decide)
builder.add_edge("b", END)
graph = builder.compile()
"""
CHOSEN = """
def decide(state) -> Literal["b", "__end__"]: return "b" if "yes" in state["notes"] else END
builder = StateGraph(State)
builder.add_node("a", {a})
builder.add_node("b", uses_notes)
builder.add_edge(START, "a")
builder.add_conditional_edges("a", decide)
builder.add_edge("b", END)
graph = builder.compile()
"""
LOOP = """
def decide(state) -> Literal["a", "__end__"]: return "a" if state["topic"] else END
builder = StateGraph(State)
builder.add_node("a", plain)
builder.add_node("b", uses_notes)
builder.add_edge(START, "a")
builder.add_edge("a", "b")
builder.add_conditional_edges({around}, {decision})
graph = builder.compile()
"""
BACK = LOOP.replace('START, "a"', 'START, "b"').format(around='"b"', decision="decide")
AROUND = """
def decide(state) -> Literal["fill", "b"]: return "fill" if state["topic"] else "b"
builder = StateGraph(State)
builder.add_node("a", write)
builder.add_node("fill", {fill})
builder.add_node("b", uses_notes)
builder.add_edge(START, "a")
builder.add_conditional_edges("a", decide)
builder.add_edge("fill", "b")
builder.add_edge("b", END)
graph = builder.compile()
"""
MANY = """
builder = StateGraph(State)
for name in {names}:
    builder.add_node(name, write)
    builder.add_edge(START, name)
    builder.add_edge(name, "b")
builder.add_node("b", uses_topic)
builder.add_edge("b", END)
graph = builder.compile()
"""
NEWS = """
from langgraph.graph import StateGraph as Graph
class News(TypedDict):
    article: str
    research_notes: str
    {offered}: str
    post: str
def take(state): return {{"{offered}": llm.invoke(state["article"]).content}}
def post(state): return {{"post": llm.invoke(state["research_notes"]).content}}
builder = StateGraph(News)
builder.add_node("a", take)
builder.add_node("b", post)
builder.add_edge(START, "a")
builder.add_edge("a", "b")
builder.add_edge("b", END)
graph = builder.compile()
"""
TOOLED = """
class Talk(TypedDict):
    messages: Annotated[list, operator.add]
def says(state): return {"messages": [llm.invoke(state["messages"])]}
builder = StateGraph(Talk)
builder.add_node("a", ToolNode([lookup]))
builder.add_node("b", says)
builder.add_edge(START, "a")
builder.add_edge("a", "b")
builder.add_edge("b", END)
graph = builder.compile()
"""
THROUGH = """
def log(state): return {{"score": 0.5}}
def rewrites(state): return {{"notes": "x"}}
builder = StateGraph(State)
builder.add_sequence([("w", asks), ("a", {between}), ("b", uses_notes)])
builder.add_edge(START, "w")
builder.add_edge("b", END)
graph = builder.compile()
"""
SUPERVISED = """
def picks(state):
    answer = llm.with_structured_output(Plan).invoke(state["topic"])
    return {{"notes": "end" if answer.goal == "FINISH" else {picked}}}
def way(state): return state["notes"]
builder = StateGraph(State)
builder.add_node("a", picks)
builder.add_node("b", uses_topic)
builder.add_node("c", uses_topic)
builder.add_edge(START, "a")
builder.add_conditional_edges("a", way, {{"b": "b", "c": "c", "end": END}})
builder.add_edge("b", "a")
builder.add_edge("c", "a")
graph = builder.compile()
graph.invoke({{"topic": "t"}})
"""
SHORTENED = """
def shortens(state): return {{"text": state["notes"][:80]}}
def uses_text(state): return {{"topic": state["text"]}}
builder = StateGraph(State)
builder.add_sequence([("w", {first}), ("a", shortens), ("b", uses_text)])
builder.add_edge(START, "w")
builder.add_edge("b", END)
graph = builder.compile()
graph.invoke({{"topic": "t"}})
"""
TOOLS_AGAIN = """
class Talk(TypedDict):
    messages: Annotated[list, operator.add]
def says(state): return {{"messages": [llm.invoke(state["messages"])]}}
def runs(state): return {{"messages": [httpx.get(state["messages"][-1]).text]}}
def more(state) -> Literal["a", "__end__"]: return "a" if state["messages"] else END
builder = StateGraph(Talk)
builder.add_node("a", {tools})
builder.add_node("b", says)
builder.add_edge(START, "b")
builder.add_edge("a", "b")
builder.{on}
graph = builder.compile()
"""
RETRIED = chain("plans", "uses_plan").replace('("a", plans)', '("a", plans, retry_policy=RetryPolicy({on}))')
FLOW = """
from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent
class Draft(Event):
    text: str
class Writer(Workflow):
    @step{again}
    async def a(self, ev: StartEvent) -> Draft:
        return Draft(text="x")
    @step
    async def b(self, ev: Draft) -> StopEvent:
        return StopEvent(result=ev.text)
"""
ASKED = "from llama_index.llms.openai import OpenAI\nllm = OpenAI()" + FLOW.replace(
    'text="x"', 'text=str(await llm.acomplete("x"))'
)
CREW = """
from crewai import Agent, Crew, Task
from pydantic import BaseModel
class Plan(BaseModel):
    goal: str
def is_long(output): return (True, output)
author = Agent(role="author", goal="write", backstory="old")
a = Task(description="Plan it", expected_output="a plan", agent=author{options})
b = Task(description="Write it", expected_output="a text", agent=author)
crew = Crew(agents=[author], tasks=[a, b])
crew.kickoff()
"""
LOOK = "def look(word: str) -> str: ...\n"
TEAM = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat
from pydantic import BaseModel
class Plan(BaseModel):
    goal: str
a = AssistantAgent("a", model_client=client{options})
b = AssistantAgent("b", model_client=client)
team = RoundRobinGroupChat([a, b])
"""
GRAPH = """
from dataclasses import dataclass
from pydantic import BaseModel
from pydantic_ai import Agent, ModelRetry
from pydantic_graph import BaseNode, End, Graph, GraphRunContext
class Plan(BaseModel):
    goal: str
@dataclass
class State:
    notes: str = ""
planner = Agent("openai:gpt-4o"{options})
{validator}
async def look(output): return output
@dataclass
class A(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> "B":
        answer = await planner.run("plan")
        ctx.state.notes = answer.output
        return B()
@dataclass
class B(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> End[str]:
        return End(ctx.state.notes)
graph = Graph(nodes=[A, B])
"""
HANDOFF = """
from agents import Agent, handoff
from pydantic import BaseModel
class Reason(BaseModel):
    why: str
b = Agent(name="b", instructions="Refund")
a = Agent(name="a", instructions="Triage"{options}, handoffs=[{handoff}])
"""
CALLED = """
from agents import Agent
from pydantic import BaseModel
class Reason(BaseModel):
    why: str
b = Agent(name="b", instructions="Refund")
a = Agent(name="a", instructions="Triage"{options}, tools=[b.as_tool(tool_name="refund", tool_description="refunds")])
"""
AGENTS = """
from google.adk.agents import LlmAgent, SequentialAgent
from pydantic import BaseModel
class Plan(BaseModel):
    goal: str
a = LlmAgent(name="a", model="gemini-2.0-flash", instruction="Plan", output_key="plan"{options})
b = LlmAgent(name="b", model="gemini-2.0-flash", instruction="Write from {{plan}}")
root_agent = SequentialAgent(name="root", sub_agents=[a, b])
"""
PIPELINE = """
from haystack import Pipeline
from haystack.components.validators import JsonSchemaValidator
from haystack.components.builders import ChatPromptBuilder
from haystack.components.joiners import BranchJoiner
from haystack.dataclasses import ChatMessage
pipeline = Pipeline()
pipeline.add_component("a", {made})
pipeline.add_component("b", BranchJoiner(type_=list[ChatMessage]))
pipeline.connect("a.{socket}", "b.value")
"""


def crew(options: str = "") -> str:
    return CREW.format(options=options)


def graph(options: str = "", validator: str = "") -> str:
    return GRAPH.format(options=options, validator=validator)


def tools_again(tools: str, on: str = 'add_conditional_edges("b", more)') -> str:
    """Tools that a model asks for, once or as often as it likes."""
    return TOOLS_AGAIN.format(tools=tools, on=on)


IMPERATIVE = """
import asyncio
from agents import Agent, Runner
a = Agent(name="a", instructions="Plan the text")
b = Agent(name="b", instructions="Write the text")
async def main():
    plan = await Runner.run(a, "plan")
    return await Runner.run(b, plan.final_output)
asyncio.run(main())
"""
PICKED = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import SelectorGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient
client = OpenAIChatCompletionClient(model="gpt-4o")
b = AssistantAgent("b", model_client=client)
c = AssistantAgent("c", model_client=client)
team = SelectorGroupChat([b, c], model_client=client, termination_condition=MaxMessageTermination(4))
"""
NESTED = """
class Inner(TypedDict):
    notes: str
inner = StateGraph(Inner)
inner.add_node("w", plain)
inner.add_edge(START, "w")
inner.add_edge("w", END)
builder = StateGraph(State)
builder.add_node("a", inner.compile())
builder.add_node("b", uses_notes)
builder.add_edge(START, "a")
builder.add_edge("a", "b")
builder.add_edge("b", END)
graph = builder.compile()
"""
AROUND_FOR_EVER = """
builder = StateGraph(State)
builder.add_node("a", plain)
builder.add_node("b", done)
builder.add_edge(START, "a")
builder.add_edge("a", "b")
builder.add_edge("b", "a")
graph = builder.compile()
"""
NODES = """
from __future__ import annotations
from dataclasses import dataclass
from pydantic_graph import BaseNode, End, Graph, GraphRunContext
@dataclass
class A(BaseNode):
    async def run(self, ctx: GraphRunContext) -> B:
        return B({argument})
@dataclass
class B(BaseNode):
    {field}
    async def run(self, ctx: GraphRunContext) -> End[int]:
        return End(1)
graph = Graph(nodes=[A, B])
"""
