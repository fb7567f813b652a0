"""Frameworks whose own spans have rules of their own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.traces.programs import COPY
from tests.traces.writing import Span, edge, line, missing, recorded, step, workflows_of, write

PYDANTIC = "pydantic-ai"


def agent(name: str, span: str, at: float, error: str = "") -> Span:
    given = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name, "pydantic_ai.all_messages": "[1]"}
    sums = {"gen_ai.usage.input_tokens": 900, "gen_ai.usage.output_tokens": 90}
    told = {} if error else {"final_result": "done"}
    return Span(name, span, "r", at, at + 3, "t1", {**given, **sums, **told}, error=error)


def chat(name: str, span: str, parent: str, at: float) -> Span:
    given = {"gen_ai.operation.name": "chat", "gen_ai.agent.name": name, "gen_ai.request.model": "m"}
    counts = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10, "gen_ai.output.messages": "[1]"}
    return Span("chat m", span, parent, at, at + 0.4, "t1", {**given, **counts})


def tool(span: str, parent: str, at: float) -> Span:
    about = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "scales"}
    return Span("execute_tool scales", span, parent, at, at + 0.1, "t1", about)


def test_an_answer_that_is_asked_for_again_is_a_mismatch_and_a_tool_round_is_none(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, COPY)
    spans = [
        agent("collector", "c", 0),
        chat("collector", "c1", "c", 0.1),
        tool("c2", "c", 0.6),
        chat("collector", "c3", "c", 0.8),
        chat("collector", "c4", "c", 1.5),
        agent("author", "a", 4),
        chat("author", "a1", "a", 4.1),
        chat("author", "a2", "a", 4.8),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, PYDANTIC)), flows)
    assert (step(found, "collector").et, step(found, "collector").retry_et) == (3 * 140.0, 140.0)
    taken = edge(found, "collector", "author")
    assert (taken.executions, taken.mismatches) == (1, 1)


def test_an_answer_that_never_fits_counts_on_the_edge_that_was_not_taken(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, COPY)
    failed = agent("collector", "c", 0, error="pydantic_ai.exceptions.UnexpectedModelBehavior")
    found = recorded(write(tmp_path / "t.jsonl", line([failed, chat("collector", "c1", "c", 0.1)], PYDANTIC)), flows)
    taken = edge(found, "collector", "author")
    assert (taken.executions, taken.mismatches, taken.reasons) == (
        1,
        1,
        ("the answer never had the declared form (1)",),
    )


def test_links_are_ways_and_a_definition_is_compared(tmp_path: Path) -> None:
    source = """
from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


class First(Executor):
    @handler
    async def go(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)


class Second(Executor):
    @handler
    async def go(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.yield_output(text)


first, second = First(id="first"), Second(id="second")
flow = WorkflowBuilder(start_executor=first).add_edge(first, second).build()
"""
    flows = workflows_of(tmp_path, source)
    edges = [{"source_id": "first", "target_id": "second"}, {"source_id": "second", "target_id": "first"}]
    whole = {"name": "flow", "executors": {"first": {}, "second": {}, "third": {}}, "edge_groups": [{"edges": edges}]}
    spans = [
        Span("workflow.build", "b", trace="t0", attributes={"workflow.definition": json.dumps(whole)}),
        Span("workflow.run", "r", "", 0, 9, "t1", {"workflow.name": "flow"}),
        Span("executor.process first", "e1", "r", 1, 2, "t1", {"executor.id": "first"}),
        Span("message.send", "s", "e1", 1.5, 1.6, "t1", {"message.type": "str"}),
        Span("executor.process second", "e2", "r", 3, 4, "t1", {"executor.id": "second"}, links=("s",)),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "agent_framework")), flows)
    assert len(found.runs) == 1
    assert edge(found, "first", "second").executions == 1
    assert {(one.source, one.target) for one in found.unlisted} == {("third", None), ("second", "first")}


def test_messages_carry_tokens_and_count_once(tmp_path: Path) -> None:
    reply = {"id": "m1", "source": "scout", "models_usage": {"prompt_tokens": 100, "completion_tokens": 10}}
    passed = {
        "messaging.operation": "process",
        "message": json.dumps({"message": {**reply, "created_at": "2026-01-01"}}),
    }
    about = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "scout"}
    spans = [
        Span("invoke_agent scout", "a", "", 0, 1, "t1", about),
        Span("autogen process judge", "p", "", 2, 3, "t2", passed, links=("a",)),
        Span("autogen process clerk", "q", "", 2, 3, "t3", passed, links=("a",)),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "autogen-core")))
    assert (found.et, found.calls, len(found.runs)) == (140.0, 1, 1)
    assert step(found, "scout").et == 140.0


def test_a_step_that_waits_is_no_execution(tmp_path: Path) -> None:
    chain = {"openinference.span.kind": "CHAIN", "input.value": '{"ev": 1}'}
    source = """
from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Part(Event):
    text: str


class Desk(Workflow):
    @step
    async def split(self, ev: StartEvent) -> Part | None:
        return Part(text="x")

    @step
    async def join(self, ev: Part) -> StopEvent:
        return StopEvent(result=ev.text)
"""
    flows = workflows_of(tmp_path, source)
    spans = [
        Span("Desk.run", "r", "", 0, 9, "t1", {**chain, "output.value": "x"}),
        Span("Desk.split", "s", "r", 1, 2, "t1", {**chain, "output.value": "Part(text='x')"}),
        Span("Desk.join", "j1", "r", 3, 4, "t1", chain),
        Span("Desk.join", "j2", "r", 5, 6, "t1", {**chain, "output.value": "StopEvent()"}),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "openinference.instrumentation.llama_index")), flows)
    assert [(one.step, one.executions) for one in found.steps] == [("join", 1), ("split", 1)]
    assert ("tokens", None, None) in missing(found)
