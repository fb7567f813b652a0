"""What frameworks do without being told, which is no defect; and next to it what is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited, recovered
from wflint.model.finding import Level


def told(folder: Path, **files: str) -> list[str]:
    """The codes of errors and warnings about some files, by their names without `.py`."""
    for name, source in files.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return [finding.code for finding in audited(folder).findings if finding.level is not Level.NOTE]


ROW = """
from google.adk.agents import Agent, ParallelAgent, SequentialAgent
from google.adk.tools.agent_tool import AgentTool
from pydantic import BaseModel

class Person(BaseModel):
    name: str

def look(name: str) -> str:
    "Look somebody up."
    return name

code = Agent(name="code", model="gemini-2.5-flash", instruction="Write code.", output_key="program")
maths = Agent(name="maths", model="gemini-2.5-flash", instruction="Do maths.", output_key="result")
both = ParallelAgent(name="both", sub_agents=[code, maths])
end = Agent(name="end", model="gemini-2.5-flash", instruction="Sum up {program} and {result}.")
row = SequentialAgent(name="row", sub_agents=[both, end])
"""


@pytest.mark.parametrize("held", ["sub_agents=[row]", "tools=[AgentTool(row)]"])
def test_who_is_given_the_word_begins_with_all_of_its_agents(tmp_path: Path, held: str) -> None:
    head = f'root_agent = Agent(name="head", model="gemini-2.5-flash", instruction="Lead.", {held})\n'
    assert told(tmp_path, agent=ROW + head) == []
    (flow,) = recovered(tmp_path).workflows
    assert {step.id for step in flow.steps} == {"__start__", "head", "code", "maths", "end"}


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        pytest.param("tools=[look], output_schema=Person", [], id="the tool for the answer"),
        pytest.param("tools=[look]", ["WF003"], id="no form of the answer"),
        pytest.param("tools=[look], output_schema=None", ["WF003"], id="None"),
    ],
)
def test_an_agent_is_given_a_tool_to_answer_in_a_form(tmp_path: Path, given: str, codes: list[str]) -> None:
    lone = 'root_agent = Agent(name="lone", model="gemini-2.5-flash", instruction="{}", {})\n'
    text = "Use the set_model_response tool to answer."
    assert told(tmp_path, agent=ROW.split("code =", maxsplit=1)[0] + lone.format(text, given)) == codes


BESIDE = """
from google.adk.agents import Agent

lone = Agent(name="lone", model="gemini-2.5-flash", instruction="Write.")
sub = Agent(name="sub", model="gemini-2.5-flash", instruction="Help.")
root_agent = Agent(name="root", model="gemini-2.5-flash", instruction="Lead.", sub_agents=[sub])
"""


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        pytest.param("import team.agent\n\ndef test_it():\n    assert team.agent.lone\n", [], id="through the package"),
        pytest.param(
            "from team import agent as held\n\ndef test_it():\n    assert held.lone\n", [], id="of the module"
        ),
        pytest.param("import team.agent\n\ndef test_it():\n    assert team.agent.sub\n", ["WF301"], id="another one"),
        pytest.param(
            "import team.agent\n\ndef test_it(other):\n    assert other.lone\n", ["WF301"], id="of something else"
        ),
    ],
)
def test_an_agent_that_other_code_looks_up_in_its_module_is_used(tmp_path: Path, other: str, codes: list[str]) -> None:
    files = {"team/__init__": "from . import agent\n", "team/agent": BESIDE, "test_it": other}
    assert told(tmp_path, **files) == codes


MIDDLEWARE = """
from typing import Annotated
from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, AgentState
from langchain.agents.middleware.types import OmitFromInput, OmitFromOutput, OmitFromSchema, PrivateStateAttr

class Own(AgentState):
    user: str

class Counted(AgentState):
    budget: int
    spent: Annotated[int, OmitFromInput]
    trace: Annotated[str, OmitFromOutput]
    secret: Annotated[str, PrivateStateAttr]
    half: Annotated[str, OmitFromSchema(input=True, output=False)]

class Counting(AgentMiddleware):
    state_schema: type[Counted] = Counted

    def before_model(self, state, runtime):
        return {"spent": state["budget"], "trace": "t", "secret": "s", "half": "h"}

class Reading(AgentMiddleware):
    def after_model(self, state: AgentState, runtime):
        print(state["secret"])

agent = create_agent("openai:gpt-5", state_schema=Own, middleware=[Counting(), Reading()])
result = agent.invoke({"messages": [], "user": "Ada"%s})
print(%s)
"""


@pytest.mark.parametrize(
    ("given", "used", "codes"),
    [
        pytest.param(
            ', "budget": 3', 'result["user"], result["budget"], result["spent"], result["half"]', [], id="kept"
        ),
        pytest.param(', "budget": 3', '"secret" not in result', [], id="absent"),
        pytest.param(', "budget": 3', 'result["secret"]', ["WF109"], id="private"),
        pytest.param(', "budget": 3', 'result["trace"]', ["WF109"], id="not in the output"),
        pytest.param("", 'result["user"]', ["WF101"], id="never given"),
    ],
)
def test_an_agent_keeps_what_its_middleware_declares(tmp_path: Path, given: str, used: str, codes: list[str]) -> None:
    assert told(tmp_path, agent=MIDDLEWARE % (given, used)) == codes


PIPELINE = """
from haystack import Pipeline, component

@component
class Source:
    @component.output_types(text=str)
    def run(self, query: str):
        return {"text": query}

@component
class Sink:
    @component.output_types(result=str)
    def run(self, text: str):
        return {"result": text}

p = Pipeline()
p.add_component("source", Source())
"""
EXTENDED = """
p.add_component("sink", Sink())
p.connect("source.text", "sink.text")
print(p.run({"source": {"query": "q"}})["sink"]["result"])
"""
FIRST = """
first = p.run({"source": {"query": "q"}})
print(first["source"]["text"])
"""


@pytest.mark.parametrize(
    ("code", "codes"),
    [(FIRST + EXTENDED, []), (EXTENDED + FIRST, ["WF109"]), (FIRST, [])],
    ids=["before", "after", "alone"],
)
def test_a_run_before_a_pipeline_is_extended_is_of_the_smaller_one(tmp_path: Path, code: str, codes: list[str]) -> None:
    assert told(tmp_path, pipeline=PIPELINE + code) == codes


FLOW = """
from crewai.flow.flow import Flow, listen, or_, router, start

class Desk(Flow):
    @start()
    def read(self):
        return input()

    @router(read)
    def parse(self, text):
        if text:
            return "parsed"
        return "broken"

    @listen("broken")
    def mend(self):
        return "mended"

    @{deco}
    def sort(self):
        return "long"

Desk().kickoff()
"""


@pytest.mark.parametrize(
    ("deco", "found"),
    [
        pytest.param("listen(parse)", [], id="the router itself"),
        pytest.param("router(parse)", [], id="the router itself, by a router"),
        pytest.param("listen(mend)", [("WF401", Level.WARNING)], id="nobody"),
        pytest.param('listen(or_(parse, "later"))', [("WF303", Level.WARNING)], id="a label beside others"),
        pytest.param(
            'listen("later")', [("WF303", Level.WARNING), ("WF401", Level.WARNING)], id="a label that is taken as it is"
        ),
        pytest.param('listen("parsd")', [("WF303", Level.WARNING), ("WF401", Level.WARNING)], id="a misspelt label"),
        pytest.param('listen("mende")', [("WF303", Level.ERROR), ("WF401", Level.WARNING)], id="not quite a step"),
    ],
)
def test_labels_that_nobody_waits_for_and_those_that_nobody_returns(
    tmp_path: Path, deco: str, found: list[tuple[str, Level]]
) -> None:
    told(tmp_path, flow=FLOW.replace("{deco}", deco))
    findings = audited(tmp_path).findings
    assert sorted({(f.code, f.level) for f in findings if f.code in ("WF303", "WF401")}) == found


READING = """
from crewai.flow.flow import Flow, start
from crewai.hooks import InterceptionPoint, on

@on(InterceptionPoint.{point})
def look(ctx):
    return {{**(ctx.payload or {{}}), "injected": "by-hook"}}

class Desk(Flow):
    @start()
    def read(self):
        return self.state["injected"]

Desk().kickoff(inputs={{"seed": 1}})
"""


@pytest.mark.parametrize(("point", "codes"), [("INPUT", []), ("OUTPUT", ["WF101"])])
def test_a_hook_for_all_runs_may_add_to_their_inputs(tmp_path: Path, point: str, codes: list[str]) -> None:
    assert told(tmp_path, flow=READING.format(point=point)) == codes


RESUMED = """
import asyncio
from dataclasses import dataclass
from agents import Agent, RunContextWrapper, Runner, function_tool

@dataclass
class User:
    name: str

def told(ctx: RunContextWrapper[User], agent) -> str:
    return "Greet " + ctx.context.name

clerk = Agent[User](name="clerk", instructions=told, model="gpt-5")

async def main(text, result):
    state = result.to_state()
    await Runner.run(clerk, {given})

asyncio.run(main("hi", None))
"""


@pytest.mark.parametrize(("given", "codes"), [("state", []), ("input=state", []), ("text", ["WF304"])])
def test_a_run_that_is_taken_up_again_has_its_context(tmp_path: Path, given: str, codes: list[str]) -> None:
    assert told(tmp_path, run=RESUMED.format(given=given)) == codes


KEPT = """
from dataclasses import dataclass
from agents import Agent, Runner, RunState

@dataclass
class Desk:
    clerk: Agent

class Office:
    def __init__(self, clerk):
        clerk.model = "gpt-5"

def main():
    idle = Agent(name="idle", instructions="Sort.", model="gpt-5")
    desk = {given}
    bills = Agent(name="bills", instructions="Bill.", model="gpt-5")
    busy = Agent(name="busy", instructions="Greet.", model="gpt-5", handoffs=[bills])
    return Runner.run_sync(busy, "hi")

main()
"""


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        pytest.param("Desk(clerk=idle)", ["WF301"], id="kept and forgotten"),
        pytest.param("RunState(starting_agent=idle)", [], id="a class of the library"),
        pytest.param("Office(clerk=idle)", [], id="a class with code of its own"),
    ],
)
def test_an_agent_that_is_handed_out(tmp_path: Path, given: str, codes: list[str]) -> None:
    assert told(tmp_path, run=KEPT.format(given=given)) == codes


FORCED = """
from agents import Agent, ModelSettings, Runner, function_tool
from agents.testing import ScriptedModel

@function_tool
def look() -> str:
    "Look."
    return "seen"

def test_it():
    clerk = Agent(
        name="clerk", tools=[look], model={model},
        model_settings=ModelSettings(tool_choice="required"), reset_tool_choice=False,
    )
    Runner.run_sync(clerk, "hi")
"""


@pytest.mark.parametrize(
    ("name", "model", "codes"),
    [
        pytest.param("test_run", "ScriptedModel()", [], id="a script in a test"),
        pytest.param("run", "ScriptedModel()", ["WF701"], id="a script elsewhere"),
        pytest.param("test_run", "'gpt-5'", ["WF701"], id="a model"),
    ],
)
def test_a_script_need_not_call_what_it_is_told_to(tmp_path: Path, name: str, model: str, codes: list[str]) -> None:
    assert told(tmp_path, **{name: FORCED.format(model=model)}) == codes


SPOKEN = """
from agents import Agent, Runner, function_tool
from agents.realtime import RealtimeAgent, RealtimeRunner

@function_tool(name_override="transfer_to_billing")
def bill() -> str:
    "Bill."
    return "billed"

billing = {kind}(name="billing", instructions="Bill.")
desk = {kind}(name="desk", instructions="Greet.", tools=[bill], handoffs=[billing])
{run}
"""


@pytest.mark.parametrize(
    ("kind", "run", "codes"),
    [("Agent", 'Runner.run_sync(desk, "hi")', ["WF407"]), ("RealtimeAgent", "RealtimeRunner(desk)", [])],
)
def test_agents_that_speak_are_refused_where_two_of_a_name_meet(
    tmp_path: Path, kind: str, run: str, codes: list[str]
) -> None:
    assert told(tmp_path, run=SPOKEN.format(kind=kind, run=run)) == codes


TEAM = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient

async def test_it():
    client = OpenAIChatCompletionClient(model="gpt-5")
    left = AssistantAgent("left", model_client=client)
    right = AssistantAgent("right", model_client=client)
    team = RoundRobinGroupChat([left, right])
    {used}
"""


@pytest.mark.parametrize(
    ("name", "used", "codes"),
    [
        pytest.param("test_team", "assert team.dump_component()", [], id="built by a test"),
        pytest.param("test_team", 'await team.run(task="Talk.")', ["WF701"], id="run by a test"),
        pytest.param("team", "assert team.dump_component()", ["WF701"], id="built elsewhere"),
    ],
)
def test_what_a_test_only_builds_has_no_runs_that_could_go_wrong(
    tmp_path: Path, name: str, used: str, codes: list[str]
) -> None:
    product = TEAM.replace("right])", "right], max_turns=2)").format(used='await team.run(task="Talk.")')
    assert told(tmp_path, product=product, **{name: TEAM.format(used=used)}) == codes


SPEAKING = """
import asyncio
from dataclasses import dataclass
from autogen_core import (
    AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, TopicId, message_handler,
)

@dataclass
class Ask:
    text: str

@dataclass
class Speak:
    text: str

class Clerk(RoutedAgent):
    @message_handler
    async def ask(self, message: Ask, ctx: MessageContext) -> Ask:
        return message

    @message_handler
    async def speak(self, message: Speak, ctx: MessageContext) -> None:
        await self.publish_message(Ask("hi"), TopicId("nobody", "default"))

async def main():
    runtime = SingleThreadedAgentRuntime()
    await Clerk.register(runtime, "clerk", lambda: Clerk("files"))
    runtime.start()
    await runtime.send_message({sent}("hi"), AgentId("clerk", "default"))
    await runtime.stop_when_idle()

asyncio.run(main())
"""


@pytest.mark.parametrize(("sent", "codes"), [("Speak", ["WF407"]), ("Ask", [])])
def test_what_a_handler_sends_that_no_message_gets_to_is_never_lost(
    tmp_path: Path, sent: str, codes: list[str]
) -> None:
    assert told(tmp_path, run=SPEAKING.format(sent=sent)) == codes


TYPED = """
from __future__ import annotations
from dataclasses import dataclass
from typing import Generic, TypeVar
from pydantic_graph import BaseNode, End, Graph, GraphBuilder, GraphRunContext

T = TypeVar("T")

@dataclass
class Ask(BaseNode[None, None, str], Generic[T]):
    async def run(self, ctx: GraphRunContext) -> Tell[T]:
        return Tell()

@dataclass
class Tell(BaseNode[None, None, str], Generic[T]):
    async def run(self, ctx: GraphRunContext) -> End[str]:
        return End("x")

g = GraphBuilder(input_type=Ask[int], output_type=str)
"""
ADDED = "g.add(g.edge_from(g.start_node).to(Ask[int]), g.node(Ask[int]), g.node(Tell[int]))\ngraph = g.build()\n"


@pytest.mark.parametrize("built", [ADDED, "graph = Graph(nodes=[Ask[int], Tell[int]])\n"], ids=["builder", "classes"])
def test_a_node_that_is_given_types_stands_for_its_class(tmp_path: Path, built: str) -> None:
    (tmp_path / "graph.py").write_text(TYPED + built, encoding="utf-8")
    (flow,) = recovered(tmp_path).workflows
    assert ("Ask", "Tell") in {(edge.source, edge.target) for edge in flow.edges}
    assert {step.id for step in flow.steps} >= {"Ask", "Tell"}
