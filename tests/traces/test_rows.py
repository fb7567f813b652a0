"""Spans as rows of stores and tables give what the same spans give in OTLP."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.traces.programs import LIBRARY
from tests.traces.test_span_forms import CALL, SPANS
from tests.traces.writing import LANGCHAIN, missing, reading, recorded, step, workflows_of, write
from wflint.model.recorded import Recording
from wflint.model.workflow import Workflow

Row = dict[str, object]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def _texts(told: dict[str, object]) -> dict[str, str]:
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in told.items()}


def clickhouse() -> list[Row]:
    """`otel_traces` of the collector's exporter: every attribute is a text, events are lists beside each other."""
    return [
        {
            "Timestamp": f"2026-01-01 00:00:{at:02}.000000000",
            "TraceId": "t1",
            "SpanId": span,
            "ParentSpanId": parent,
            "SpanName": name,
            "ScopeName": LANGCHAIN,
            "ScopeVersion": "0.1",
            "SpanAttributes": _texts(told),
            "Duration": "1000000000",
            "StatusCode": "Error" if bad else "Unset",
            "Events.Name": ["exception"] if bad else [],
            "Events.Attributes": [_texts(bad)] if bad else [],
            "Links.SpanId": [],
        }
        for name, span, parent, at, told, bad in SPANS
    ]


def elastic() -> list[Row]:
    """What a search in Elasticsearch finds."""
    return [
        {
            "_id": span,
            "_source": {
                "@timestamp": f"2026-01-01T00:00:{at:02}.000Z",
                "trace_id": "t1",
                "span_id": span,
                **({"parent_span_id": parent} if parent else {}),
                "name": name,
                "duration": 1_000_000_000,
                "attributes": told,
                "scope": {"name": LANGCHAIN, "version": "0.1"},
                "status": {"code": "Error" if bad else "Ok"},
                "events": [{"name": "exception", "attributes": bad}] if bad else [],
            },
        }
        for name, span, parent, at, told, bad in SPANS
    ]


def logfire() -> list[Row]:
    """Rows of Logfire's records: an exception has columns of its own."""
    return [
        {
            "start_timestamp": f"2026-01-01T00:00:{at:02}.000000Z",
            "end_timestamp": f"2026-01-01T00:00:{at + 1:02}.000000Z",
            "trace_id": "t1",
            "span_id": span,
            "parent_span_id": parent or None,
            "span_name": name,
            "is_exception": bool(bad),
            "exception_type": bad.get("exception.type"),
            "exception_message": bad.get("exception.message"),
            "otel_scope_name": LANGCHAIN,
            "otel_status_code": "ERROR" if bad else None,
            "attributes": told,
        }
        for name, span, parent, at, told, bad in SPANS
    ]


def insights() -> list[Row]:
    """Rows of Application Insights: a root's parent is its trace, attributes are a text."""
    return [
        {
            "TimeGenerated": f"2026-01-01T00:00:{at:02}.000000Z",
            "Id": span,
            "OperationId": "t1",
            "ParentId": parent or "t1",
            "Name": name,
            "DurationMs": "1000.0",
            "Success": str(not bad),
            "Properties": json.dumps(_texts({**told, **bad, "otel.scope.name": LANGCHAIN})),
            **({"exception_type": "ValueError"} if bad else {}),
        }
        for name, span, parent, at, told, bad in SPANS
    ]


def honeycomb() -> list[Row]:
    """A column for each attribute, and no column around them."""
    return [
        {
            "Timestamp": f"2026-01-01T00:00:{at:02}.000000Z",
            "trace.trace_id": "t1",
            "trace.span_id": span,
            **({"trace.parent_id": parent} if parent else {}),
            "name": name,
            "duration_ms": 1000.0,
            "library.name": LANGCHAIN,
            "status_code": 2 if bad else 0,
            **bad,
            **told,
        }
        for name, span, parent, at, told, bad in SPANS
    ]


FORMS = (clickhouse, elastic, logfire, insights, honeycomb)


def same_as_otlp(found: Recording) -> None:
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.calls) == (1, 2, 1)
    assert (look_up.et, look_up.cached_tokens) == (50 + 5 + 40.0, 50)
    assert [part for part, _, _ in missing(found) if part in ("error log", "timings")] == []
    assert [one.format for one in found.sources] == ["OpenInference LangChain"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("indent", [None, 2])
def test_rows_of_stores(
    form: Callable[[], list[Row]], indent: int | None, library: tuple[Workflow, ...], tmp_path: Path
) -> None:
    path = write(tmp_path / "rows.json", json.dumps({"rows": form()}, indent=indent))
    same_as_otlp(recorded(path, library))


@pytest.mark.parametrize("form", [clickhouse, logfire, insights, honeycomb])
def test_rows_of_tables(form: Callable[[], list[Row]], library: tuple[Workflow, ...], tmp_path: Path) -> None:
    """Lists and mappings are JSON in a cell; what a row does not have is an empty cell."""
    rows = form()
    with (tmp_path / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _in_cell(value) for key, value in row.items()})
    same_as_otlp(recorded(tmp_path / "rows.csv", library))


def _in_cell(value: object) -> object:
    return "" if value is None else json.dumps(value) if isinstance(value, list | dict | bool) else value


def test_cells_as_clickhouse_and_python_write_them(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    """Quotes are single ones, and a count beside gaps is a number with a fraction."""
    with (tmp_path / "rows.tsv").open("w", newline="", encoding="utf-8") as file:
        rows = [{**row, "Duration": "1000000000.0"} for row in clickhouse()]
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)
    same_as_otlp(recorded(tmp_path / "rows.tsv", library))


@pytest.mark.parametrize("by_column", [False, True])
def test_what_a_query_answers(*, by_column: bool, library: tuple[Workflow, ...], tmp_path: Path) -> None:
    rows = insights()
    names = list(rows[0])
    if by_column:
        answer: object = {"columns": [{"name": name, "values": [row.get(name) for row in rows]} for name in names]}
    else:
        cells = [[row.get(name) for name in names] for row in rows]
        answer = {"tables": [{"name": "PrimaryResult", "columns": [{"name": name} for name in names], "rows": cells}]}
    same_as_otlp(recorded(write(tmp_path / "answer.json", json.dumps(answer)), library))


def test_tables_of_others_as_parquet(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    """Times are times, mappings are lists of keys and values, and counts beside gaps are fractions."""
    polars = pytest.importorskip("polars", reason="the extra parquet is not installed")
    rows = [
        {
            **row,
            "Timestamp": datetime(2026, 1, 1, second=at, tzinfo=UTC),
            "Duration": 1_000_000_000.0,
            "SpanAttributes": [{"key": key, "value": value} for key, value in _texts(told).items()],
        }
        for row, (_, _, _, at, told, _) in zip(clickhouse(), SPANS, strict=True)
    ]
    polars.DataFrame(rows, strict=False).write_parquet(tmp_path / "otel_traces.parquet")
    same_as_otlp(recorded(tmp_path / "otel_traces.parquet", library))


def test_names_taken_apart_at_the_dots(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    """Parquet and documents of search engines keep `llm.token_count.prompt` as mappings inside of each other."""
    counts = {
        "llm": {
            "model_name": "m-1",
            "token_count": {"prompt": 100, "completion": 10, "prompt_details": {"cache_read": 50}},
        }
    }
    kept = {key: value for key, value in CALL.items() if not key.startswith("llm.")}
    rows = elastic()
    source = rows[-1]["_source"]
    assert isinstance(source, dict)
    source["attributes"] = {**kept, **counts}
    same_as_otlp(recorded(write(tmp_path / "hits.json", json.dumps({"hits": {"hits": rows}})), library))


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "trace_id,span_id,start_time\n",
        '"never closed\n',
        "span_id,trace_id,start_time,attributes\n1,2,3,{{{{\n",
    ],
)
def test_a_table_of_something_else_costs_nothing(text: str, tmp_path: Path) -> None:
    found = reading(write(tmp_path / "other.csv", text))
    assert all("internal error" not in notice.message for notice in found.notices)
