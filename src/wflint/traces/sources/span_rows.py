"""Spans as rows of a store: ClickHouse, Elasticsearch, Logfire, Application Insights, Honeycomb, Phoenix, and others.

Every store keeps the same parts of a span and calls them otherwise, so one table says what each part may be called.
Attributes stand in a column of their own, as a mapping or as JSON, or in a column each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import parse
from wflint.traces.sources.record_base import Document, mapping, sequence, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import count

_TRACE = ("trace_id", "traceId", "traceID", "TraceId", "trace.trace_id", "context.trace_id", "trace.id", "OperationId")
_TRACE_ALONE = ("operation_Id",)
"""Where only a span's own id is called `id`, too."""
_SPAN = ("span_id", "spanId", "spanID", "SpanId", "trace.span_id", "context.span_id", "span.id")
_SPAN_ALONE = ("Id", "id")
_PARENT = (
    "parent_span_id",
    "parentSpanId",
    "parentSpanID",
    "ParentSpanId",
    "trace.parent_id",
    "parent_id",
    "parent.id",
    "ParentId",
    "operation_ParentId",
)
_NAME = ("span_name", "SpanName", "name", "Name", "operationName", "OperationName")
_START = (
    "start_time_unix_nano",
    "startTimeUnixNano",
    "start_timestamp",
    "start_time",
    "startTime",
    "TimeGenerated",
    "Timestamp",
    "@timestamp",
    "timestamp",
    "ts",
)
_END = ("end_time_unix_nano", "endTimeUnixNano", "end_timestamp", "end_time", "endTime")
_DURATIONS = {
    "Duration": 1,
    "duration_nano": 1,
    "durationNano": 1,
    "duration_ns": 1,
    "durationNanos": 1,
    "duration_us": 1_000,
    "DurationMs": 1_000_000,
    "duration_ms": 1_000_000,
    "durationMs": 1_000_000,
}
"""Nanoseconds in a unit; what is called `duration` alone is nanoseconds where it is whole, and seconds else."""
_ATTRIBUTES = (
    "attributes",
    "SpanAttributes",
    "span_attributes",
    "Properties",
    "customDimensions",
    "attributes_string",
    "attributes_number",
    "attributes_bool",
    "stringTagMap",
    "numberTagMap",
)
_PREFIXES = ("attributes.", "SpanAttributes.", "span.attributes.", "Attributes.")
_SCOPE = ("otel_scope_name", "ScopeName", "scope_name", "scope.name", "library.name", "otel.library.name")
_VERSION = ("otel_scope_version", "ScopeVersion", "scope_version", "scope.version", "library.version")
_UNSCOPED = {"context.span_id": "phoenix"}
"""Who keeps no scope, by a column of its own: that the spans are its own is what can be said of who wrote them."""
_STATUS = ("otel_status_code", "StatusCode", "status_code", "statusCode", "status.code", "status_code_string")
_SAYS_NO = ("Success", "success")
_SAYS_YES = ("error", "has_error", "hasError", "is_exception")
_FAILED = "ERROR"
_NUMBER_OF_FAILURE = 2
_EVENTS = ("events", "otel_events")
_LINKS = ("links", "otel_links")
_DEEPEST = 6


def is_row(document: Document) -> bool:
    """Whether an object has the parts of a span, under whatever names; attributes in a list are OTLP's."""
    if isinstance(document.get("attributes"), list) or not any(name in document for name in _START):
        return False
    return bool(_first(document, _SPAN) and _first(document, _TRACE)) or _is_of_insights(document)


def row(document: Document) -> Iterator[Document]:
    """The span that a row stands for, in the form that OpenTelemetry's SDK prints."""
    attributes = _attributes(document)
    scope = text(_first(document, _SCOPE)) or text(mapping(document.get("scope")).get("name"))
    scope = scope or next((name for column, name in _UNSCOPED.items() if column in document), "")
    if scope:
        version = _first(document, _VERSION) or mapping(document.get("scope")).get("version")
        attributes = {"otel.scope.name": scope, "otel.scope.version": version, **attributes}
    trace = text(_first(document, (*_TRACE, *_TRACE_ALONE)))
    parent = text(_first(document, _PARENT))
    start = nanoseconds(_first(document, _START))
    yield {
        "trace_id": trace,
        "span_id": _first(document, (*_SPAN, *_SPAN_ALONE)),
        "parent_id": parent if parent != trace and parent.strip("0") else "",
        "name": _first(document, _NAME),
        "start_time_unix_nano": start,
        "end_time_unix_nano": nanoseconds(_first(document, _END)) or start + _duration(document),
        "attributes": attributes,
        "status": {"status_code": _FAILED if _has_failed(document) else ""},
        "events": list(_events(document)),
        "links": [{"context": {"span_id": one}} for one in _links(document)],
    }


def _is_of_insights(document: Document) -> bool:
    return bool(_first(document, ("OperationId", "operation_Id")) and _first(document, _SPAN_ALONE))


def _first(document: Document, names: tuple[str, ...]) -> object:
    """What stands under the first of some names that says anything."""
    return next((found for name in names if (found := document.get(name)) not in (None, "")), None)


def _duration(document: Document) -> int:
    for name, unit in _DURATIONS.items():
        if name in document:
            return round(_number(document[name]) * unit)
    value = document.get("duration")
    whole = isinstance(value, int) or (isinstance(value, str) and value.isdecimal())
    return round(_number(value) * (1 if whole else 10**9))


def _number(value: object) -> float:
    try:
        return max(float(value), 0.0) if isinstance(value, int | float | str) else 0.0
    except ValueError:
        return 0.0


def _attributes(document: Document) -> dict[str, object]:
    """All attributes: those of the columns that hold several, those of a column each, else all that the row has."""
    apart = [mapping(_opened(document[name])) for name in _ATTRIBUTES if name in document]
    found = {name: value for one in apart for name, value in _flat(one)}
    for prefix in _PREFIXES:
        own = {name.removeprefix(prefix): value for name, value in document.items() if name.startswith(prefix)}
        found.update(_flat(own))
    if not found:
        found = dict(_flat(document))
    kind = document.get("span_kind")
    return {"openinference.span.kind": kind, **found} if kind and "openinference.span.kind" not in found else found


def _opened(value: object) -> object:
    return parse(value) if isinstance(value, str) else value


def _flat(value: Mapping[str, object], before: str = "", deepest: int = _DEEPEST) -> Iterator[tuple[str, object]]:
    """Attributes whose names a store has taken apart at the dots; those of a mapping are there as they were, too."""
    for name, inner in value.items():
        if inner is None:
            continue
        if isinstance(inner, Mapping) and deepest:
            yield from _flat(inner, f"{before}{name}.", deepest - 1)
        yield before + str(name), inner


def _has_failed(document: Document) -> bool:
    status = _first(document, _STATUS) or mapping(document.get("status")).get("code") or document.get("status")
    if text(status).upper().endswith(_FAILED) or count(status) == _NUMBER_OF_FAILURE:
        return True
    return any(_says(document.get(name), "false") for name in _SAYS_NO) or any(
        _says(document.get(name), "true") for name in _SAYS_YES
    )


def _says(value: object, word: str) -> bool:
    return isinstance(value, bool | str) and str(value).lower() == word


def _events(document: Document) -> Iterator[Document]:
    """The events of a span: a list of them, names and attributes in two lists, or an exception's parts in columns."""
    for event in sequence(_first(document, _EVENTS)):
        told = mapping(event)
        name = told.get("name") or told.get("event_name") or told.get("Name")
        yield {"name": name, "attributes": mapping(told.get("attributes") or told.get("Attributes"))}
    names, several = sequence(document.get("Events.Name")), sequence(document.get("Events.Attributes"))
    for name, attributes in zip(names, several, strict=False):
        yield {"name": name, "attributes": mapping(attributes)}
    kind = _first(document, ("exception_type", "exception.type"))
    if kind:
        message = _first(document, ("exception_message", "exception.message"))
        yield {"name": "exception", "attributes": {"exception.type": kind, "exception.message": message}}


def _links(document: Document) -> Iterator[object]:
    for link in sequence(_first(document, _LINKS)):
        told = mapping(link)
        yield (
            told.get("span_id")
            or told.get("spanId")
            or told.get("SpanId")
            or mapping(told.get("context")).get("span_id")
        )
    yield from sequence(document.get("Links.SpanId"))
