"""Every feature of an edge, told from real source: where it speaks, and the nearest code where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from wflint.analyses.labels.weights import Feature
from wflint.request import CacheChoice, Request
from wflint.survey import survey

HEAD = """\
from typing import Annotated, Literal, TypedDict
import operator
import httpx
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
def uses_score(state): return {"text": str(state["score"])}
def uses_topic(state): return {"text": state["topic"]}
def uses_parts(state): return {"text": state["facts"][0].title}
def uses_unknown(state): return {"text": somebody(state)}
def retells(state): return {"text": llm.invoke(state["notes"]).content}
def may_use(state): return {"text": state.get("notes", "")}
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


def features(folder: Path, source: str, edge: str = "a -> b") -> set[str]:
    """The features of an edge; steps that frameworks name by their classes are capital letters."""
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = survey(replace(Request.of(folder), cache=CacheChoice(is_off=True)))
    ends = tuple(name.strip() for name in edge.split("->"))
    (flow,) = found.program.workflows
    labels = found.labels(flow)
    return {
        reason.feature
        for one in flow.edges
        if (one.source.lower(), one.target.lower()) == ends
        for reason in labels[one].reasons
    }


def spoken(condition: str) -> str:
    """A team with a termination condition."""
    made = TEAM.replace("[a, b]", f"[a, b], termination_condition={condition}").format(options="")
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


CASES = [
    (Feature.CONTROL_ONLY, chain("asks", "done"), chain("asks", "uses_notes")),
    (Feature.MODEL_DECIDES, HANDOFF.format(options="", handoff="b"), TEAM.format(options="")),
    (Feature.MODEL_DECIDES, HEAD + CHOSEN.format(a="asks"), HEAD + CHOSEN.format(a="plain")),
    (Feature.ENDLESS_LOOP, TEAM.format(options=""), TEAM.replace("[a, b]", "[a, b], max_turns=4").format(options="")),
    (Feature.UNCOUNTED_LOOP, spoken('TextMentionTermination("DONE")'),
     spoken('TextMentionTermination("DONE") | MaxMessageTermination(9)')),
    (Feature.CALLER_INPUT, chain("asks", "uses_topic"), chain("asks", "uses_notes")),
    (Feature.EXACT_MATCH, chain("plain", "uses_notes"), chain("plain", "uses_unknown")),
    (Feature.MISSING_FIELD, chain("plain", "uses_score"), chain("ranks", "uses_score")),
    (Feature.SOFT_MATCH_ONLY, HEAD + NEWS.format(offered="notes"), HEAD + NEWS.format(offered="price")),
    (Feature.PATH_DEPENDENT, HEAD + AROUND.format(fill="plain") + RUN, HEAD + AROUND.format(fill="write") + RUN),
    (Feature.POSSIBLE_OFFER, chain("sometimes", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.MODEL_OUTPUT, chain("asks", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.STRUCTURED_OUTPUT, chain("plans", "uses_plan"), chain("parses", "uses_score")),
    (Feature.STRUCTURED_OUTPUT, chain("plans_loosely", "uses_plan"), chain("asks", "uses_notes")),
    (Feature.ENFORCED_FORM, chain("plans", "uses_plan"), chain("plans_loosely", "uses_plan")),
    (Feature.VALIDATED_INPUT, chain("plain", "uses_notes", "Strict"), chain("plain", "uses_notes")),
    (Feature.RETRY_ON_VALIDATION, chain("plans_again", "uses_plan"), chain("plans", "uses_plan")),
    (Feature.RETRY_ON_VALIDATION, RETRIED.replace("{on}", "retry_on=ValueError"), RETRIED.replace("{on}", "")),
    (Feature.RETRIES, RETRIED.replace("{on}", ""), chain("plans", "uses_plan")),
    (Feature.PLAIN_CODE, chain("plain", "uses_notes"), chain("asks", "uses_notes")),
    (Feature.NO_DECLARED_SCHEMA, chain("asks", "uses_notes", "dict"), chain("asks", "uses_notes")),
    (Feature.TYPED, chain("asks", "uses_notes"), chain("asks", "uses_notes", "dict")),
    (Feature.FREE_TEXT_PARSED, chain("plans", "uses_plan", "dict").replace(".with_structured_output(Plan)", ""),
     chain("plans", "uses_plan")),
    (Feature.VALIDATOR, HEAD + GUARDED.replace("{test}", 'state.get("notes")') + RUN,
     HEAD + GUARDED.replace("{test}", 'state.get("topic")') + RUN),
    (Feature.OPEN_CONTRACT, chain("asks", "uses_unknown"), chain("asks", "uses_notes")),
    (Feature.OPEN_ROUTER, HEAD + LOOP.format(around='"a"', decision="somewhere"),
     HEAD + LOOP.format(around='"b"', decision="decide")),
    (Feature.CYCLE, HEAD + LOOP.format(around='"b"', decision="decide"), chain("plain", "uses_notes")),
    (Feature.LONG_FAN_IN, HEAD + MANY.format(names='["a", "c", "d"]'), HEAD + MANY.format(names='["a", "c"]')),
    (Feature.HUMAN, chain("person", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.OUTSIDE, HEAD + TOOLED, HEAD + TOOLED.replace("ToolNode([lookup])", "says")),
    (Feature.OUTSIDE, chain("fetches", "uses_notes"), chain("plain", "uses_notes")),
    (Feature.FORWARDED, HEAD + THROUGH.format(between="log"), HEAD + THROUGH.format(between="rewrites")),
    (Feature.WITH_TOOLS, LOOK + TEAM.format(options=", tools=[look]"), TEAM.format(options="")),
    (Feature.WITH_TOOLS, LOOK + TEAM.format(options=", tools=[look]"),
     LOOK + HANDOFF.format(options=", tools=[look]", handoff="b")),
    (Feature.UNCHECKED_FINDS, chain("fetches", "retells"), chain("fetches", "uses_notes")),
    (Feature.CODE_READS_MODEL, chain("asks", "uses_notes"), chain("asks", "retells")),
    (Feature.CODE_TO_CODE, chain("plain", "uses_notes"), chain("plain", "retells")),
    (Feature.SILENT_DEFAULT, chain("asks", "may_use"), chain("asks", "uses_notes")),
    (Feature.FAILURE_CAUGHT, chain("carefully", "uses_notes"), chain("fetches", "uses_notes")),
    (Feature.TOOL_LOOP, HEAD + tools_again("ToolNode([lookup])"), HEAD + TOOLED),
    (Feature.TOOL_LOOP, HEAD + tools_again("runs"),
     HEAD + tools_again("runs", 'add_edge("b", END)').replace('START, "b"', 'START, "a"')),
    (Feature.TYPED_EVENT, FLOW.format(again=""), ASKED.format(again="")),
    (Feature.PARSED_TEXT, chain("parses", "uses_score"), chain("ranks", "uses_score")),
    (Feature.TYPED_EVENT, FLOW.format(again=""), crew()),
    (Feature.RETRY_ON_VALIDATION, FLOW.format(again="(retry_policy=policy)"), FLOW.format(again="")),
    (Feature.STRUCTURED_OUTPUT, crew(", output_pydantic=Plan"), crew()),
    (Feature.ENFORCED_FORM, AGENTS.format(options=", output_schema=Plan"), crew(", output_pydantic=Plan")),
    (Feature.GUARDRAIL, crew(", guardrail=is_long"), crew()),
    (Feature.GUARDRAIL, crew(", guardrails=[is_long]"), crew(", guardrails=[]")),
    (Feature.RETRY_ON_VALIDATION, crew(", guardrail=is_long"), crew(", guardrail=is_long, guardrail_max_retries=0")),
    (Feature.STRUCTURED_OUTPUT, TEAM.format(options=", output_content_type=Plan"), TEAM.format(options="")),
    (Feature.STRUCTURED_OUTPUT, AGENTS.format(options=", output_schema=Plan"), AGENTS.format(options="")),
    (Feature.STRUCTURED_OUTPUT, graph(", output_type=Plan"), graph()),
    (Feature.RETRY_ON_VALIDATION, graph(", output_type=Plan"), graph(", output_type=Plan, retries=0")),
    (Feature.GUARDRAIL, graph(validator="@planner.output_validator"), graph()),
    (Feature.ENFORCED_FORM,
     HANDOFF.format(options="", handoff="handoff(b, input_type=Reason, on_handoff=print)"),
     HANDOFF.format(options=", output_type=Reason, output_guardrails=[print]", handoff="b")),
    (Feature.TYPED_EVENT, PIPELINE.format(made="JsonSchemaValidator()", socket="validated"),
     PIPELINE.format(made="Unheard()", socket="found")),
]  # fmt: skip


@pytest.mark.parametrize(("feature", "speaks", "silent"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)])
def test_a_feature(tmp_path: Path, feature: Feature, speaks: str, silent: str) -> None:
    assert feature in features(tmp_path, speaks)
    found = features(tmp_path, silent)
    assert Feature.BASE in found
    assert feature not in found


def test_where_the_caller_hands_over(tmp_path: Path) -> None:
    edge = "__start__ -> a"
    assert Feature.CALLERS_CONTRACT in features(tmp_path, chain("asks", "uses_notes"), edge)
    broken = features(tmp_path, chain("uses_score", "uses_notes"), edge)
    assert Feature.CALLERS_CONTRACT not in broken
    assert Feature.MISSING_FIELD in broken


def test_every_feature_has_a_case() -> None:
    assert {feature for feature, _, _ in CASES} | {Feature.BASE, Feature.CALLERS_CONTRACT} == set(Feature)


def test_what_comes_through_a_step_counts_with_its_writer(tmp_path: Path) -> None:
    assert Feature.MODEL_OUTPUT in features(tmp_path, HEAD + THROUGH.format(between="log"))
    assert Feature.PLAIN_CODE in features(tmp_path, HEAD + THROUGH.format(between="rewrites"))
    assert Feature.MODEL_OUTPUT not in features(tmp_path, HEAD + THROUGH.format(between="rewrites"))


def test_what_is_there_from_the_beginning_is_never_missing(tmp_path: Path) -> None:
    declared = HEAD.replace("    notes: str\n    facts", "    notes: Annotated[str, operator.add]\n    facts")
    source = declared + CHAIN.format(a="sometimes", b="uses_notes", state="State")
    assert Feature.POSSIBLE_OFFER not in features(tmp_path, source)
