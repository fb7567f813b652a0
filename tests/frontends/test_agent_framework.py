from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited
from tests.frontends.sources import ways, workflows
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import Aspect, Exchange, FaultKind, StepKind
from wflint.request import CacheChoice, Request

IMPORTS = """
from agent_framework import *
from agent_framework import (
    Agent, Case, Default, Executor, WorkflowBuilder, WorkflowContext, WorkflowExecutor, executor, handler,
)
from agent_framework.orchestrations import (
    ConcurrentBuilder, GroupChatBuilder, HandoffBuilder, MagenticBuilder, SequentialBuilder,
)
class Say(Executor):
    @handler
    async def say(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)
a, b, c = Say(id="a"), Say(id="b"), Say(id="c")
x, y = Agent(client=None, name="x"), Agent(client=None, name="y")
"""


@pytest.mark.parametrize(
    ("made", "name"),
    [
        pytest.param('Say(id="say")', "say", id="keyword"),
        pytest.param('Say("say")', "say", id="position"),
        pytest.param("Fixed()", "fixed", id="super with a constant"),
        pytest.param('Named("named")', "named", id="super with an argument"),
        pytest.param("plain", "plain", id="decorated function"),
        pytest.param("renamed", "other", id="decorated function with an id"),
        pytest.param('AgentExecutor(x, id="wrapped")', "wrapped", id="wrapped agent"),
        pytest.param("AgentExecutor(x)", "x", id="wrapped agent without an id"),
        pytest.param('client.as_agent(name="made")', "made", id="agent of a client"),
        pytest.param('Agent(client=None, id="only-id")', "only-id", id="agent without a name"),
    ],
)
def test_a_step_is_called_what_the_framework_calls_it(tmp_path: Path, made: str, name: str) -> None:
    source = f"""{IMPORTS}
from agent_framework import AgentExecutor
from agent_framework.openai import OpenAIChatClient
client = OpenAIChatClient()
class Fixed(Say):
    def __init__(self):
        super().__init__(id="fixed")
class Named(Say):
    def __init__(self, id: str):
        super().__init__(id)
@executor
async def plain(text: str, ctx: WorkflowContext[str]) -> None: ...
@executor(id="other")
async def renamed(text: str, ctx: WorkflowContext[str]) -> None: ...
workflow = WorkflowBuilder(start_executor={made}).build()
"""
    assert [edge.target for edge in workflows(tmp_path, source)[0].edges] == [name]


def test_messages_are_contracts(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
from dataclasses import dataclass
@dataclass
class Order:
    number: int
    items: list[str]
class Take(Executor):
    @handler
    async def take(self, order: Order, ctx: WorkflowContext[Order | str, int]) -> None:
        await ctx.send_message(Order(order.number + 1, []))
workflow = WorkflowBuilder(start_executor=Take(id="take")).add_edge(Take(id="take"), a).build()
"""
    flow = workflows(tmp_path, source)[0]
    step = flow.step("take")
    assert step is not None
    assert flow.exchange is Exchange.MESSAGES
    assert [(need.name, need.type) for need in step.needs] == [("number", "int")]
    assert [(offer.name, offer.type) for offer in step.offers] == [
        ("number", "int"),
        ("items", "list[str]"),
        ("message", "Order | str"),
    ]
    assert step.own_schema is not None
    assert step.own_schema.name == "Order"


def test_conditions_are_tried_on_the_messages_that_are_sent(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
class Sort(Executor):
    @handler
    async def sort(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message("short" if len(text) < 9 else "long" if len(text) < 99 else "endless")
sort = Sort(id="sort")
builder = WorkflowBuilder(start_executor=sort)
builder.add_edge(sort, a, condition=lambda kind: kind == "short")
builder.add_edge(sort, b, condition=lambda kind: kind.startswith("lo"))
workflow = builder.build()
"""
    choice = workflows(tmp_path, source)[0].choices[0]
    assert choice.closed
    assert {route.label for route in choice.routes} == {"short", "long", "endless"}
    assert {(mapped.label, mapped.target) for mapped in choice.mapping or ()} == {("short", "a"), ("long", "b")}


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("builder.add_edge(sort, c)", id="another way for everything"),
        pytest.param('builder.add_edge(sort, c, condition=open("x"))', id="a condition that is not known"),
    ],
)
def test_nothing_is_concluded_where_a_message_may_go_elsewhere(tmp_path: Path, more: str) -> None:
    source = f"""{IMPORTS}
class Sort(Executor):
    @handler
    async def sort(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message("short" if len(text) < 9 else "long")
sort = Sort(id="sort")
builder = WorkflowBuilder(start_executor=sort)
builder.add_edge(sort, a, condition=lambda kind: kind == "short")
builder.add_edge(sort, b, condition=lambda kind: kind == "nothing")
{more}
workflow = builder.build()
"""
    assert {choice.mapping for choice in workflows(tmp_path, source)[0].choices} == {None}


def test_an_executor_that_may_stay_silent_decides_itself(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
class Judge(Executor):
    @handler
    async def judge(self, text: str, ctx: WorkflowContext[str, str]) -> None:
        if text:
            await ctx.send_message(text)
        else:
            await ctx.yield_output(text)
judge = Judge(id="judge")
workflow = WorkflowBuilder(start_executor=a).add_edge(a, judge).add_edge(judge, a).build()
"""
    flow = workflows(tmp_path, source)[0]
    assert [(choice.source, choice.is_goto) for choice in flow.choices] == [("judge", True)]


def test_groups_of_edges(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
workflow = (
    WorkflowBuilder(start_executor=a)
    .add_switch_case_edge_group(a, [Case(condition=lambda m: m.x, target=b), Default(target=c)])
    .add_fan_out_edges(b, [x, y])
    .add_fan_in_edges([x, y], c)
    .build()
)
"""
    flow = workflows(tmp_path, source)[0]
    assert ways(flow) == {
        ("__start__", "a", "direct"),
        ("a", "b", "conditional"),
        ("a", "c", "conditional"),
        ("b", "x", "fan-out"),
        ("b", "y", "fan-out"),
        ("x", "c", "fan-in"),
        ("y", "c", "fan-in"),
    }
    assert [(join.sources, join.target) for join in flow.joins] == [(("x", "y"), "c")]


@pytest.mark.parametrize(
    ("built", "edges"),
    [
        pytest.param(
            "SequentialBuilder(participants=[x, a, y])",
            {("__start__", "x", "direct"), ("x", "a", "direct"), ("a", "y", "direct")},
            id="sequential",
        ),
        pytest.param(
            "ConcurrentBuilder(participants=[x, y]).with_aggregator(lambda results: 1)",
            {
                ("__start__", "x", "fan-out"),
                ("__start__", "y", "fan-out"),
                ("x", "_CallbackAggregator_unnamed", "fan-in"),
                ("y", "_CallbackAggregator_unnamed", "fan-in"),
            },
            id="concurrent",
        ),
        pytest.param(
            "HandoffBuilder(participants=[x, y]).with_start_agent(x)",
            {("__start__", "x", "direct"), ("x", "y", "handoff"), ("y", "x", "handoff")},
            id="hand-off to anybody",
        ),
        pytest.param(
            "MagenticBuilder(participants=[x], manager_agent=y)",
            {("__manager__", "x", "conditional"), ("x", "__manager__", "direct")},
            id="magentic",
        ),
    ],
)
def test_orchestrations(tmp_path: Path, built: str, edges: set[tuple[str, str, str]]) -> None:
    flow = workflows(tmp_path, f"{IMPORTS}\nworkflow = {built}.build()\n")[0]
    assert ways(flow) == edges
    assert flow.faults == ()


def test_a_participant_that_is_only_a_name_is_no_step(tmp_path: Path) -> None:
    source = f'{IMPORTS}\nworkflow = ConcurrentBuilder(participants=[x, "nobody"]).build()\n'
    [flow] = workflows(tmp_path, source)
    assert ways(flow) == {("__start__", "x", "fan-out"), ("x", "__end__", "fan-in")}


def test_a_workflow_inside_another_is_one_step_of_it(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
inner = WorkflowBuilder(start_executor=a).build()
outer = WorkflowBuilder(start_executor=b).add_edge(b, WorkflowExecutor(inner, id="inside")).build()
talk = SequentialBuilder(participants=[outer.as_agent(name="talker")]).build()
"""
    inner, outer, talk = workflows(tmp_path, source)
    inside, talker = outer.step("inside"), talk.step("talker")
    assert inside is not None
    assert talker is not None
    assert (inside.kind, inside.workflow) == (StepKind.SUBWORKFLOW, inner.id)
    assert (talker.kind, talker.workflow) == (StepKind.SUBWORKFLOW, outer.id)


def test_names_without_a_participant_dangle(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
one = WorkflowBuilder().register_executor(lambda: Say(id="a"), "A").set_start_executor("A").add_edge("A", "B").build()
two = HandoffBuilder(participants=[x]).with_start_agent(x).add_handoff(x, [y]).build()
"""
    one, two = workflows(tmp_path, source)
    assert [item.name for item in one.unresolved_names] == ["B"]
    assert [item.name for item in two.unresolved_names] == ["y"]


def test_what_the_builders_refuse_are_faults(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
one = WorkflowBuilder().add_edge(a, b).build()
two = WorkflowBuilder(start_executor=a).add_edge(a, Say(id="a")).build()
three = HandoffBuilder(participants=[x, y]).build()
four = GroupChatBuilder(participants=[x, y]).build()
"""
    kinds = [[fault.kind for fault in flow.faults] for flow in workflows(tmp_path, source)]
    assert kinds == [
        [FaultKind.NO_ENTRY],
        [FaultKind.DUPLICATE_STEP],
        [FaultKind.MISSING_PART],
        [FaultKind.MISSING_PART],
    ]


def test_what_cannot_be_told_is_said_and_not_guessed(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
import os
workflow = SequentialBuilder(participants=[x, Agent(client=None, name=os.environ["NAME"])]).build()
"""
    flow = workflows(tmp_path, source)[0]
    assert ways(flow) == {("__start__", "x", "direct")}
    assert [item.aspect for item in flow.unresolved] == [Aspect.STEPS]


def test_builders_can_be_told_more_than_we_know(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
one = SequentialBuilder(participants=[x, y]).with_a_new_setting(3).build()
two = GroupChatBuilder().select_speakers(lambda state: "x", display_name="host").participants([x, y]).build()
three = WorkflowBuilder(start_executor=a).add_edge(a, b).add_new_kind_of_edge(b, c).build()
four = GroupChatBuilder(participants=[x, y]).led_by(x).build()
"""
    one, two, three, four = workflows(tmp_path, source)
    assert ways(one) == {("__start__", "x", "direct"), ("x", "y", "direct")}
    assert {step.id for step in two.steps} == {"__manager__", "x", "y"}
    assert ways(three) == {("__start__", "a", "direct"), ("a", "b", "direct")}
    assert [[item.aspect for item in flow.unresolved] for flow in (one, two, three)] == [[], [], [Aspect.STEPS]]
    assert [flow.faults for flow in (two, four)] == [(), ()]


def test_whoever_takes_the_message_itself_was_handed_one(tmp_path: Path) -> None:
    source = f"""{IMPORTS}
from dataclasses import dataclass
from pydantic import BaseModel
from agent_framework import AgentExecutorResponse
class Verdict(BaseModel):
    good: bool
@dataclass
class Part:
    text: str
class Split(Executor):
    @handler
    async def split(self, text: str, ctx: WorkflowContext[Part]) -> None:
        await ctx.send_message(Part(text))
class Gather(Executor):
    @handler
    async def gather(self, parts: list[Part], ctx: WorkflowContext[Verdict]) -> None:
        await ctx.send_message(Verdict(good=bool(parts)))
@executor(id="read")
async def read(response: AgentExecutorResponse, ctx: WorkflowContext[Verdict]) -> None:
    await ctx.send_message(Verdict.model_validate_json(response.agent_response.text))
judge = Agent(client=None, name="judge", default_options={{"response_format": Verdict}})
one, two, gather = Split(id="one"), Split(id="two"), Gather(id="gather")
start = Split(id="start")
first = WorkflowBuilder(start_executor=judge).add_edge(judge, read).build()
second = (
    WorkflowBuilder(start_executor=start).add_fan_out_edges(start, [one, two]).add_fan_in_edges([one, two], gather)
    .build()
)
"""
    (tmp_path / "flow.py").write_text(source, encoding="utf-8")
    findings = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).findings
    assert [finding.message for finding in findings if finding.code == "WF101"] == []


@pytest.mark.parametrize(
    ("given", "names"),
    [
        pytest.param("look", ("look",), id="one tool"),
        pytest.param("[look, y.as_tool()]", ("look",), id="an agent among them is no tool"),
        pytest.param("[FunctionTool(name='find', func=look), HostedWebSearchTool()]", ("find", "HostedWebSearchTool"),
                     id="by what they are called"),
        pytest.param("[]", (), id="none"),
    ],
)  # fmt: skip
def test_tools_are_called_what_the_model_calls_them(tmp_path: Path, given: str, names: tuple[str, ...]) -> None:
    source = f"""{IMPORTS}
from agent_framework import FunctionTool, HostedWebSearchTool
def look(place: str) -> str: ...
z = Agent(client=None, name="z", tools={given})
workflow = SequentialBuilder(participants=[x, z]).build()
"""
    step = workflows(tmp_path, source)[0].step("z")
    assert step is not None
    assert step.tools == names


COUNTED = """
from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
class Baker(Executor):
    @handler
    async def bake(self, order: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(f"bread for {{order}}")
class Taster(Executor):
    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._seen = 0
    @handler
    async def taste(self, bread: str, ctx: WorkflowContext[str, str]) -> None:
        self._seen += 1
{body}
baker, taster = Baker(id="baker"), Taster(id="taster")
workflow = WorkflowBuilder(start_executor=baker).add_edge(baker, taster).add_edge(taster, baker).build()
"""

ONCE = """
        if self._seen == 1:
            await ctx.send_message("more salt")
            return
        await ctx.yield_output(bread)
"""

ALWAYS = """
        await ctx.send_message(f"more salt, {self._seen}")
"""


@pytest.mark.parametrize(
    ("body", "codes"),
    [pytest.param(ONCE, [], id="the first time only"), pytest.param(ALWAYS, ["WF701"], id="every time")],
)
def test_an_executor_that_counts_its_turns_ends_a_loop(tmp_path: Path, body: str, codes: list[str]) -> None:
    (tmp_path / "main.py").write_text(COUNTED.format(body=body), encoding="utf-8")
    found = audited(tmp_path).findings
    assert [finding.code for finding in found if finding.level is not Level.NOTE] == codes


MANAGED = """
from agent_framework.orchestrations import MagenticBuilder
workflow = MagenticBuilder(participants=[baker], manager_agent_factory=make, max_round_count=1).build()
"""


def test_a_manager_may_be_made_by_a_factory(tmp_path: Path) -> None:
    start = "from agent_framework import Agent\nbaker = Agent(client, name='baker')\ndef make(): return Agent(client)\n"
    (tmp_path / "main.py").write_text(start + MANAGED, encoding="utf-8")
    found = audited(tmp_path).findings
    assert [finding.message for finding in found if finding.level is not Level.NOTE] == []
