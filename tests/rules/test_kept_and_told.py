"""What is kept or told at the wrong place: counts (WF703), conversations (WF501), failures (WF603), states (WF111)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found

EXECUTORS = """
    from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, handler
    from agent_framework.openai import OpenAIChatClient

    client = OpenAIChatClient(model_id="gpt-4o")
    writer, judge = Agent(client=client, name="writer"), Agent(client=client, name="judge")

    class Write(Executor):
        @handler
        async def write(self, notes: str, ctx: WorkflowContext[str]) -> None:
            try:
                text = (await writer.run(notes)).text
            except Exception as error:
                <0>
            await ctx.send_message(text)

    class Judge(Executor):
        @handler
        async def review(self, text: str, ctx: WorkflowContext[str, str]) -> None:
            verdict = await judge.run(text)
            rounds = ctx.get_state("rounds", 0) + 1
            <1>
            if verdict.text == "OK" or rounds >= 4:
                await ctx.yield_output(text)
                return
            await ctx.send_message(text)

    write, review = Write(id="write"), Judge(id="judge")
    workflow = WorkflowBuilder(start_executor=write).add_edge(write, review).add_edge(review, write).build()
"""
SET, FAIL = 'ctx.set_state("rounds", rounds)', "raise RuntimeError(notes) from error"
COUNT = Twin("count", EXECUTORS, ((FAIL,) * 2, ("pass", SET)), "get_state")
RESET = Twin("begun anew", EXECUTORS, ((FAIL,) * 2, ('ctx.set_state("rounds", 0)', SET)), "get_state")
SENT = Twin("sent", EXECUTORS, (('text = f"Writing failed: {error}"', FAIL), (SET,) * 2), "send_message(text)")
SESSIONS = """
    from agent_framework import Agent
    from agent_framework.openai import OpenAIChatClient

    client = OpenAIChatClient(model_id="gpt-4o")
    triage = Agent(client=client, name="triage", instructions="Find out what is broken.")
    solver = Agent(client=client, name="solver", instructions="Suggest a repair.")
    <0>

    async def handle(<2>, text):
        <1>
        facts = await triage.run(text, session=session)
        return (await solver.run(f"What we know: {facts.text}")).text
"""
MADE = "session = triage.create_session()"
SESSION = Twin("session", SESSIONS, ((MADE, ""), ("pass", MADE), ("customer",) * 2), "session=session")
SCRIPT = Twin("no caller", SESSIONS, ((MADE,) * 2, ("pass",) * 2, ("customer", "machine")), "session=session")
TOOLS = """
    import logging
    import httpx
    from google.adk.agents import LlmAgent, SequentialAgent

    def incidents(service: str) -> dict:
        try:
            reply = httpx.get("https://status.example", params={"service": service}, timeout=10)
            reply.raise_for_status()
            <0>
        except Exception as error:
            <1>
        <2>

    watcher = LlmAgent(name="watcher", instruction="List incidents.", tools=[incidents], output_key="found")
    reporter = LlmAgent(name="reporter", instruction="Say whether to act: {found}")
    root_agent = SequentialAgent(name="desk", sub_agents=[watcher, reporter])
"""
DONE, FAILED = 'return {"status": "success", "found": []}', 'return {"status": "error", "why": str(error)}'
CLAIMED = Twin("claimed", TOOLS, ((DONE,) * 2, (DONE, FAILED), ("",) * 2), DONE)
SWALLOWED = Twin("swallowed", TOOLS, (("pass",) * 2, ('logging.error("failed")', FAILED), (DONE,) * 2), "except")
SENTENCE = Twin(
    "in a sentence",
    TOOLS.replace("<2>", 'return f"The mail about {service} was sent."'),
    (("pass",) * 2, ("pass", 'return f"The mail about {service} could not be sent."')),
    "except",
)
COMPONENTS = """
    import requests
    from haystack import Pipeline, component
    from haystack.components.builders import PromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator

    @component
    class Fetcher:
        @component.output_types(page=str)
        def run(self, url: str):
            try:
                return {"page": requests.get(url, timeout=10).text}
            except requests.RequestException as error:
                <0>

    p = Pipeline()
    p.add_component("fetcher", Fetcher())
    p.add_component("prompt", PromptBuilder("Summarise this page: {{ page }}", required_variables=["page"]))
    p.add_component("llm", OpenAIChatGenerator(model="gpt-4o"))
    p.connect("fetcher.page", "prompt.page")
    p.connect("prompt.prompt", "llm.messages")
"""
PAGE = Twin("page", COMPONENTS, (('return {"page": f"Error: {error}"}', "raise"),), "Error:")
NODES = """
    from __future__ import annotations
    from dataclasses import dataclass
    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext, StepContext

    @dataclass
    class Freight:
        request: str
        customs_notes: str = ""
        customs_remarks: str = ""
        rounds: int = 0

    customs = Agent("openai:gpt-4o", output_type=bool, instructions="Are the papers in order?")
    clerk = Agent("openai:gpt-4o", instructions="Write an offer for the freight.")

    @dataclass
    class Papers(BaseNode[Freight, None, str]):
        async def run(self, ctx: GraphRunContext[Freight]) -> Papers | Offer:
            <1>
            answer = await customs.run(ctx.state.request)
            ctx.state.<0> = str(answer.output)
            if answer.output <2>:
                return Offer()
            return Papers()

    @dataclass
    class Offer(BaseNode[Freight, None, str]):
        async def run(self, ctx: GraphRunContext[Freight]) -> End[str]:
            return End((await clerk.run(f"{ctx.state.request} {ctx.state.customs_notes}")).output)

    def build():
        g = GraphBuilder(state_type=Freight, output_type=str)

        @g.step
        async def begin(ctx: StepContext[Freight, None, None]) -> Papers:
            return Papers()

        g.add(g.edge_from(g.start_node).to(begin), g.node(Papers), g.node(Offer))
        return g.build()

    async def offer(request: str) -> str:
        return await build().run(state=Freight(request))
"""
NOTES, COUNTED = ("customs_notes",) * 2, ("ctx.state.rounds += 1", "or ctx.state.rounds > 3")
EMPTY = Twin("empty", NODES, (("customs_remarks", "customs_notes"), (COUNTED[0],) * 2, (COUNTED[1],) * 2), "clerk.run")
ENDLESS = Twin("endless", NODES, (NOTES, ("pass", COUNTED[0]), ("", COUNTED[1])), "async def run")
SCORES = """
    from agent_framework import WorkflowBuilder, WorkflowContext, executor
    from pydantic import BaseModel

    class Grade(BaseModel):
        score: <1>

    @executor(id="grade")
    async def grade(text: str, ctx: WorkflowContext[Grade]) -> None:
        await ctx.send_message(Grade.model_validate_json(text))

    @executor(id="accept")
    async def accept(grade: Grade, ctx: WorkflowContext[None, str]) -> None:
        await ctx.yield_output("accepted")

    @executor(id="reject")
    async def reject(grade: Grade, ctx: WorkflowContext[None, str]) -> None:
        await ctx.yield_output("rejected")

    builder = WorkflowBuilder(start_executor=grade)
    builder.add_edge(grade, accept, condition=lambda grade: grade.score >= 7)
    builder.add_edge(grade, reject, condition=lambda grade: grade.score <0>)
    workflow = builder.build()
"""
HOLE = Twin("hole", SCORES, (("< 5", "< 7"), ("int",) * 2), "condition=lambda")
WHOLE = Twin("between whole numbers", SCORES, (("<= 6",) * 2, ("float", "int")), "condition=lambda")
WORKERS = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step
    from llama_index.llms.openai import OpenAI

    class Receipt(Event):
        text: str

    class Read(Event):
        amount: float

    class Costs(Workflow):
        total = 0.0
        llm = OpenAI(model="gpt-4o", timeout=20)

        @step
        async def hand_out(self, ctx: Context, ev: StartEvent) -> Receipt:
            for text in ev.receipts:
                ctx.send_event(Receipt(text=text))

        @step(<1>)
        async def read(self, ev: Receipt) -> Read:
            before = self.total
            amount = float(str(await self.llm.acomplete(f"Answer with the total, a number: {ev.text}")))
            self.total = <0> + amount
            return Read(amount=amount)

        @step
        async def add_up(self, ctx: Context, ev: Read) -> StopEvent | None:
            if ctx.collect_events(ev, [Read] * 3) is None:
                return None
            return StopEvent(result=self.total)
"""
STALE = Twin("stale", WORKERS, (("before", "self.total"), ("num_workers=4",) * 2), "self.total =")
ALONE = Twin("one worker", WORKERS, (("before",) * 2, ("", "num_workers=1")), "self.total =")


@pytest.mark.parametrize(
    ("twin", "rule"),
    [
        (COUNT, "budget-never-advances"),
        (RESET, "budget-never-advances"),
        (SENT, "error-as-data"),
        (PAGE, "error-as-data"),
        (CLAIMED, "error-as-data"),
        (SWALLOWED, "error-as-data"),
        (SENTENCE, "error-as-data"),
        (SESSION, "concurrent-write"),
        (SCRIPT, "concurrent-write"),
        (STALE, "concurrent-write"),
        (ALONE, "concurrent-write"),
        (EMPTY, "soft-gap"),
        (ENDLESS, "loop-without-budget"),
        (HOLE, "route-not-mapped"),
        (WHOLE, "route-not-mapped"),
    ],
    ids=lambda each: each.name if isinstance(each, Twin) else "",
)
def test_a_twin(twin: Twin, rule: str, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, rule)
    assert [twin.line in line for line, _ in said] == [True]
    assert found(twin.good, tmp_path, rule) == []
