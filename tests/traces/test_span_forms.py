"""Spans in the forms of other tools give what the same spans give in OTLP."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from tests.traces.programs import COPY, LIBRARY
from tests.traces.writing import LANGCHAIN, missing, reading, recorded, step, workflows_of, write
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


def zipkin_traces() -> object:
    """A list of traces that are lists of spans, as Zipkin's interface gives them back."""
    return [[span] for span in cast("list[object]", zipkin())]


def phoenix() -> object:
    """A page of Phoenix's interface: the metadata is taken apart, the scope is gone."""
    return {
        "data": [
            {
                "id": "U3Bhbg==",
                "name": name,
                "context": {"trace_id": "t1", "span_id": span},
                "span_kind": told["openinference.span.kind"],
                "parent_id": parent or None,
                "start_time": f"2026-01-01T00:00:{at:02}+00:00",
                "end_time": f"2026-01-01T00:00:{at + 1:02}+00:00",
                "status_code": "ERROR" if bad else "OK",
                "status_message": "",
                "attributes": {
                    **{f"metadata.{key}": str(value) for key, value in json.loads(PLACE).items()},
                    **{key: value for key, value in told.items() if key not in ("openinference.span.kind", "metadata")},
                },
                "events": [{"name": "exception", "attributes": bad}] if bad else [],
            }
            for name, span, parent, at, told, bad in SPANS
        ],
        "next_cursor": None,
    }


TRACE = "1-0123abcd-0123456789abcdef01234567"


def _segment(at: int, *, indexed: bool) -> dict[str, object]:
    """A segment of X-Ray's: attributes are annotations without dots, or metadata as they were."""
    name, span, parent, begun, told, bad = SPANS[at]
    kept = {**told, **SCOPE}
    found: dict[str, object] = {"id": span, "name": name, "trace_id": TRACE, "fault": bool(bad)}
    found |= {"start_time": 1_700_000_000.25 + begun, "end_time": 1_700_000_001.25 + begun}
    if indexed:
        found["annotations"] = {key.replace(".", "_"): value for key, value in kept.items()}
    else:
        found["metadata"] = {"default": kept}
    if parent:
        found |= {"parent_id": parent, "type": "subsegment"}
    if bad:
        told_of = {"type": bad["exception.type"], "message": bad["exception.message"]}
        found["cause"] = {"exceptions": [told_of]}
    return found


def xray() -> object:
    """What BatchGetTraces answers: each segment is a text."""
    documents = [_segment(at, indexed=True) for at in range(len(SPANS))]
    texts = [{"Id": str(one["id"]), "Document": json.dumps(one)} for one in documents]
    return {"Traces": [{"Id": TRACE, "Segments": texts}], "UnprocessedTraceIds": []}


def xray_documents() -> object:
    """Segments by themselves; one inside of another names neither its parent nor the trace."""
    first, second, inner = (_segment(at, indexed=False) for at in range(len(SPANS)))
    second["subsegments"] = [{key: inner[key] for key in inner if key not in ("trace_id", "parent_id", "type")}]
    return [first, second]


def datadog_tracer() -> object:
    """Traces as Datadog's tracer writes them: texts are `meta`, numbers `metrics`; zeros stand for no parent."""
    spans = [
        {
            "trace_id": "00000000000000A1",
            "span_id": f"00000000000000{span.upper()}",
            "parent_id": f"00000000000000{parent.upper()}" if parent else "0000000000000000",
            "name": name,
            "resource": name,
            "service": "desk",
            "type": None,
            "start": (START + at * SECOND) * 1_000,
            "duration": SECOND * 1_000,
            "error": int(bool(bad)),
            "meta": {
                **{key: value for key, value in {**told, **SCOPE}.items() if isinstance(value, str)},
                **({"error.type": "ValueError", "error.message": "no shelf"} if bad else {}),
            },
            "metrics": {key: value for key, value in told.items() if isinstance(value, int)},
        }
        for name, span, parent, at, told, bad in SPANS
    ]
    return {"traces": [spans]}


@pytest.mark.parametrize("form", [zipkin, zipkin_traces, jaeger, table, phoenix, xray, xray_documents, datadog_tracer])
@pytest.mark.parametrize("indent", [None, 2])
def test_spans_of_other_tools(
    form: Callable[[], object], indent: int | None, library: tuple[Workflow, ...], tmp_path: Path
) -> None:
    found = recorded(write(tmp_path / "spans.json", json.dumps(form(), indent=indent)), library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.calls) == (1, 2, 1)
    assert (look_up.et, look_up.cached_tokens) == (50 + 5 + 40.0, 50)
    assert "error log" not in {part for part, _, _ in missing(found)}
    assert all("step" not in one.lacks for one in found.sources)


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


def test_an_agent_of_datadog_stands_for_the_step_that_runs_it(tmp_path: Path) -> None:
    about = {"trace_id": "t1", "duration": 1_000, "status": "ok"}
    spans = [
        {**about, "span_id": "1", "parent_id": "undefined", "name": "collector", "start_ns": START, "metrics": {}},
        {
            **about,
            "span_id": "2",
            "parent_id": "1",
            "name": "OpenAI.createChatCompletion",
            "start_ns": START + 1,
            "metrics": {"input_tokens": 100, "output_tokens": 10},
        },
    ]
    kinds = ({"span": {"kind": "agent"}}, {"span": {"kind": "llm"}, "model_name": "m-1"})
    sent = [{"spans": [{**span, "meta": kind}]} for span, kind in zip(spans, kinds, strict=True)]
    found = recorded(write(tmp_path / "spans.json", json.dumps(sent)), workflows_of(tmp_path, COPY))
    assert [(one.step, one.calls, one.et) for one in found.steps] == [("collector", 1, 140.0)]


def test_links_of_segments_are_those_of_their_spans(tmp_path: Path) -> None:
    about = {"trace_id": TRACE, "start_time": 1.7e9 + 0.25, "end_time": 1.7e9 + 1.25}
    sent, got = ({**about, "id": f"{at:016x}", "name": name} for at, name in ((1, "send"), (2, "process")))
    linked = {**got, "links": [{"id": sent["id"]}]}
    table = reading(write(tmp_path / "a.json", json.dumps([sent, linked]))).table
    first, second = table.columns()["span"].tolist()
    assert table.links == [(second, first)]
