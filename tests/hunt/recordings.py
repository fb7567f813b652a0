"""Recorded runs of one small program, as each kind of exporter writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tests.traces.programs import LIBRARY
from tests.traces.test_library import run
from tests.traces.writing import Span, document, line, model
from tests.traces.writing import node as langgraph_node

PROGRAM = LIBRARY
STEPS = ("look_up", "answer", "check")
USAGE = {"input_tokens": 100, "output_tokens": 10, "input_tokens_details": {"cached_tokens": 40}}
Record = dict[str, object]


def recordings() -> dict[str, str]:
    """Names of files, each with what is in it."""
    spans = [Span(step, step, "root", at, at + 1) for at, step in enumerate(STEPS)]
    return {
        "openinference.jsonl": "".join(line(run(f"t{number}", 1 + number % 2, at=20 * number)) for number in range(2)),
        "indented.json": json.dumps(document(run("t1")), indent=1),
        "frameworks.jsonl": "".join(_genai(scope) for scope in ("agent_framework", "pydantic-ai", "gcp.vertex.agent")),
        "logs.jsonl": line(spans, "opentelemetry.instrumentation.genai.openai_agents") + _lines([_logs()]),
        "openai.jsonl": _lines(_openai()),
        "langsmith.jsonl": _lines(_langsmith()),
        "langfuse.json": json.dumps({"data": [_langfuse()], "meta": {"page": 1}}),
        "stream.jsonl": _lines(_stream()),
        "events.jsonl": _lines(_events()),
    }


def _lines(records: Iterable[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _genai(scope: str) -> str:
    asked = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    agent = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "look_up", "executor.id": "look_up"}
    given = {"gen_ai.input.messages": '[{"role": "user", "parts": []}]', "gen_ai.output.messages": "[]"}
    spans = [Span("invoke", "a", attributes=agent), Span("chat", "b", "a", attributes={**asked, **given})]
    failed = Span("execute_tool", "c", "a", 0.2, 0.4, attributes={"gen_ai.tool.name": "x"}, error="ValidationError")
    node = Span("look_up", "d", "a", attributes={**langgraph_node("look_up", 1, output={"shelf": 1}), **model(1, 2)})
    return line([*spans, failed, node], scope)


def _logs() -> Record:
    span = Span("x", "look_up").wire()
    record = {"traceId": span["traceId"], "spanId": span["spanId"], "eventName": "gen_ai.choice", "attributes": []}
    return {"resourceLogs": [{"scopeLogs": [{"scope": {}, "logRecords": [record]}]}]}


def _openai() -> list[Record]:
    def span(name: str, parent: str | None, data: Record) -> Record:
        at = "2026-01-01T00:00:01+00:00"
        found = {"object": "trace.span", "id": name, "trace_id": "t", "parent_id": parent, "started_at": at}
        return {**found, "ended_at": at, "span_data": data, "error": None}

    return [
        {"object": "trace", "id": "t", "workflow_name": "desk"},
        span("f", None, {"type": "agent", "name": "look_up"}),
        span("fr", "f", {"type": "response", "usage": USAGE}),
        span("h", "f", {"type": "handoff", "from_agent": "look_up", "to_agent": "answer"}),
    ]


def _langsmith() -> list[Record]:
    def ran(name: str, parent: str | None, kind: str, **more: object) -> Record:
        at = {"start_time": "2026-01-01 00:00:01", "end_time": "2026-01-01 00:00:02"}
        about = {"langgraph_node": name, "langgraph_step": 1, "langgraph_checkpoint_ns": f"{name}:1"}
        found = {"id": name, "trace_id": "r", "parent_run_id": parent, "name": name, "run_type": kind, **at}
        return {**found, "inputs": {"q": 1}, "outputs": {"x": 1}, "extra": {"metadata": about}, **more}

    answer = {"generations": [[{"message": {"kwargs": {"usage_metadata": USAGE}}}]]}
    body = {"id": "m", "trace_id": "r", "parent_run_id": "look_up", "run_type": "llm", "name": "m"}
    return [
        ran("r", None, "chain"),
        ran("look_up", "r", "chain", error="TimeoutError('slow')", status="error"),
        ran("ask", "look_up", "llm", outputs=answer),
        {"part": "post.m", "body": body},
        {"part": "patch.m.outputs", "body": answer},
    ]


def _langfuse() -> Record:
    at = {"startTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-01T00:00:01Z"}
    asked = {"id": "o", "traceId": "t", "type": "GENERATION", "name": "look_up", "usageDetails": {"input": 9}, **at}
    return {"id": "t", "name": "run", "observations": [asked, {**asked, "id": "p", "parentObservationId": "o"}]}


def _stream() -> list[Record]:
    found: list[Record] = [
        {"type": "checkpoint", "step": 0, "payload": {"metadata": {"source": "input"}, "next": ["look_up"]}}
    ]
    for at, step in enumerate(STEPS, start=1):
        common: Record = {"step": at, "timestamp": f"2026-01-01T00:00:0{at}"}
        task = {"id": step, "name": step, "input": {"q": 1}, "triggers": []}
        result = {"id": step, "name": step, "error": None, "result": {"shelf": "B"}}
        found += [{"type": "task", **common, "payload": task}, {"type": "task_result", **common, "payload": result}]
    return found


def _events() -> list[Record]:
    about = {"langgraph_node": "look_up", "langgraph_step": 1, "langgraph_checkpoint_ns": "look_up:1"}
    common = {"metadata": about, "parent_ids": ["r"], "name": "look_up", "tags": []}
    said = {"output": {"usage_metadata": USAGE, "response_metadata": {}}}
    return [
        {"event": "on_chain_start", "run_id": "r", "name": "desk", "metadata": {}, "parent_ids": [], "data": {}},
        {"event": "on_chain_start", "run_id": "a", "data": {"input": 1}, **common},
        {"event": "on_chat_model_end", "run_id": "b", "data": said, **common, "parent_ids": ["r", "a"]},
        {"event": "on_chain_end", "run_id": "a", "data": {"output": {}}, **common},
    ]
