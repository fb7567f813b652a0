"""Spans in the forms of other tools give what the same spans give in OTLP."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.traces.programs import LIBRARY
from tests.traces.writing import LANGCHAIN, missing, recorded, step, workflows_of, write
from wflint.model.workflow import Workflow

PLACE = json.dumps({"langgraph_node": "look_up", "langgraph_step": 1, "langgraph_checkpoint_ns": "look_up:1"})
NODE: dict[str, object] = {
    "openinference.span.kind": "CHAIN",
    "metadata": PLACE,
    "input.value": "x",
    "output.value": "y",
}
CALL: dict[str, object] = {
    "openinference.span.kind": "LLM",
    "metadata": PLACE,
    "llm.model_name": "m-1",
    "llm.token_count.prompt": 100,
    "llm.token_count.completion": 10,
    "llm.token_count.prompt_details.cache_read": 50,
}
SCOPE = {"otel.scope.name": LANGCHAIN, "otel.scope.version": "0.1"}
SECOND = 1_000_000
START = 1_700_000_000 * SECOND
GONE: dict[str, object] = {"exception.type": "ValueError", "exception.message": "no shelf"}
"""An attempt that failed, another one, and a call inside of it: name, id, parent, begin, attributes, exception."""
SPANS: tuple[tuple[str, str, str, int, dict[str, object], dict[str, object]], ...] = (
    ("look_up", "a1", "", 0, {**NODE, "output.value": ""}, GONE),
    ("look_up", "b1", "", 2, NODE, {}),
    ("ChatModel", "c1", "b1", 2, CALL, {}),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def zipkin() -> object:
    """All of them in a list; every tag is a text, an event is JSON in an annotation."""
    return [
        {
            "traceId": "t1",
            "id": span,
            **({"parentId": parent} if parent else {}),
            "name": name,
            "timestamp": START + at * SECOND,
            "duration": SECOND,
            "tags": {
                **{key: str(value) for key, value in {**told, **SCOPE}.items()},
                **({"error": "x"} if bad else {}),
            },
            "annotations": [{"timestamp": START, "value": json.dumps({"exception": bad})}] if bad else [],
        }
        for name, span, parent, at, told, bad in SPANS
    ]


def jaeger() -> object:
    """A trace with its spans; parents are references, tags have a type each."""
    return {
        "data": [
            {
                "traceID": "t1",
                "processes": {"p1": {"serviceName": "desk"}},
                "spans": [
                    {
                        "traceID": "t1",
                        "spanID": span,
                        "operationName": name,
                        "references": [{"refType": "CHILD_OF", "traceID": "t1", "spanID": parent}] if parent else [],
                        "startTime": START + at * SECOND,
                        "duration": SECOND,
                        "tags": _tags({**told, **SCOPE, **({"error": True} if bad else {})}),
                        "logs": [{"timestamp": START, "fields": _tags({"event": "exception", **bad})}] if bad else [],
                    }
                    for name, span, parent, at, told, bad in SPANS
                ],
            }
        ]
    }


def _tags(told: dict[str, object]) -> list[dict[str, object]]:
    kinds = {bool: "bool", int: "int64"}
    return [{"key": key, "type": kinds.get(type(value), "string"), "value": value} for key, value in told.items()]


def table() -> object:
    """Lines of a table of Phoenix, in a list."""
    return [
        {
            "context.trace_id": "t1",
            "context.span_id": span,
            "parent_id": parent or None,
            "name": name,
            "span_kind": told["openinference.span.kind"],
            "start_time": f"2026-01-01T00:00:{at:02}Z",
            "end_time": f"2026-01-01T00:00:{at + 1:02}Z",
            "status_code": "ERROR" if bad else "OK",
            "events": [{"name": "exception", "attributes": bad}] if bad else [],
            "attributes.llm.token_count.total": None,
            **{f"attributes.{key}": value for key, value in told.items() if key != "openinference.span.kind"},
        }
        for name, span, parent, at, told, bad in SPANS
    ]


@pytest.mark.parametrize("form", [zipkin, jaeger, table])
@pytest.mark.parametrize("indent", [None, 2])
def test_spans_of_other_tools(
    form: Callable[[], object], indent: int | None, library: tuple[Workflow, ...], tmp_path: Path
) -> None:
    found = recorded(write(tmp_path / "spans.json", json.dumps(form(), indent=indent)), library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.calls) == (1, 2, 1)
    assert (look_up.et, look_up.cached_tokens) == (50 + 5 + 40.0, 50)
    assert "error log" not in {part for part, _, _ in missing(found)}


def test_a_zipkin_span_a_line_is_no_span_of_otlp(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    spans = zipkin()
    assert isinstance(spans, list)
    text = "".join(json.dumps(span, separators=(",", ":")) + "\n" for span in spans)
    found = recorded(write(tmp_path / "spans.jsonl", text), library)
    assert (step(found, "look_up").et, [one.format for one in found.sources]) == (95.0, ["OpenInference LangChain"])


DATADOG = [
    ("well", "1", "undefined", {"kind": "agent"}, {}, "ok"),
    ("look_up", "2", "1", {"kind": "task"}, {}, "error"),
    ("look_up", "3", "1", {"kind": "task"}, {}, "ok"),
    (
        "OpenAI",
        "4",
        "3",
        {"kind": "llm"},
        {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110, "cache_read_input_tokens": 50},
        "ok",
    ),
]


def _sent() -> object:
    """As the tracer sends them: several events of one span each."""
    return [
        {
            "event_type": "span",
            "spans": [
                {
                    "trace_id": "t1",
                    "span_id": span,
                    "parent_id": parent,
                    "name": name,
                    "start_ns": START * 1_000 + int(span),
                    "duration": 1,
                    "status": status,
                    "metrics": metrics,
                    "meta": {"span": kind, "input": {"value": "x"}, "error.message": "no shelf"}
                    if status == "error"
                    else {"span": kind, "input": {"value": "x"}, "output": {"value": "y"}, "model_name": "m-1"},
                }
            ],
        }
        for name, span, parent, kind, metrics, status in DATADOG
    ]


def _given_back() -> object:
    """As the interface gives them back: under `attributes`."""
    spans = [
        {
            "trace_id": "t1",
            "span_id": span,
            "parent_id": parent,
            "name": name,
            "start_ms": START // 1_000 + int(span),
            "duration": 1_000,
            "status": status,
            "metrics": metrics,
            "span_kind": kind["kind"],
            "input": {"value": "x"},
            "model_name": "m-1",
        }
        for name, span, parent, kind, metrics, status in DATADOG
    ]
    return {"data": [{"id": span["span_id"], "type": "span", "attributes": span} for span in spans]}


@pytest.mark.parametrize("form", [_sent, _given_back])
def test_spans_of_datadog(form: Callable[[], object], library: tuple[Workflow, ...], tmp_path: Path) -> None:
    found = recorded(write(tmp_path / "spans.json", json.dumps(form())), library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.calls, look_up.et) == (1, 2, 1, 95.0)
    assert [run.failed for run in found.runs] == [False]
