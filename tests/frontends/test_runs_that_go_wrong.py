"""What a run shows: waits that outlast it, copies that are let go, reads that come too early; and the same right."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.frontends.fixtures import audited

SAID = frozenset({"WF003", "WF103", "WF109", "WF113", "WF304", "WF305", "WF407", "WF506", "WF701", "WF704"})

WAITING = """
    from workflows import Context, Workflow, step
    from workflows.events import HumanResponseEvent, StartEvent, StopEvent


    class Leave(Workflow):
        @step
        async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
            answer = await ctx.wait_for_event(HumanResponseEvent{wait})
            return StopEvent(result=answer.response)


    leave = Leave({limit})
"""
TRIED = """
    from workflows import Workflow, step
    from workflows.events import StartEvent, StopEvent
    from workflows.retry_policy import ConstantDelayRetryPolicy


    class Sync(Workflow):
        @step(retry_policy=ConstantDelayRetryPolicy({policy}))
        async def load(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result=1)


    sync = Sync({limit})
"""
STORED = """
    from pydantic import BaseModel
    from workflows import Context, Workflow, step
    from workflows.events import StartEvent, StopEvent


    class Cart(BaseModel):
        total: int = 0


    class Buy(Workflow):
        @step
        async def price(self, ctx: Context{typed}, ev: StartEvent) -> StopEvent:
            cart = await ctx.store.get_state()
            cart.total += 1
            {after}
            return StopEvent(result="done")


    buy = Buy(timeout=5)
"""
SENT = """
    from workflows import Context, Workflow, step
    from workflows.events import Event, StartEvent, StopEvent


    class Photo(Event):
        path: str


    class Album(Workflow):
        @step
        async def sort(self, ctx: Context, ev: StartEvent) -> Photo | None:
            for path in ev.paths:
                ctx.send_event(Photo(path=path), step={to} if path else "name")
            return None

        @step
        async def shrink(self, ev: Photo) -> StopEvent:
            return StopEvent(result="small")

        @step
        async def name(self, ev: Photo) -> StopEvent:
            return StopEvent(result="named")


    album = Album(timeout=5)
"""
GRAPH = """
    from dataclasses import dataclass

    from pydantic_graph import GraphBuilder, StepContext


    @dataclass
    class Review:
        text: str


    g = GraphBuilder(input_type=str, output_type=int)


    @g.step
    async def read(ctx: StepContext[None, None, str]) -> {given}:
        return [Review(ctx.inputs)]


    @g.step
    async def rate(ctx: StepContext[None, None, {taken}]) -> int:
        return 1


    g.add(g.edge_from(g.start_node).to(read), g.edge_from(read){way}.to(rate), g.edge_from(rate).to(g.end_node))
    graph = g.build()
"""
AGENT = """
    from dataclasses import dataclass

    from pydantic_ai import Agent, ModelRetry, RunContext


    @dataclass
    class Ledger:
        balance: int


    @dataclass
    class Branch:
        town: str


    @dataclass
    class Savings(Ledger):
        rate: float


    other = Agent("openai:gpt-4o", instructions="Sum up.")
    teller = Agent("openai:gpt-4o", {deps}instructions="Tell the balance.")


    @teller.tool
    async def balance(ctx: RunContext[Ledger]) -> int:
        \"\"\"The balance.\"\"\"
        {tool}


    @teller.output_validator
    async def checked(ctx: RunContext[Ledger], output: str) -> str:
        if not output:
            raise ModelRetry("say something")
        {end}


    async def ask():
        return (await teller.run("How much?"{given})).output
"""
DEPS, READ, BACK = "deps_type=Ledger, ", "return ctx.deps.balance", "return output"
ORDERS = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
    from typing_extensions import Never


    class Read(Executor):
        @handler
        async def read(self, line: str, ctx: WorkflowContext[str]) -> None:
            {first}
            await ctx.send_message(line)


    class Tax(Executor):
        @handler
        async def tax(self, line: str, ctx: WorkflowContext[str]) -> None:
            {beside}
            await ctx.send_message(line)


    class Price(Executor):
        @handler
        async def price(self, line: str, ctx: WorkflowContext[str]) -> None:
            rate = ctx.get_state("rate")
            await ctx.send_message(str(2 * rate))


    class Offer(Executor):
        @handler
        async def offer(self, parts: list[str], ctx: WorkflowContext[Never, str]) -> None:
            await ctx.yield_output(" ".join(parts))


    read, tax, price, offer = Read(id="read"), Tax(id="tax"), Price(id="price"), Offer(id="offer")
    workflow = (
        WorkflowBuilder(start_executor=read)
        .add_fan_out_edges(read, [tax, price])
        .add_fan_in_edges([tax, price], offer)
        .build()
    )
"""
SET = 'ctx.set_state("rate", 3)'
WORDS = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


    class Count(Executor):
        @handler
        async def count(self, text: str, ctx: WorkflowContext[int]) -> None:
            await ctx.send_message(len(text))


    class Top(Executor):
        @handler
        async def top(self, count: int, ctx: WorkflowContext[int, int]) -> None:
            {end}


    count, top = Count(id="count"), Top(id="top")
    workflow = WorkflowBuilder(start_executor=count).add_edge(count, top).build()
"""
LOOP = """
    from google.adk.agents import LlmAgent, LoopAgent
    from google.adk.tools import exit_loop
    from google.adk.tools.agent_tool import AgentTool

    judge = LlmAgent(name="judge", model="gemini-2.5-flash", instruction="Judge the essay.", tools=[exit_loop])
    writer = LlmAgent(name="writer", model="gemini-2.5-flash", instruction="Write the essay."{tools})
    root_agent = LoopAgent(name="essay", sub_agents=[writer{more}])
"""
CALLED = """
    from google.adk.agents import LlmAgent, SequentialAgent
    from google.adk.models import LlmResponse
    from google.genai import types


    def refund(order: str) -> dict:
        \"\"\"Pays back.\"\"\"
        return {{"paid": order}}


    def guard({guard}):
        return None


    def greet({greet}):
        if callback_context.state.get("greeted"):
            {otherwise}
        return LlmResponse(content=types.Content(role="model", parts=[types.Part(text="hello")]))


    clerk = LlmAgent(
        name="clerk", model="gemini-2.5-flash", instruction="Help.", tools=[refund],
        before_tool_callback=guard, before_model_callback=greet,
    )
    root_agent = SequentialAgent(name="desk", sub_agents=[clerk])
"""
PLAIN = "callback_context, request"
GUARD, GREET, NOTHING = "tool, args, tool_context", "callback_context, llm_request", "return None"
SAYING = "return LlmResponse(content=types.Content(role='model', parts=[types.Part(text='and?')]))"
STATED = """
    from haystack.components.agents import Agent
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.tools import tool


    @tool({said})
    def orders(customer: str{default}) -> str:
        \"\"\"Open orders.\"\"\"
        return customer


    desk = Agent(
        chat_generator=OpenAIChatGenerator(model="gpt-4o"), tools=[orders], state_schema={{"client": {{"type": str}}}}
    )
"""
BRANCHES = """
    from haystack import Pipeline
    from haystack.components.builders import PromptBuilder
    from haystack.components.routers import ConditionalRouter

    ROUTES = [
        {{"condition": "{{{{ x == 'a' }}}}", "output": "{{{{ x }}}}", "output_name": "known", "output_type": str}},
        {{"condition": "{{{{ x != 'a' }}}}", "output": "{{{{ x }}}}", "output_name": "other", "output_type": str}},
    ]
    pipeline = Pipeline()
    pipeline.add_component("router", ConditionalRouter(ROUTES))
    pipeline.add_component("known", PromptBuilder("Known: {{{{ x }}}}", required_variables="*"))
    pipeline.add_component("other", PromptBuilder("Other: {{{{ x }}}}", required_variables="*"))
    pipeline.connect("router.known", "known.x")
    pipeline.connect("router.other", "other.x")


    def main(x):
        result = pipeline.run({{"router": {{"x": {given}}}}})
        {read}
"""
TEAM = """
    from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
    from llama_index.llms.openai import OpenAI


    def read_notes() -> str:
        \"\"\"All notes.\"\"\"
        return ""


    def write_report(text: str) -> str:
        \"\"\"Keeps the report.\"\"\"
        return text


    writer = FunctionAgent(
        name="writer", llm=OpenAI(model="gpt-4o"), tools=[write_report{more}],
        system_prompt="Read the notes {words}, then write the report.",
    )
    team = AgentWorkflow(agents=[writer], root_agent="writer", timeout=60)
"""
TOLD = """
    from google.adk.agents import LlmAgent, SequentialAgent


    def make(name, text, key):
        return LlmAgent(name=name, model="gemini-2.5-flash", instruction=text, output_key=key, include_contents="none")


    root_agent = SequentialAgent(name="kitchen", sub_agents=[
        make("chef", "Write a recipe.", "recipe_text"),
        make("poet", "Name this dish: {{recipe_text}}", "dish_name"),
        make("shopper", "Make a shopping list {words}.", "shopping_list"),
    ])
"""

ENDED = """
    from workflows import Workflow, step
    from workflows.events import StartEvent, StopEvent


    class Total(StopEvent):
        words: int

        @property
        def minutes(self) -> float:
            return self.words / 200


    class Reading(Workflow):
        @step
        async def count(self, ev: StartEvent) -> Total:
            return Total(words=len(ev.text), {more})


    async def main(text):
        total = await Reading(timeout=10).run(text=text)
        return {read}
"""


def told(tmp_path: Path, source: str) -> set[str]:
    """The codes among those of this page that are said of a program."""
    (tmp_path / "app.py").write_text(dedent(source), encoding="utf-8")
    return {finding.code for finding in audited(tmp_path).findings} & SAID


@pytest.mark.parametrize(
    ("code", "source"),
    [
        pytest.param("WF704", WAITING.format(wait=", timeout=3600", limit="timeout=120"), id="wait outlasts the run"),
        pytest.param("WF704", WAITING.format(wait=", timeout=60", limit=""), id="wait outlasts the default"),
        pytest.param("WF704", TRIED.format(policy="maximum_attempts=6, delay=20", limit="timeout=45"), id="tries"),
        pytest.param("WF506", STORED.format(typed="[Cart]", after="pass"), id="copy let go"),
        pytest.param("WF304", SENT.format(to='"shrink_photo"'), id="event sent to nobody"),
        pytest.param("WF109", GRAPH.format(given="list[Review]", taken="Review", way=""), id="list into one"),
        pytest.param(
            "WF109", GRAPH.format(given="list[Review]", taken="str", way=".map()"), id="items of another type"
        ),
        pytest.param("WF304", AGENT.format(deps=DEPS, tool=READ, end=BACK, given=""), id="no dependencies"),
        pytest.param(
            "WF304", AGENT.format(deps=DEPS, tool=READ, end=BACK, given=", deps=Branch('x')"), id="other dependencies"
        ),
        pytest.param("WF304", AGENT.format(deps=DEPS, tool=READ, end="pass", given=", deps=Ledger(1)"), id="validator"),
        pytest.param(
            "WF304",
            AGENT.format(deps="", tool='await other.run("go", message_history=ctx.messages)', end=BACK, given=""),
            id="unfinished history",
        ),
        pytest.param("WF103", ORDERS.format(first="pass", beside=SET), id="read beside its writer"),
        pytest.param("WF305", WORDS.format(end="await ctx.send_message(count)"), id="sent to nobody"),
        pytest.param("WF701", LOOP.format(tools=", tools=[AgentTool(agent=judge)]", more=""), id="exit in a tool"),
        pytest.param("WF304", CALLED.format(guard="context, tool, args", greet=GREET, otherwise=NOTHING), id="name"),
        pytest.param("WF407", CALLED.format(guard=GUARD, greet=GREET, otherwise=SAYING), id="model never asked"),
        pytest.param(
            "WF304", STATED.format(said='inputs_from_state={"customer": "customer"}', default=""), id="key of no state"
        ),
        pytest.param(
            "WF304",
            STATED.format(said='outputs_to_state={"found": {}}', default=""),
            id="put nowhere",
        ),
        pytest.param("WF109", BRANCHES.format(given="x", read='return result["known"]["prompt"]'), id="other branch"),
        pytest.param("WF109", ENDED.format(more="", read="total.time"), id="field of no result"),
        pytest.param("WF003", TEAM.format(more="", words="with read_notes"), id="told with a tool it lacks"),
        pytest.param("WF113", TOLD.format(words="from the recipe stored under recipe_text"), id="told by the key"),
    ],
)
def test_what_goes_wrong(tmp_path: Path, code: str, source: str) -> None:
    assert told(tmp_path, source) == {code}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(WAITING.format(wait=", timeout=60", limit="timeout=120"), id="wait within the run"),
        pytest.param(WAITING.format(wait=", timeout=3600", limit="timeout=None"), id="run without a limit"),
        pytest.param(WAITING.format(wait="", limit="timeout=120"), id="wait of unsaid length"),
        pytest.param(TRIED.format(policy="maximum_attempts=3, delay=2", limit="timeout=45"), id="tries within the run"),
        pytest.param(STORED.format(typed="[Cart]", after="await ctx.store.set_state(cart)"), id="copy put back"),
        pytest.param(STORED.format(typed="[Cart]", after="print(cart.total)"), id="copy as scratch paper"),
        pytest.param(STORED.format(typed="", after="pass"), id="state that is no copy"),
        pytest.param(SENT.format(to='"shrink"'), id="event sent to a step"),
        pytest.param(GRAPH.format(given="list[Review]", taken="Review", way=".map()"), id="list mapped"),
        pytest.param(GRAPH.format(given="object", taken="Review", way=""), id="type that may be anything"),
        pytest.param(AGENT.format(deps=DEPS, tool=READ, end=BACK, given=", deps=Ledger(1)"), id="dependencies"),
        pytest.param(AGENT.format(deps=DEPS, tool=READ, end=BACK, given=", deps=Savings(1, 2.0)"), id="kind of them"),
        pytest.param(
            AGENT.format(deps=DEPS, tool="return ctx.deps.balance if ctx.deps is not None else 0", end=BACK, given=""),
            id="dependencies that may be absent",
        ),
        pytest.param(
            AGENT.format(deps="", tool='await other.run("go", message_history=ctx.messages[:-1])', end=BACK, given=""),
            id="finished history",
        ),
        pytest.param(ORDERS.format(first=SET, beside="pass"), id="read after its writer"),
        pytest.param(WORDS.format(end="await ctx.yield_output(count)"), id="given as output"),
        pytest.param(
            WORDS.format(end="await ctx.send_message(count)\n            await ctx.yield_output(count)"), id="both"
        ),
        pytest.param(LOOP.format(tools="", more=", judge"), id="exit in the loop"),
        pytest.param(CALLED.format(guard=GUARD, greet=GREET, otherwise=NOTHING), id="callbacks"),
        pytest.param(
            CALLED.format(guard="t, given, c", greet="context, request", otherwise=NOTHING).replace(
                "callback_context", "context"
            ),
            id="by position",
        ),
        pytest.param(CALLED.format(guard="tool_context, args, tool", greet=GREET, otherwise=NOTHING), id="by names"),
        pytest.param(CALLED.format(guard="**given", greet=GREET, otherwise=NOTHING), id="callback of anything"),
        pytest.param(STATED.format(said='inputs_from_state={"client": "customer"}', default=""), id="key of the state"),
        pytest.param(
            STATED.format(said='inputs_from_state={"customer": "customer"}', default=' = "all"'), id="with a default"
        ),
        pytest.param(STATED.format(said='inputs_from_state={"messages": "customer"}', default=""), id="messages"),
        pytest.param(BRANCHES.format(given="x", read='return result.get("known")'), id="asks first"),
        pytest.param(
            BRANCHES.format(given="x", read='return result["known"] if "known" in result else result["other"]'),
            id="looks first",
        ),
        pytest.param(BRANCHES.format(given='"a"', read='return result["known"]["prompt"]'), id="knows what it passes"),
        pytest.param(ENDED.format(more="", read="total.minutes + total.words"), id="field of the result"),
        pytest.param(ENDED.format(more="time=3", read="total.time"), id="field beside"),
        pytest.param(ENDED.format(more="**ev", read="total.time"), id="any fields"),
        pytest.param(ENDED.format(more="", read="total.get('time'), total.to_dict()"), id="what all events have"),
        pytest.param(TEAM.format(more=", read_notes", words="with read_notes"), id="told with a tool it has"),
        pytest.param(TEAM.format(more="", words="with output_format"), id="no tool is meant"),
        pytest.param(TOLD.format(words="from this recipe: {recipe_text}"), id="shown by its key"),
        pytest.param(TOLD.format(words="and save it under recipe_text"), id="told where to keep it"),
    ],
)
def test_what_does_not(tmp_path: Path, source: str) -> None:
    assert told(tmp_path, source) == set()
