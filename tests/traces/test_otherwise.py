"""The same spans in forms that exporters write beside the specification: logs, wrappers, other names, long arrays."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.traces.writing import Span, document, line, model, reading, recorded, write
from wflint.traces.reading import files
from wflint.traces.reading.elements import Elements

CHILD = Span("call", "b", parent="a", start=0.1, end=0.9, attributes=model(100, 20))
ROOT = Span("run", "a", attributes={"openinference.span.kind": "CHAIN", "output.value": "done"})
LINKED = Span("late", "d", trace="t2", start=3, end=4, attributes=model(40, 5), links=("a",))

_SNAKE = {
    "resourceSpans": "resource_spans",
    "scopeSpans": "scope_spans",
    "traceId": "trace_id",
    "spanId": "span_id",
    "parentSpanId": "parent_span_id",
    "startTimeUnixNano": "start_time_unix_nano",
    "endTimeUnixNano": "end_time_unix_nano",
    "stringValue": "string_value",
    "intValue": "int_value",
}


def _walked(value: object, change: Callable[[str, object], tuple[str, object]]) -> object:
    if isinstance(value, list):
        return [_walked(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    return dict(change(name, _walked(item, change)) for name, item in value.items())


def _in_base64(name: str, value: object) -> tuple[str, object]:
    is_id = name in ("traceId", "spanId", "parentSpanId") and isinstance(value, str)
    return name, base64.b64encode(bytes.fromhex(str(value))).decode() if is_id else value


def _in_halves(name: str, value: object) -> tuple[str, object]:
    if not name.endswith("UnixNano"):
        return name, value
    high, low = divmod(int(str(value)), 1 << 32)
    return name, {"low": low - (1 << 32) if low >= 1 << 31 else low, "high": high, "unsigned": True}


def _as_mapping(name: str, value: object) -> tuple[str, object]:
    if name != "attributes" or not isinstance(value, list):
        return name, value
    return name, {one["key"]: next(iter(one["value"].values())) for one in value}


def _forms() -> dict[str, object]:
    whole = document([CHILD, ROOT, LINKED])
    scope = {"scope": None, "spans": None, "schemaUrl": None}
    return {
        "names with underscores": _walked(whole, lambda name, value: (_SNAKE.get(name, name), value)),
        "ids in base64": _walked(whole, _in_base64),
        "times in halves": _walked(whole, _in_halves),
        "attributes as a mapping": _walked(whole, _as_mapping),
        "batches": {"batches": whole["resourceSpans"]},
        "a wrapper": {"trace": whole, "metrics": {"spans": 3}},
        "nulls": {"resourceSpans": [*whole["resourceSpans"], {"resource": None, "scopeSpans": [scope]}]},
    }


@pytest.mark.parametrize("form", [pytest.param(form, id=name) for name, form in _forms().items()])
@pytest.mark.parametrize("indent", [None, 2])
def test_forms_beside_the_specification_give_the_same(form: object, indent: int | None, tmp_path: Path) -> None:
    plain = recorded(write(tmp_path / "plain.json", line([CHILD, ROOT, LINKED])))
    path = write(tmp_path / "other.json", json.dumps(form, indent=indent) + "\n")
    found = recorded(path)
    assert reading(path).notices == []
    assert (found.et, found.calls, found.spans) == (plain.et, plain.calls, plain.spans) == (240.0, 2, 3)
    assert [(run.et, run.calls) for run in found.runs] == [(run.et, run.calls) for run in plain.runs] == [(240.0, 2)]


def _event(span: str, trace: str, name: str = "", **attributes: str) -> dict[str, object]:
    wire = Span("x", span, trace=trace).wire()
    listed = [{"key": key.replace("__", "."), "value": {"stringValue": value}} for key, value in attributes.items()]
    return {"traceId": wire["traceId"], "spanId": wire["spanId"], "eventName": name, "attributes": listed}


def _logs(*records: dict[str, object]) -> str:
    return json.dumps({"resourceLogs": [{"scopeLogs": [{"scope": {}, "logRecords": list(records)}]}]}) + "\n"


CALL = {
    "gen_ai.operation.name": "chat",
    "gen_ai.usage.input_tokens": 100,
    "gen_ai.usage.output_tokens": 10,
    "gen_ai.agent.name": "clerk",
}
AGENT = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "clerk"}


def test_logs_say_what_was_given_and_what_came_back_and_count_nothing(tmp_path: Path) -> None:
    spans = [Span("invoke", "a", attributes=AGENT), Span("chat", "b", "a", 0.1, 0.9, attributes=CALL)]
    scope = "opentelemetry.instrumentation.genai.openai_agents"
    write(tmp_path / "spans.jsonl", line(spans, scope))
    blank = recorded(tmp_path)
    assert {one.reason for one in blank.missing if one.part == "snapshots"} == {"no input and no output"}
    details = {"gen_ai__input__messages": "[1]", "gen_ai__output__messages": "[2]"}
    usage = _event("b", "t1", "gen_ai.client.inference.operation.details", gen_ai__usage__input_tokens="100", **details)
    write(tmp_path / "logs.jsonl", _logs(usage, _event("zz", "t9", "gen_ai.choice", gen_ai__x="1")))
    found = recorded(tmp_path)
    assert (found.et, found.calls, found.spans, len(found.runs)) == (140.0, 1, 2, 1)
    assert not [one for one in found.missing if one.part == "snapshots"]
    assert [(one.format, one.spans) for one in found.sources] == [("OTLP logs", 2), ("OTel genai OpenAI Agents", 2)]
    assert "1 log records are about spans that are in no file" in found.notes


def test_logs_without_spans_are_no_runs(tmp_path: Path) -> None:
    found = recorded(write(tmp_path / "logs.jsonl", _logs(_event("b", "t1", "gen_ai.user.message", gen_ai__x="hello"))))
    assert (found.runs, found.steps, found.et) == ((), (), None)
    assert found.notes == ("1 log records and no spans: calls, steps and tokens are on spans",)


def test_an_event_without_content_says_nothing(tmp_path: Path) -> None:
    write(tmp_path / "spans.jsonl", line([Span("chat", "b", attributes={**AGENT})], "agent_framework"))
    write(tmp_path / "logs.jsonl", _logs(_event("b", "t1", "gen_ai.choice")))
    found = recorded(tmp_path)
    assert {one.reason for one in found.missing if one.part == "snapshots"} == {"no input and no output"}


def _run(number: int, parent: str = "") -> dict[str, object]:
    usage = {"usage_metadata": {"input_tokens": 10, "output_tokens": 1}}
    return {
        "id": f"r{number}",
        "trace_id": "t",
        "parent_run_id": parent or None,
        "run_type": "llm" if parent else "chain",
        "name": 'a "quoted\\" {[ name',
        "start_time": "2026-01-01T00:00:00",
        "end_time": "2026-01-01T00:00:01",
        "outputs": {"generations": [[{"message": {"kwargs": usage}}]]} if parent else {"text": "}]}"},
    }


RUNS = [_run(0), *(_run(number, "r0") for number in range(1, 40))]


@pytest.mark.parametrize("export", [RUNS, {"cursors": {"next": None}, "runs": RUNS}])
@pytest.mark.parametrize("chunk", [300, 1 << 22])
def test_an_export_in_one_line_is_read_in_pieces(
    export: object, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wflint.traces.reading.documents.CHUNK", chunk)
    monkeypatch.setattr(files, "CHUNK", chunk)
    found = recorded(write(tmp_path / "export.json", json.dumps(export)))
    assert (found.calls, found.et, len(found.runs)) == (39, 39 * 14.0, 1)


def test_a_long_export_that_is_cut_off_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wflint.traces.reading.documents.CHUNK", 300)
    path = write(tmp_path / "export.json", json.dumps(RUNS)[:-100])
    (notice,) = reading(path).notices
    assert notice.message == "the text ends inside of a record: 39 records are read"


@pytest.mark.parametrize("size", [1, 5, 64, 999])
def test_records_of_an_array_in_pieces_of_any_size(size: int) -> None:
    text = json.dumps({"title": 'a \\" [{', "before": ["x", {}], "runs": RUNS[:5], "after": [{"no": 1}]}).encode()
    text = text.replace(b'["x", {}]', b'["x"]')
    elements = Elements()
    found = [json.loads(part) for at in range(0, len(text), size) for part in elements.feed(text[at : at + size])]
    assert found[:5] == RUNS[:5]
    assert not elements.close()


def test_pages_of_platforms_are_opened(tmp_path: Path) -> None:
    observation = {
        "id": "o1",
        "traceId": "t1",
        "type": "GENERATION",
        "name": "call",
        "startTime": "2026-01-01T00:00:00Z",
        "endTime": "2026-01-01T00:00:01Z",
        "usageDetails": {"input": 10, "output": 2},
    }
    page = {"data": [{"id": "t1", "name": "run", "observations": [observation]}], "meta": {"page": 1}}
    found = recorded(write(tmp_path / "page.json", json.dumps(page)))
    assert (found.calls, found.et) == (1, 18.0)
