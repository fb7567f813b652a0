"""Spans in the forms of Sentry, Google Cloud Trace and Azure Monitor, brought into the one that an SDK prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wflint.traces.sources.record_base import Document, mapping, sequence, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import count

_FAILED = "ERROR"
_WELL = ("", "ok", "unset", "None")
"""What Sentry calls a span that did not fail."""
_LASTED = re.compile(r"(?:(\d+)\.)?(\d+):(\d\d):(\d\d)(?:\.(\d{1,9}))?")
"""Days, hours, minutes, seconds and a fraction of them."""


def is_transaction(document: Document) -> bool:
    """Whether it is a transaction of Sentry."""
    return document.get("type") == "transaction" and "trace" in mapping(document.get("contexts"))


def transaction(document: Document) -> Iterator[Document]:
    """The spans of a transaction, which is one itself."""
    whole = mapping(mapping(document.get("contexts")).get("trace"))
    times = {name: document.get(name) for name in ("start_timestamp", "timestamp")}
    yield _of_sentry({**whole, **times, "description": document.get("transaction")})
    for span in sequence(document.get("spans")):
        yield _of_sentry(mapping(span))


def _of_sentry(span: Document) -> Document:
    return {
        "trace_id": span.get("trace_id"),
        "span_id": span.get("span_id"),
        "parent_id": span.get("parent_span_id"),
        "name": span.get("description") or span.get("op"),
        "start_time": span.get("start_timestamp"),
        "end_time": span.get("timestamp"),
        "attributes": {"otel.scope.name": span.get("origin"), **mapping(span.get("data"))},
        "status": {"status_code": "" if text(span.get("status")) in _WELL else _FAILED},
    }


def is_of_google(document: Document) -> bool:
    """Whether it is a span of Cloud Trace."""
    return "displayName" in document and "spanId" in document


def of_google(document: Document) -> Iterator[Document]:
    """A span of Cloud Trace: texts and attributes are wrapped, the trace is in the name."""
    path = text(document.get("name")).split("/")
    status = mapping(document.get("status"))
    notes = [
        mapping(mapping(one).get("annotation"))
        for one in sequence(mapping(document.get("timeEvents")).get("timeEvent"))
    ]
    links = [mapping(one).get("spanId") for one in sequence(mapping(document.get("links")).get("link"))]
    yield {
        "trace_id": path[3] if len(path) > 3 else "",  # noqa: PLR2004 (projects/ID/traces/ID)
        "span_id": document.get("spanId"),
        "parent_id": document.get("parentSpanId"),
        "name": _wrapped(document.get("displayName")),
        "start_time": document.get("startTime"),
        "end_time": document.get("endTime"),
        "attributes": _attribute_map(document.get("attributes")),
        "status": {"status_code": _FAILED if count(status.get("code")) > 0 else ""},
        "events": [
            {"name": _wrapped(one.get("description")), "attributes": _attribute_map(one.get("attributes"))}
            for one in notes
        ],
        "links": [{"context": {"span_id": one}} for one in links],
    }


def _wrapped(value: object) -> object:
    return mapping(value).get("value", value)


def _attribute_map(value: object) -> Mapping[str, object]:
    found = {}
    for name, one in mapping(mapping(value).get("attributeMap")).items():
        kind, inner = next(iter(mapping(one).items()), ("", None))
        found[name] = count(inner) if kind == "intValue" else _wrapped(inner)
    return found


def is_of_azure(document: Document) -> bool:
    """Whether it is telemetry as Azure Monitor's exporters send it."""
    return "ai.operation.id" in mapping(document.get("tags")) and "id" in _base(document)


def of_azure(document: Document) -> Iterator[Document]:
    """A request or a dependency: every attribute is a text among its properties."""
    tags, base = mapping(document.get("tags")), _base(document)
    trace, parent = tags.get("ai.operation.id"), tags.get("ai.operation.parentId")
    start = nanoseconds(document.get("time"))
    yield {
        "trace_id": trace,
        "span_id": base.get("id"),
        "parent_id": parent if parent != trace else "",
        "name": base.get("name"),
        "start_time_unix_nano": start,
        "end_time_unix_nano": start + _lasted(text(base.get("duration"))),
        "attributes": mapping(base.get("properties")),
        "status": {"status_code": _FAILED if base.get("success") is False else ""},
    }


def _base(document: Document) -> Mapping[str, object]:
    return mapping(mapping(document.get("data")).get("baseData"))


def _lasted(value: str) -> int:
    found = _LASTED.fullmatch(value)
    if found is None:
        return 0
    days, hours, minutes, seconds, fraction = found.groups(default="0")
    whole = ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 10**9 + int(fraction.ljust(9, "0"))
