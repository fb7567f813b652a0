"""OTLP/JSON that is written otherwise than the specification says, brought into its form.

Names with underscores, long numbers as two halves, `batches` and wrappers around the list, attributes as a mapping,
nulls for what is not there: all of it is seen in exports, and none of it changes what is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_NAMES = {
    "resource_spans": "resourceSpans",
    "batches": "resourceSpans",
    "scope_spans": "scopeSpans",
    "instrumentation_library_spans": "scopeSpans",
    "instrumentationLibrarySpans": "scopeSpans",
    "instrumentationLibrary": "scope",
    "instrumentation_library": "scope",
    "resource_logs": "resourceLogs",
    "scope_logs": "scopeLogs",
    "log_records": "logRecords",
    "event_name": "eventName",
    "trace_id": "traceId",
    "span_id": "spanId",
    "parent_span_id": "parentSpanId",
    "start_time_unix_nano": "startTimeUnixNano",
    "end_time_unix_nano": "endTimeUnixNano",
    "string_value": "stringValue",
    "int_value": "intValue",
    "bool_value": "boolValue",
    "double_value": "doubleValue",
    "array_value": "arrayValue",
    "kvlist_value": "kvlistValue",
}
_LISTS = ("resourceSpans", "resourceLogs")
_HALVES = ({"low", "high"}, {"low", "high", "unsigned"})
_WORD = 1 << 32
_DEEPEST = 4


def requests_in(document: object, deepest: int = _DEEPEST) -> Iterator[dict[str, object]]:
    """The export requests in a document, in the form of the specification."""
    if isinstance(document, list):
        for item in document:
            yield from requests_in(item, deepest)
    if not isinstance(document, Mapping) or deepest == 0:
        return
    own = {_NAMES.get(str(name), str(name)): value for name, value in document.items()}
    if any(isinstance(own.get(name), list) for name in _LISTS):
        yield {name: _in_form(own[name]) for name in _LISTS if isinstance(own.get(name), list)}
        return
    for value in own.values():
        yield from requests_in(value, deepest - 1)


def _in_form(value: object) -> object:
    if isinstance(value, list):
        return [_in_form(item) for item in value if item is not None]
    if not isinstance(value, Mapping):
        return value
    if set(value) in _HALVES:
        return _whole(value["low"], value["high"])
    found = {_NAMES.get(str(name), str(name)): item for name, item in value.items() if item is not None}
    attributes = found.get("attributes")
    if isinstance(attributes, Mapping):
        found["attributes"] = [{"key": str(name), "value": _wrapped(item)} for name, item in attributes.items()]
    return {name: _in_form(item) for name, item in found.items()}


def _whole(low: object, high: object) -> int:
    """A long number out of its halves, of which the lower one may be negative."""
    return (high * _WORD + low % _WORD) if isinstance(low, int) and isinstance(high, int) else 0


def _wrapped(value: object) -> dict[str, object]:
    match value:
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": value}
        case float():
            return {"doubleValue": value}
        case str():
            return {"stringValue": value}
        case list():
            return {"arrayValue": {"values": [_wrapped(item) for item in value]}}
        case Mapping():
            return {"kvlistValue": {"values": [{"key": name, "value": _wrapped(item)} for name, item in value.items()]}}
        case _:
            return {}


def records_in(value: object) -> Iterator[object]:
    """What a file holds: a record, a list of them, or a list of traces that are lists of them."""
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, list):
            yield from item
        else:
            yield item


def wrapped_in(item: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The objects right inside of an object, alone or in a list: the records of an answer that comes in pages."""
    for value in item.values():
        for inside in records_in(value):
            if isinstance(inside, Mapping):
                yield inside
