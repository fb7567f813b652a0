"""Agents that the code of a step runs: a trace that shows only them is about the steps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.traces.writing import Span, edge, line, recorded, step, workflows_of, write

GRAPH = """
from dataclasses import dataclass

from pydantic_ai import Agent
from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext

reader = Agent("openai:m-1", name="reader")
writer = Agent("openai:m-1")


@dataclass
class Read(BaseNode[dict]):
    async def run(self, ctx: GraphRunContext[dict]) -> "Write":
        return Write((await reader.run("read")).output)


@dataclass
class Write(BaseNode[dict, None, str]):
    text: str

    async def run(self, ctx: GraphRunContext[dict]) -> End[str]:
        return End((await writer.run(self.text)).output)


g = GraphBuilder(state_type=dict, input_type=Read, output_type=str)
g.add(g.node(Read), g.node(Write), g.edge_from(g.start_node).to(Read))
desk = g.build()
"""
"""Two nodes with an agent each; the second one is called like its variable."""

ASKED_ALONE = """
author = Agent("openai:m-1", name="author")


def make(text: str) -> str:
    facts = reader.run_sync(text).output
    return author.run_sync(f"Write about {facts}").output
"""
"""One of them is a step of plain code, too, before another one."""


def _work(agent: str, at: int) -> list[Span]:
    about = {"gen_ai.agent.name": agent}
    usage = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10, "gen_ai.request.model": "m-1"}
    return [
        Span(
            f"invoke_agent {agent}",
            agent,
            "r",
            at,
            at + 1,
            attributes={"gen_ai.operation.name": "invoke_agent", **about},
        ),
        Span("chat", f"{agent}c", agent, at, at + 1, attributes={"gen_ai.operation.name": "chat", **about, **usage}),
    ]


def test_agents_stand_for_the_nodes_that_run_them(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    spans = [Span("request", "r", end=5), *_work("reader", 1), *_work("writer", 3)]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "pydantic-ai")), workflows_of(tmp_path / "src", GRAPH))
    assert {one.step: one.et for one in found.steps} == {"Read": 140.0, "Write": 140.0}
    assert edge(found, "Read", "Write").executions == 1


def test_where_an_agent_is_a_step_by_itself_the_graph_is_not_told_in_parts(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    spans = [Span("request", "r", end=5), *_work("reader", 1), *_work("writer", 3)]
    flows = workflows_of(tmp_path / "src", GRAPH + ASKED_ALONE)
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "pydantic-ai")), flows)
    assert {one.step for one in found.steps} == {"reader", "writer"}
    assert not found.unlisted


LIBRARY_OF_ONE = """
from typing import TypedDict

from langgraph.graph import START, StateGraph


class Desk(TypedDict):
    text: str


def read(state: Desk):
    return {"text": "x"}


g = StateGraph(Desk)
g.add_node("read", read)
g.add_edge(START, "read")
desk = g.compile()
"""


@pytest.mark.parametrize(
    "answer",
    [
        {"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 10}},
        {"raw": {"model": "m-1", "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 10}}},
        {"output": [{"delta": "x", "usage": None}, {"delta": "", "usage": {"input_tokens": 100, "output_tokens": 10}}]},
    ],
)
def test_a_providers_own_answer_holds_its_tokens(answer: object, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    common = {"trace_id": "t", "start_time": "2026-01-01T00:00:00+00:00", "end_time": "2026-01-01T00:00:01+00:00"}
    runs = [
        {**common, "id": "n", "run_type": "chain", "name": "read", "extra": {"metadata": {"langgraph_node": "read"}}},
        {**common, "id": "c", "parent_run_id": "n", "run_type": "llm", "name": "ask", "outputs": answer},
    ]
    text = "".join(json.dumps(run) + "\n" for run in runs)
    read = step(recorded(write(tmp_path / "runs.jsonl", text), workflows_of(tmp_path / "src", LIBRARY_OF_ONE)), "read")
    assert (read.calls, read.et) == (1, 140.0)


def test_the_end_of_a_stream_that_logfire_puts_beside_a_call_is_no_call(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    chat = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m-1"}
    usage = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    spans = [
        Span("read", "n", end=5),
        Span("Chat Completion", "c", "n", 1, 2, attributes={**chat, "logfire.span_type": "span"}),
        Span("streaming response", "s", "n", 2.5, 2.5, attributes={**chat, **usage, "logfire.span_type": "log"}),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "logfire.openai")))
    assert (found.calls, found.et) == (1, 140.0)


def test_what_is_sent_later_about_a_run_belongs_to_it(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    common = {"trace_id": "t", "start_time": "2026-01-01T00:00:00+00:00"}
    usage = {"prompt_tokens": 100, "completion_tokens": 10}
    sent = [
        {**common, "id": "n", "run_type": "chain", "name": "read", "extra": {"metadata": {"langgraph_node": "read"}}},
        {**common, "id": "c", "parent_run_id": "n", "run_type": "llm", "name": "ask"},
        {"id": "c", "trace_id": "t", "dotted_order": "n.c", "outputs": {"usage": usage}},
    ]
    text = "".join(json.dumps(run) + "\n" for run in sent)
    read = step(recorded(write(tmp_path / "runs.jsonl", text), workflows_of(tmp_path / "src", LIBRARY_OF_ONE)), "read")
    assert (read.calls, read.et) == (1, 140.0)
