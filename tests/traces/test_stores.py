"""Spans as Google Cloud Trace, Azure Monitor and Sentry have them; lines as gatherers of logs have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.traces.programs import LIBRARY
from tests.traces.test_rows import same_as_otlp
from tests.traces.test_span_forms import SPANS
from tests.traces.writing import LANGCHAIN, Span, line, recorded, step, workflows_of, write
from wflint.model.workflow import Workflow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def _map(told: dict[str, object]) -> dict[str, object]:
    values = {
        name: {"intValue": str(one)} if isinstance(one, int) else {"stringValue": {"value": one}}
        for name, one in told.items()
    }
    return {"attributeMap": values}


def google() -> object:
    """A body of `batchWrite`."""
    spans = [
        {
            "name": f"projects/p/traces/{'t1':032}/spans/{span}",
            "spanId": span,
            **({"parentSpanId": parent} if parent else {}),
            "displayName": {"value": name, "truncatedByteCount": 0},
            "startTime": f"2026-01-01T00:00:{at:02}.000000Z",
            "endTime": f"2026-01-01T00:00:{at + 1:02}.000000Z",
            "attributes": _map({**told, "otel.scope.name": LANGCHAIN}),
            **({"status": {"code": 2}} if bad else {}),
            "timeEvents": {
                "timeEvent": [{"annotation": {"description": {"value": "exception"}, "attributes": _map(bad)}}]
            }
            if bad
            else {},
        }
        for name, span, parent, at, told, bad in SPANS
    ]
    return {"name": "projects/p", "spans": spans}


def azure() -> list[object]:
    """What an exporter sends: the root's parent is its trace."""
    return [
        {
            "name": "Microsoft.ApplicationInsights.RemoteDependency",
            "time": f"2026-01-01T00:00:{at:02}.000000Z",
            "tags": {"ai.operation.id": "t1", "ai.operation.parentId": parent or "t1"},
            "data": {
                "baseType": "RemoteDependencyData",
                "baseData": {
                    "id": span,
                    "name": name,
                    "duration": "0.00:00:01.000",
                    "success": not bad,
                    "properties": {
                        key: one if isinstance(one, str) else json.dumps(one)
                        for key, one in {**told, "otel.scope.name": LANGCHAIN}.items()
                    },
                },
            },
        }
        for name, span, parent, at, told, bad in SPANS
    ]


def test_spans_of_cloud_trace(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    same_as_otlp(recorded(write(tmp_path / "spans.json", json.dumps(google(), indent=2)), library))


def test_telemetry_of_azure_monitor(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    text = "".join(json.dumps(one) + "\n" for one in azure())
    found = recorded(write(tmp_path / "telemetry.jsonl", text), library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.et) == (1, 2, 95.0)


def _of_sentry(op: str, name: str, span: str, parent: str, at: int, **data: object) -> dict[str, object]:
    times = {"start_timestamp": f"2026-01-01T00:00:{at:02}Z", "timestamp": f"2026-01-01T00:00:{at + 5:02}Z"}
    ids = {"trace_id": "t1", "span_id": span, "parent_span_id": parent or None}
    named = {"op": op, "description": name, "origin": "auto.ai.langgraph", "status": "ok"}
    return {**ids, **named, **times, "data": {"gen_ai.operation.name": op.removeprefix("gen_ai."), **data}}


def test_a_transaction_of_sentry(tmp_path: Path) -> None:
    """A call is inside of another one that was under way, and both are calls; the graph is no agent."""
    root = _of_sentry("gen_ai.invoke_agent", "invoke_agent desk", "r", "", 0, **{"gen_ai.pipeline.name": "desk"})
    root["data"] = {**root["data"], "gen_ai.agent.name": "desk"}  # type: ignore[dict-item]
    first = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.input_tokens.cached": 50, "gen_ai.usage.output_tokens": 10}
    second = {
        "gen_ai.usage.input_tokens": 20,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.usage.output_tokens.reasoning": 2,
    }
    whole = {
        "type": "transaction",
        "transaction": "invoke_agent desk",
        "contexts": {"trace": {**root, "status": "internal_error"}},
        "start_timestamp": root["start_timestamp"],
        "timestamp": root["timestamp"],
        "spans": [
            _of_sentry("gen_ai.chat", "chat m", "a", "r", 1, **first),
            _of_sentry("gen_ai.chat", "chat m", "b", "a", 2, **second),
            _of_sentry("gen_ai.chat", "chat m", "c", "a", 3, **second),
        ],
    }
    lines = [{"event_id": "e"}, {"type": "transaction", "length": 1}, whole]
    found = recorded(write(tmp_path / "envelopes.log", "".join(json.dumps(one) + "\n" for one in lines)))
    assert (found.calls, found.et) == (3, 50 + 5 + 40 + 2 * (20 + 20.0))
    assert ([one.failed for one in found.runs], found.steps) == ([True], ())
    assert [one.format for one in found.sources] == ["Sentry"]


@pytest.mark.parametrize(
    "before",
    ["app-1  | ", "2026-01-01T00:00:00.123Z stdout F ", "Jan  1 00:00:00 host python[12]: ", ""],
    ids=["compose", "kubernetes", "journal", "nothing"],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_what_a_gatherer_of_logs_puts_before_each_line(before: str, indent: int | None, tmp_path: Path) -> None:
    call = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    document = json.dumps(json.loads(line([Span("chat m", "c", attributes=call)])), indent=indent)
    text = "".join(f"{before}{one}\n" for one in ("INFO begun", *document.splitlines(), "INFO ended"))
    assert recorded(write(tmp_path / "app.log", text)).et == 140.0


def test_who_answers_goes_on_with_the_run_that_has_asked(tmp_path: Path) -> None:
    """A workflow that asks a person and is run again with the answer; another one of the same code is another run."""

    def run(trace: str, at: float, workflow: str, message: str) -> list[Span]:
        call = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
        return [
            Span("workflow.run", f"r{trace}", "", at, at + 3, trace, {"workflow.id": workflow}),
            Span(
                "executor.process desk",
                f"e{trace}",
                f"r{trace}",
                at,
                at + 2,
                trace,
                {"executor.id": "desk", "message.type": message},
            ),
            Span("chat m", f"c{trace}", f"e{trace}", at, at + 1, trace, call),
        ]

    spans = [
        *run("t1", 0, "w1", "MessageType.STANDARD"),
        *run("t2", 10, "w1", "MessageType.RESPONSE"),
        *run("t3", 20, "w1", "MessageType.STANDARD"),
        *run("t4", 30, "w2", "MessageType.RESPONSE"),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "agent_framework")))
    assert [one.traces for one in found.runs] == [2, 1, 1]
