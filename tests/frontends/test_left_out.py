"""What agents, decisions and loops leave out or refuse is told, and sound code next to it is not; all of it was run."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.frontends.fixtures import audited

LANGCHAIN = """
    from langchain.agents import create_agent
    from langchain.agents.middleware import {names}
    from langchain_core.tools import tool
    from pydantic import BaseModel
    from somewhere import Payments, as_activity


    class Bill(BaseModel):
        amount: int


    @tool("pay")
    def pay_now(amount: int) -> str:
        \"\"\"Pays.\"\"\"
        return "paid"


    {hook}
    def hook(state, runtime):
        return {{"jump_to": "end"}}


    agent = create_agent("gpt-4o", tools=[{tools}], middleware=[{middleware}])
"""
GRAPH = """
    from contextlib import ExitStack
    from typing import TypedDict

    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.checkpoint.sqlite import SqliteSaver
    from langgraph.errors import GraphInterrupt
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import interrupt


    class Letter(TypedDict, total=False):
        text: str


    def ask(letter: Letter):
        try:
            answer = interrupt("send it?")
        {handler}
        return {{"text": answer}}


    builder = StateGraph(Letter)
    builder.add_node("ask", ask)
    builder.add_edge(START, "ask")
    builder.add_edge("ask", END)
    {compiled}
"""
FINE = "graph = builder.compile(checkpointer=InMemorySaver())"
OPENED = 'with SqliteSaver.from_conn_string("x.db") as saver:\n        graph = builder.compile(checkpointer=saver)'
STACKED = 'graph = builder.compile(ExitStack().enter_context(SqliteSaver.from_conn_string("x.db")))'
FAILED = 'except ValueError:\n            answer = "no"'
CAUGHT = 'except Exception:\n            answer = "no"'
AGAIN = 'except GraphInterrupt:\n            raise\n        except Exception:\n            answer = "no"'


def langchain(names: str, hook: str = "", tools: str = "pay_now", middleware: str = "") -> str:
    return LANGCHAIN.format(names=names, hook=hook, tools=tools, middleware=middleware)


def graph(handler: str = FAILED, compiled: str = FINE) -> str:
    return GRAPH.format(handler=handler, compiled=compiled)


HUMAN = "HumanInTheLoopMiddleware"
LIMIT = "ModelCallLimitMiddleware"
CALLS = "ToolCallLimitMiddleware"
TOLD = {
    "jump that is not declared": (langchain("before_model", "@before_model", middleware="hook"), "WF407"),
    "approval of a stranger": (langchain(HUMAN, middleware=f'{HUMAN}(interrupt_on={{"pays": True}})'), "WF607"),
    "limit of a stranger": (langchain(CALLS, middleware=f'{CALLS}(tool_name="pay_now", run_limit=2)'), "WF607"),
    "one class twice": (langchain(LIMIT, middleware=f"{LIMIT}(run_limit=1), {LIMIT}(run_limit=2)"), "WF304"),
    "pause that is caught": (graph(CAUGHT), "WF607"),
    "saver that nobody opens": (graph(compiled='builder.compile(SqliteSaver.from_conn_string("x"))'), "WF304"),
}
SILENT = {
    "jump that is declared": langchain("before_model", '@before_model(can_jump_to=["end"])', middleware="hook"),
    "approval by its name": langchain(HUMAN, middleware=f'{HUMAN}(interrupt_on={{"pay": True}})'),
    "nothing to approve": langchain(HUMAN, middleware=f'{HUMAN}(interrupt_on={{"pays": False}})'),
    "approval of a tool that is wrapped elsewhere": langchain(
        HUMAN, tools="as_activity(pay_now, timeout=9)", middleware=f'{HUMAN}(interrupt_on={{"pay": True}})'
    ),
    "approval of a tool that has a name of its own": langchain(
        HUMAN, tools="Payments()", middleware=f'{HUMAN}(interrupt_on={{"pay": True}})'
    ),
    "limit of all tools": langchain(CALLS, middleware=f"{CALLS}(run_limit=3)"),
    "limits by name": langchain(CALLS, middleware=f'{CALLS}(tool_name="pay", run_limit=2), {CALLS}(run_limit=3)'),
    "pause that is not caught": graph(),
    "pause that is raised again": graph(AGAIN),
    "saver that is opened": graph(compiled=OPENED),
    "saver that a stack opens": graph(compiled=STACKED),
}
CODES = {"WF304", "WF407", "WF607", "WF701"}


def told(folder: Path, source: str) -> set[str]:
    (folder / "flow.py").write_text(dedent(source), encoding="utf-8")
    return {finding.code for finding in audited(folder).findings} & CODES


@pytest.mark.parametrize(("source", "code"), TOLD.values(), ids=TOLD)
def test_it_is_told(source: str, code: str, tmp_path: Path) -> None:
    assert told(tmp_path, source) == {code}


@pytest.mark.parametrize("source", SILENT.values(), ids=SILENT)
def test_sound_code_next_to_it_is_not(source: str, tmp_path: Path) -> None:
    assert told(tmp_path, source) == set()


HAYSTACK = """
    from haystack import Pipeline, component


    @component
    class Say:
        @component.output_types(text=str)
        def run(self, text: str):
            return {{"text": text}}


    say = Say()
    first, second = Pipeline(), Pipeline()
    first.add_component("say", say)
    second.add_component("tell", {second})
"""
DECISION = """
    from typing import Any

    from pydantic_graph import GraphBuilder, StepContext, TypeExpression

    g = GraphBuilder(input_type=int, output_type=Any)


    @g.step
    async def find(ctx: StepContext[None, None, int]) -> Any:
        return [1]


    @g.step
    async def add(ctx: StepContext[None, None, Any]) -> int:
        return 1


    @g.step
    async def show(ctx: StepContext[None, None, Any]) -> str:
        return "x"


    g.add(
        g.edge_from(g.start_node).to(find),
        g.edge_from(find).to(g.decision().branch(g.match({first}).to(add)).branch(g.match({second}).to(show))),
        g.edge_from(add, show).to(g.end_node),
    )
    graph = g.build()
"""
HANDLERS = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
    from typing_extensions import Never


    class Order: ...


    class Rush(Order): ...


    class Desk(Executor):
        @handler
        async def {wide}(self, message: Order, ctx: WorkflowContext[Never, str]) -> None:
            await ctx.yield_output("order")

        @handler
        async def {narrow}(self, message: Rush, ctx: WorkflowContext[Never, str]) -> None:
            await ctx.yield_output("rush")


    workflow = WorkflowBuilder(start_executor=Desk(id="desk")).build()
"""
EVENTS = """
    from workflows import Context, Workflow, step
    from workflows.events import Event, StartEvent, StopEvent


    class Found(Event): ...


    class FoundMuch(Found): ...


    class Flow(Workflow):
        @step
        async def search(self, ctx: Context, ev: StartEvent) -> Found | None:
            {search}

        @step{options}
        async def write(self, ev: Found) -> StopEvent:
            return StopEvent(result="x")
"""
TOOLS = """
    from agents import Agent, Runner, function_tool


    @function_tool(name_override="{name}")
    def look_here() -> str:
        \"\"\"Looks here.\"\"\"
        return "here"


    @function_tool
    def look() -> str:
        \"\"\"Looks.\"\"\"
        return "there"


    billing = Agent(name="billing")
    desk = Agent(name="desk", tools=[look_here, look], handoffs=[billing])
"""
LISTS = "TypeExpression[list[int]]"
MAKES = "return FoundMuch()"
SENDS = 'ctx.send_event(Found(), step="{name}")'
OTHERS = {
    "component of two pipelines": (HAYSTACK.format(second="say"), "WF304"),
    "components of their own": (HAYSTACK.format(second="Say()"), None),
    "branch for lists of something": (DECISION.format(first="str", second=LISTS), "WF304"),
    "branch for lists": (DECISION.format(first="str", second="list"), None),
    "numbers before truth": (DECISION.format(first="int", second="bool"), "WF407"),
    "truth before numbers": (DECISION.format(first="bool", second="int"), None),
    "wider handler by its name": (HANDLERS.format(wide="order", narrow="rush"), "WF407"),
    "narrower handler by its name": (HANDLERS.format(wide="order", narrow="a_rush"), None),
    "subclasses taken": (EVENTS.format(search=MAKES, options="(accept_event_subclasses=True)"), None),
    "event sent to nobody": (EVENTS.format(search=SENDS.format(name="rite"), options=""), "WF304"),
    "event sent": (EVENTS.format(search=SENDS.format(name="write"), options=""), None),
    "tools of one name": (TOOLS.format(name="look"), "WF407"),
    "tool of a hand-off's name": (TOOLS.format(name="transfer_to_billing"), "WF407"),
    "tools of two names": (TOOLS.format(name="look_here"), None),
}


@pytest.mark.parametrize(("source", "code"), OTHERS.values(), ids=OTHERS)
def test_others_leave_out_and_refuse_just_that(source: str, code: str | None, tmp_path: Path) -> None:
    (tmp_path / "flow.py").write_text(dedent(source), encoding="utf-8")
    found = {finding.code for finding in audited(tmp_path).findings} & {*CODES, "WF305"}
    assert found == ({code} if code is not None else set())
