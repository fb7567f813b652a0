"""Known faults in the forms that code of several modules and functions has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found

STORE = """
from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step


class Long(Event):
    text: str


class Short(Event):
    text: str


class Ready(Event):
    text: str


class Translate(Workflow):
    @step
    async def measure(self, ctx: Context, ev: StartEvent) -> Long | Short:
        MEASURE

    @step
    async def cut(self, ctx: Context, ev: Long) -> Ready:
        await ctx.store.set("language", "de")
        return Ready(text=ev.text[:200])

    @step
    async def keep(self, ctx: Context, ev: Short) -> Ready:
        KEEP
        return Ready(text=ev.text)

    @step
    async def translate(self, ctx: Context, ev: Ready) -> StopEvent:
        return StopEvent(result=await ctx.store.get(ASKED))
"""


ONE = "return Long(text=ev.text) if len(ev.text) > 200 else Short(text=ev.text)"
BOTH = "ctx.send_event(Long(text=ev.text)); ctx.send_event(Short(text=ev.text))"


def translating(keep: str = "pass", asked: str = '"language"', measure: str = ONE) -> str:
    """The workflow, with what the short way does, how the last step asks, and how the first one sends."""
    return STORE.replace("KEEP", keep).replace("ASKED", asked).replace("MEASURE", measure)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        pytest.param(translating(), True, id="set on one of two ways"),
        pytest.param(translating('await ctx.store.set("language", "en")'), False, id="set on both"),
        pytest.param(translating(asked='"language", default="en"'), False, id="asked with a default"),
        pytest.param(translating("await ctx.store.set(ev.text, 1)"), False, id="under a key that is not known"),
        pytest.param(translating(measure=BOTH), False, id="both ways at once"),
    ],
)
def test_a_value_of_the_run_that_is_set_on_one_way_only(tmp_path: Path, source: str, *, told: bool) -> None:
    places = found(source, tmp_path, "path-dependent-read")
    assert [line for line, _ in places] == ['return StopEvent(result=await ctx.store.get("language"))'] * told


LOAN = """
from dataclasses import dataclass

from agent_framework import Case, Default, Executor, WorkflowBuilder, WorkflowContext, handler
from typing_extensions import Never


@dataclass
class Person:
    name: str
    income: int


@dataclass
class Wish:
    person: Person
    amount: int


def affordable(share: float):
    def check(wish: Wish) -> bool:
        return wish.amount <= wish.person.FIELD * share

    return check


class Intake(Executor):
    @handler
    async def read(self, line: str, ctx: WorkflowContext[Wish]) -> None:
        await ctx.send_message(Wish(Person(line, len(line)), int(line)))


class Answer(Executor):
    @handler
    async def answer(self, wish: Wish, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(f"{self.id} {wish.amount}")


intake, grant, refer = Intake("intake"), Answer("grant"), Answer("refer")
builder = WorkflowBuilder(start_executor=intake)
EDGES
workflow = builder.build()
"""
SWITCH = "builder.add_switch_case_edge_group(intake, [Case(affordable(0.3), grant), Default(refer)])"
PLAIN = "builder.add_edge(intake, grant, condition=affordable(0.3)).add_edge(intake, refer, condition=affordable(9))"


@pytest.mark.parametrize("edges", [SWITCH, PLAIN])
@pytest.mark.parametrize(("field", "told"), [("salary", True), ("income", False)])
def test_a_condition_reads_a_part_of_a_field(tmp_path: Path, edges: str, field: str, *, told: bool) -> None:
    places = found(LOAN.replace("EDGES", edges).replace("FIELD", field), tmp_path, "type-mismatch")
    assert [line for line, _ in places] == ["return wish.amount <= wish.person.salary * share"] * told


AGENT = """
from agent_framework import Executor, Message, WorkflowBuilder, WorkflowContext, handler
from typing_extensions import Never


class Say(Executor):
    @handler
    async def say(self, text: TAKEN, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(str(text))


def flow():
    say = Say(id="say")
    return WorkflowBuilder(start_executor=say).build()


class Server:
    def __init__(self) -> None:
        self.flow = flow()
        self.agent = self.flow.as_agent("desk")
"""


@pytest.mark.parametrize(("taken", "told"), [("int", True), ("list[Message]", False)])
def test_a_workflow_is_wrapped_by_another_function_than_builds_it(tmp_path: Path, taken: str, *, told: bool) -> None:
    places = found(AGENT.replace("TAKEN", taken), tmp_path, "invalid-graph")
    assert [line for line, _ in places] == ['self.agent = self.flow.as_agent("desk")'] * told


LETTER = """
from __future__ import annotations
from dataclasses import dataclass

from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext, StepContext


@dataclass
class Greet(BaseNode[None]):
    async def run(self, ctx: GraphRunContext[None]) -> Shorten | End[str]:
        return Shorten()


@dataclass
class Shorten(BaseNode[None, None, str]):
    async def run(self, ctx: GraphRunContext[None]) -> End[str]:
        return End("short")


NODES = (PARTS)


def build():
    g = GraphBuilder(output_type=str)

    @g.step
    async def begin(ctx: StepContext[None, None, None]) -> Greet:
        return Greet()

    g.add(g.edge_from(g.start_node).to(begin))
    for node in NODES:
        g.add(g.node(node))
    return g.build()


async def write() -> str:
    return await build().run(state=None)
"""


@pytest.mark.parametrize(("parts", "told"), [("Greet,", True), ("Greet, Shorten", False)])
def test_a_graph_is_built_by_a_function_that_others_call(tmp_path: Path, parts: str, *, told: bool) -> None:
    places = found(LETTER.replace("PARTS", parts), tmp_path, "invalid-graph")
    assert [line for line, _ in places] == ["class Shorten(BaseNode[None, None, str]):"] * told


ESSAY = """
from haystack import Pipeline, component
from haystack.components.joiners import BranchJoiner


@component
class Critic:
    @component.output_types(remarks=str, draft=str)
    def run(self, draft: str):
        if "very" in draft:
            return {"remarks": draft + " (shorter)"}
        return LAST


@component
class Writer:
    @component.output_types(draft=str)
    def run(self, notes: str):
        return {"draft": notes}


flow = Pipeline()
flow.add_component("notes", BranchJoiner(str))
flow.add_component("writer", Writer())
flow.add_component("critic", Critic())
flow.connect("notes.value", "writer.notes")
flow.connect("writer.draft", "critic.draft")
flow.connect("critic.remarks", "notes.value")
flow.run({"notes": {"value": "x"}})
"""


@pytest.mark.parametrize(
    ("last", "told"),
    [('{"remarks": draft}', True), ('{"draft": draft}', False), ("{}", False), ("other(draft)", False)],
)
def test_a_declared_way_out_of_a_loop_is_never_given(tmp_path: Path, last: str, *, told: bool) -> None:
    places = found(ESSAY.replace("LAST", last), tmp_path, "loop-without-exit")
    assert [line for line, _ in places] == ['flow.connect("critic.remarks", "notes.value")'] * told


def test_what_a_component_counts_over_its_runs_leads_to_another_return(tmp_path: Path) -> None:
    counting = ESSAY.replace(
        '        if "very" in draft:', "        self.rounds += 1\n        if self.rounds < 3:", 1
    ).replace("class Critic:", "class Critic:\n    rounds = 0\n", 1)
    assert found(counting.replace("LAST", '{"draft": draft}'), tmp_path, "loop-without-exit") == []


WEATHER = """
from google.adk.agents import LlmAgent
from google.adk.runners import Runner
from google.adk.sessions import InMemorySessionService

root_agent = LlmAgent(name="weather", model="gemini-2.5-flash", instruction="The weather in ASKED.")
sessions = InMemorySessionService()


def initial(city: str) -> dict[str, str]:
    return {"KEY": city}


async def ask(city: str) -> None:
    session = await sessions.create_session(app_name="a", user_id="u", state=initial(city))
    runner = Runner(agent=root_agent, app_name="a", session_service=sessions)
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=None):
        print(event)
"""


@pytest.mark.parametrize(
    ("asked", "key", "told"),
    [("{user_city}", "city", True), ("{user_city}", "user_city", False), ("{user_city?}", "city", False)],
)
def test_an_agent_without_tools_reads_the_state_of_its_session(
    tmp_path: Path, asked: str, key: str, *, told: bool
) -> None:
    places = found(WEATHER.replace("ASKED", asked).replace("KEY", key), tmp_path, "read-never-written")
    assert [line for line, _ in places] == [
        'root_agent = LlmAgent(name="weather", model="gemini-2.5-flash", instruction="The weather in {user_city}.")'
    ] * told
