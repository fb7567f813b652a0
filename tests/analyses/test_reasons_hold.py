"""What labels say of an edge is true of that edge: nearest cases in which something else was said once."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.analyses.edge_programs import CALLED, HEAD, TEAM, chain
from wflint.analyses.labels.weights import OPPOSITES, WEIGHTS, Feature
from wflint.request import CacheChoice, Request
from wflint.survey import survey

EVENTS = """
from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step
class Planned(Event):
    plan: str
class Refused(Event):
    error: str
class Flow(Workflow):
    @step
    async def a(self, ev: StartEvent) -> Planned | Refused:
        if ev.get("topic"):
            return Planned(plan="p")
        return Refused(error="no topic")
    @step
    async def b(self, ev: Planned) -> StopEvent:
        return StopEvent(result=ev.plan)
    @step
    async def c(self, ev: Refused) -> StopEvent:
        return StopEvent(result=ev.error)
async def main():
    await Flow().run(topic="t")
"""
BY_CODE = """
import asyncio
from agents import Agent, Runner
a = Agent(name="a", instructions="Judge the text")
b = Agent(name="b", instructions="Write the text")
c = Agent(name="c", instructions="Praise the text")
async def main():
    verdict = await Runner.run(a, "judge")
    text = await Runner.run(c, f"praise {verdict.final_output}")
    if "yes" in text.final_output:
        await Runner.run(b, "write")
asyncio.run(main())
"""
RESULT = """
import asyncio
from agent_framework import ChatAgent
from agent_framework.openai import OpenAIChatClient
a = ChatAgent(chat_client=OpenAIChatClient(), name="a", instructions="Plan the text")
b = ChatAgent(chat_client=OpenAIChatClient(), name="b", instructions="Write the text")
async def main():
    plan = await a.run("plan")
    return await b.run(f"write {plan.text}")
asyncio.run(main())
"""
SELECTOR = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import SelectorGroupChat
from clients import client
b = AssistantAgent("b", model_client=client)
c = AssistantAgent("c", model_client=client)
team = SelectorGroupChat([b, c], model_client=client, termination_condition=MaxMessageTermination(4))
"""
ROUTED = """
from haystack import Pipeline
from haystack.components.converters import TextFileToDocument
from haystack.components.routers import FileTypeRouter
p = Pipeline()
p.add_component("a", FileTypeRouter(mime_types=["text/plain"]))
p.add_component("b", TextFileToDocument())
p.connect("a.text/plain", "b.sources")
p.run({"a": {"sources": ["x.txt"]}})
"""
ASKS_FIRST = (
    HEAD
    + """
def asks_first(state):
    interrupt("go on?")
    return {"notes": "x"}
"""
)


def said(folder: Path, source: str, edge: str = "a -> b") -> dict[str, str]:
    """What is said of an edge, by its kind."""
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = survey(replace(Request.of(folder), cache=CacheChoice(is_off=True)))
    ends = tuple(edge.split(" -> "))
    return {
        reason.feature: reason.text
        for flow in found.program.workflows
        for one, label in found.labels(flow).items()
        if (one.source, one.target) == ends
        for reason in label.reasons
    }


@pytest.mark.parametrize("edge", ["a -> b", "a -> c"])
def test_an_event_has_its_own_fields_whenever_it_is_sent(tmp_path: Path, edge: str) -> None:
    reasons = said(tmp_path, EVENTS, edge)
    assert Feature.POSSIBLE_OFFER not in reasons
    assert Feature.EXACT_MATCH in reasons


def test_an_event_that_is_made_without_a_field_at_times_may_lack_it(tmp_path: Path) -> None:
    source = EVENTS.replace("class Planned(Event):\n    plan: str", "class Planned(Event):\n    pass")
    source = source.replace('return Planned(plan="p")', 'return Planned(plan="p") if ev.get("more") else Planned()')
    assert Feature.POSSIBLE_OFFER in said(tmp_path, source)


def test_an_answer_that_only_decides_is_not_handed_over(tmp_path: Path) -> None:
    assert "not seen to hand anything" in said(tmp_path, BY_CODE, "c -> b")[Feature.CONTROL_ONLY]
    assert Feature.HANDED_BY_CODE in said(tmp_path, BY_CODE, "a -> c")


def test_an_answer_in_a_conversation_that_both_share_is_heard(tmp_path: Path) -> None:
    shared = BY_CODE.replace("import Agent, Runner", "import Agent, Runner, SQLiteSession").replace(
        "async def main():", "async def main():\n    session = SQLiteSession('s')"
    )
    for call in ('"judge"', 'f"praise {verdict.final_output}"', '"write"'):
        shared = shared.replace(call, f"{call}, session=session")
    reasons = said(tmp_path, shared, "c -> b")
    assert Feature.CONTROL_ONLY not in reasons
    assert "same conversation" in reasons[Feature.HANDED_BY_CODE]


def test_a_part_that_results_of_a_framework_have_is_no_form_to_rely_on(tmp_path: Path) -> None:
    reasons = said(tmp_path, RESULT)
    assert Feature.HANDED_BY_CODE in reasons
    assert not {Feature.FREE_TEXT_PARSED, Feature.NO_DECLARED_SCHEMA, Feature.TYPED} & reasons.keys()


def test_a_text_that_code_parses_is_named(tmp_path: Path) -> None:
    reasons = said(tmp_path, chain("asks", "reads_json"))
    assert reasons[Feature.CODE_READS_MODEL] == 'code goes on with what a model wrote, and parses "notes" as JSON'
    assert Feature.CODE_READS_MODEL not in said(tmp_path, chain("plain", "reads_json"))


def test_a_selector_whose_model_is_not_known_is_no_code(tmp_path: Path) -> None:
    reasons = said(tmp_path, SELECTOR, "b -> __manager__")
    assert Feature.MODEL_OUTPUT in reasons
    assert not {Feature.CODE_READS_MODEL, Feature.CODE_TO_CODE} & reasons.keys()
    assert Feature.PLAIN_CODE not in said(tmp_path, SELECTOR, "__manager__ -> b")


def test_outputs_of_a_component_of_the_framework_have_the_types_that_it_gives_them(tmp_path: Path) -> None:
    reasons = said(tmp_path, ROUTED)
    assert Feature.PLAIN_CODE in reasons
    assert Feature.NO_DECLARED_SCHEMA not in reasons


def test_what_code_hands_on_after_it_has_asked_somebody_is_not_what_they_said(tmp_path: Path) -> None:
    source = ASKS_FIRST + chain("asks_first", "uses_notes").removeprefix(HEAD)
    assert Feature.HUMAN not in said(tmp_path, source)
    assert Feature.HUMAN in said(tmp_path, chain("person", "uses_notes"))


def test_a_type_that_says_nothing_is_none(tmp_path: Path) -> None:
    declared = chain("asks", "uses_notes").replace("    notes: str\n    facts", "    notes: Any\n    facts")
    reasons = said(tmp_path, declared.replace("from typing import ", "from typing import Any, "))
    assert Feature.TYPED not in reasons
    assert Feature.NO_DECLARED_SCHEMA in reasons


def test_an_agent_has_no_code_that_might_read_more(tmp_path: Path) -> None:
    assert Feature.OPEN_CONTRACT not in said(tmp_path, TEAM.format(options=""))
    assert Feature.OPEN_CONTRACT in said(tmp_path, chain("asks", "uses_unknown"))


def test_only_what_speaks_against_a_mismatch_gives_way() -> None:
    for feature, others in OPPOSITES.items():
        assert WEIGHTS[feature] <= 0, feature
        assert all(WEIGHTS[other] >= 0 or other is Feature.CODE_READS_FINDS for other in others), feature


ROUNDS = """
from __future__ import annotations
from dataclasses import dataclass, field
from pydantic_ai import Agent
from pydantic_graph import BaseNode, End, Graph, GraphRunContext
asker = Agent("openai:gpt-4o", system_prompt="Ask a question")
@dataclass
class State:
    question: str = ""
@dataclass
class Ask(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> Check:
        ctx.state.question = (await asker.run("ask")).output
        return Check()
@dataclass
class Check(BaseNode[State, None, str]):
    async def run(self, ctx: GraphRunContext[State]) -> Again | End[str]:
        return End("done") if "tea" in ctx.state.question else Again()
@dataclass
class Again(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> Ask:
        print(ctx.state.question)
        return Ask()
graph = Graph(nodes=(Ask, Check, Again))
"""


def test_only_one_edge_of_a_loop_leads_back_wherever_runs_may_begin(tmp_path: Path) -> None:
    loops = {Feature.CYCLE, Feature.UNCOUNTED_LOOP}
    assert not loops & said(tmp_path, ROUNDS, "Ask -> Check").keys()
    assert not loops & said(tmp_path, ROUNDS, "Check -> Again").keys()
    assert loops & said(tmp_path, ROUNDS, "Again -> Ask").keys()


def test_a_call_is_no_answer_in_the_form_of_the_answers(tmp_path: Path) -> None:
    reasons = said(tmp_path, CALLED.format(options=", output_type=Reason"))
    assert reasons[Feature.MODEL_OUTPUT] == "the source produces model-generated text"
    assert reasons[Feature.MODEL_DECIDES] == "what a model says decides whether the edge is taken"
    assert Feature.STRUCTURED_OUTPUT not in reasons


QUERIES = """
from langchain.agents import create_agent
from langchain.tools import tool
b = create_agent("openai:gpt-4o", tools=[], name="b")
@tool
def ask_b(query: str) -> str:
    return b.invoke({"messages": [("user", query)]})["messages"][-1].content
a = create_agent("openai:gpt-4o", tools=[ask_b], name="a")
"""


def test_a_tool_that_runs_a_graph_hands_it_what_the_model_wrote(tmp_path: Path) -> None:
    reasons = said(tmp_path, QUERIES)
    assert Feature.CONTROL_ONLY not in reasons
    assert reasons[Feature.MODEL_OUTPUT] == "the source produces model-generated text"


def test_the_end_reads_nothing(tmp_path: Path) -> None:
    reasons = said(tmp_path, chain("asks", "uses_notes"), "b -> __end__")
    assert reasons[Feature.CONTROL_ONLY] == "the workflow ends here: none of its steps reads on"


FLOW_OF_CREWS = """
from crewai import Agent, Crew, Task
from crewai.flow.flow import Flow, listen, start
from pydantic import BaseModel
class Plan(BaseModel):
    steps: list[str]
class State(BaseModel):
    found: list[str] = []
author = Agent(role="author", goal="write", backstory="old")
class Planning(Flow[State]):
    @start()
    def a(self):
        task = Task(description="Plan it", expected_output="a plan", agent=author, output_pydantic=Plan)
        plan = Crew(agents=[author], tasks=[task]).kickoff()
        {writes}
    @listen(a)
    def b(self):
        print(self.state.found)
Planning().kickoff()
"""


@pytest.mark.parametrize(
    ("writes", "kind", "text"),
    [
        ('self.state.found = plan["steps"]', Feature.STRUCTURED_OUTPUT, "the model answers in a declared structure"),
        ("self.state.found = plan.raw", Feature.MODEL_OUTPUT, "the source produces model-generated text"),
        ("self.state.found.append(plan.raw)", Feature.MODEL_OUTPUT, "the source produces model-generated text"),
        ('self.state.found.append("x")', Feature.PLAIN_CODE, "plain code writes what the target reads"),
    ],
)
def test_what_a_flow_takes_of_a_crew(tmp_path: Path, writes: str, kind: Feature, text: str) -> None:
    assert said(tmp_path, FLOW_OF_CREWS.replace("{writes}", writes)).get(kind) == text


KEPT_BESIDE = """
from google.adk.agents import LlmAgent
from google.adk.tools.agent_tool import AgentTool

def notes(callback_context):
    callback_context.state["seen"] = "yes"

def reads(callback_context):
    print(callback_context.state.get("seen"))

b = LlmAgent(name="b", model="gemini-2.5-pro", instruction="Say how it is.", before_agent_callback=reads)
a = LlmAgent(name="a", model="gemini-2.5-pro", instruction="Plan.", tools=[AgentTool(agent=b)],
             before_agent_callback=notes)
root_agent = a
"""


def test_a_call_is_what_a_model_wrote_whatever_code_has_written_beside_it(tmp_path: Path) -> None:
    reasons = said(tmp_path, KEPT_BESIDE)
    assert Feature.PLAIN_CODE not in reasons
    assert reasons[Feature.MODEL_OUTPUT] == "the source produces model-generated text"
