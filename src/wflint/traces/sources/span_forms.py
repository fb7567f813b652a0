"""Spans in the forms of other tools, brought into the one that OpenTelemetry's SDK prints: Zipkin, Jaeger, Phoenix.

What an instrumentation wrote is in them all the same, under its own names: only what surrounds it differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from wflint.traces.content import parse
from wflint.traces.sources.infrastructure import datadog, has_segments, is_datadog, is_segment, segment, segments
from wflint.traces.sources.record_base import Document, mapping, sequence, text
from wflint.traces.sources.span_rows import is_row, row
from wflint.traces.sources.stores import is_of_azure, is_of_google, is_transaction, of_azure, of_google, transaction
from wflint.traces.usage import count

_MICROSECOND = 1_000
_FAILED = "ERROR"
_STORED = {"@timestamp", "start_timestamp", "timestamp", "duration"}
"""What a store adds to a span, and an SDK does not print."""
_PHOENIX = {"otel.scope.name": "phoenix"}
"""Phoenix keeps no scope: that the spans are its own is what can be said of who wrote them."""


def spans_in(document: Document) -> Iterator[Document]:
    """The spans in an object, each with `context`, `attributes`, `status` and `events`; none where it holds none."""
    for fits, convert in _FORMS:
        if fits(document):
            yield from convert(document)
            return


def _is_printed(document: Document) -> bool:
    named = "context" in document or ("span_id" in document and not _STORED & document.keys())
    return named and isinstance(document.get("attributes"), Mapping)


def _wrapped(document: Document) -> Iterator[Document]:
    for item in sequence(mapping(document.get("data")).get("spans")):
        if isinstance(item, Mapping) and _is_printed(item):
            yield item


def _is_zipkin(document: Document) -> bool:
    return {"traceId", "id", "timestamp"} <= document.keys() and "spanId" not in document


def _zipkin(document: Document) -> Iterator[Document]:
    tags = mapping(document.get("tags"))
    yield {
        **_times(document.get("timestamp"), document.get("duration")),
        "trace_id": document.get("traceId"),
        "span_id": document.get("id"),
        "parent_id": document.get("parentId"),
        "name": document.get("name"),
        "attributes": tags,
        "status": {"status_code": _status(tags)},
        "events": [event for one in sequence(document.get("annotations")) for event in _annotation(mapping(one))],
    }


def _annotation(annotation: Document) -> Iterator[Document]:
    """The events in an annotation: their names with their attributes, as JSON."""
    told = parse(text(annotation.get("value")))
    for name, attributes in mapping(told).items():
        yield {"name": name, "attributes": mapping(attributes)}


def _is_jaeger(document: Document) -> bool:
    return "traceID" in document and isinstance(document.get("spans"), list)


def _jaeger(document: Document) -> Iterator[Document]:
    for span in map(mapping, sequence(document.get("spans"))):
        tags = _pairs(span.get("tags"))
        references = [mapping(one) for one in sequence(span.get("references"))]
        parents = [one.get("spanID") for one in references if one.get("refType") == "CHILD_OF"]
        others = [one.get("spanID") for one in references if one.get("refType") != "CHILD_OF"]
        logs = [_pairs(mapping(one).get("fields")) for one in sequence(span.get("logs"))]
        yield {
            **_times(span.get("startTime"), span.get("duration")),
            "trace_id": span.get("traceID"),
            "span_id": span.get("spanID"),
            "parent_id": parents[0] if parents else "",
            "name": span.get("operationName"),
            "attributes": tags,
            "status": {"status_code": _status(tags)},
            "events": [{"name": told.get("event"), "attributes": told} for told in logs],
            "links": [{"context": {"span_id": one}} for one in others],
        }


def _is_phoenix(document: Document) -> bool:
    return "span_kind" in document and "status_code" in document and _is_printed(document)


def _phoenix(document: Document) -> Iterator[Document]:
    """A span as Phoenix's interface gives it back: what it is stands beside its attributes."""
    kind = {"openinference.span.kind": document.get("span_kind")}
    yield {**document, "attributes": {**_PHOENIX, **kind, **mapping(document.get("attributes"))}}


_Form = tuple[Callable[[Document], bool], Callable[[Document], Iterator[Document]]]
_FORMS: tuple[_Form, ...] = (
    (_is_phoenix, _phoenix),
    (_is_printed, lambda document: iter((document,))),
    (is_transaction, transaction),
    (is_of_azure, of_azure),
    (is_of_google, of_google),
    (is_segment, segment),
    (has_segments, segments),
    (is_datadog, datadog),
    (_is_zipkin, _zipkin),
    (_is_jaeger, _jaeger),
    (is_row, row),
    (lambda document: any(_wrapped(document)), _wrapped),
)


def _times(start: object, duration: object) -> dict[str, object]:
    """Microseconds as nanoseconds."""
    begun = max(_whole(start), 0)
    return {
        "start_time_unix_nano": begun * _MICROSECOND,
        "end_time_unix_nano": (begun + max(_whole(duration), 0)) * _MICROSECOND,
    }


def _whole(value: object) -> int:
    """A whole number, however large; -1 where it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else count(value)


def _status(tags: Mapping[str, object]) -> str:
    said = text(tags.get("otel.status_code"))
    return said or (_FAILED if tags.get("error") not in (None, False, "", "false") else "")


def _pairs(value: object) -> dict[str, object]:
    """The tags of Jaeger, a key and a value each."""
    pairs = [mapping(one) for one in sequence(value)]
    return {text(one.get("key")): one.get("value") for one in pairs}
