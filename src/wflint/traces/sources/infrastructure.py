"""Spans in the forms of AWS X-Ray and of Datadog's tracer, which stand around whatever an instrumentation wrote.

X-Ray keeps an attribute as an annotation, where all but letters, digits and `_` has become `_`, or under the metadata
of a segment with its own name; Datadog keeps texts as `meta` and numbers as `metrics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from wflint.traces.content import parse
from wflint.traces.sources.record_base import Document, mapping, sequence, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import count

_TRACE = re.compile(r"1-[0-9a-f]{8}-[0-9a-f]{24}")
_NOT_IN_NAMES = re.compile(r"\W")
_DEEPEST = 6
"""So many subsegments may be inside one another."""
_FAILED = "ERROR"


def is_segment(document: Document) -> bool:
    """Whether it is a segment document of X-Ray."""
    trace = document.get("trace_id")
    return "start_time" in document and isinstance(trace, str) and bool(_TRACE.fullmatch(trace))


def segment(document: Document) -> Iterator[Document]:
    """The spans of a segment and of those inside it."""
    yield from _segments(document, text(document.get("trace_id")), text(document.get("parent_id")), _DEEPEST)


def has_segments(document: Document) -> bool:
    """Whether it is an answer of `BatchGetTraces`, or a trace in it."""
    return isinstance(document.get("Segments"), list) or any(
        isinstance(mapping(one).get("Segments"), list) for one in sequence(document.get("Traces"))
    )


def segments(document: Document) -> Iterator[Document]:
    """The spans of the documents that such an answer holds as texts."""
    for trace in map(mapping, sequence(document.get("Traces")) or [document]):
        for one in map(mapping, sequence(trace.get("Segments"))):
            told = mapping(parse(text(one.get("Document"))))
            if is_segment(told):
                yield from segment(told)


def _segments(told: Document, trace: str, parent: str, deepest: int) -> Iterator[Document]:
    metadata = [mapping(one) for one in mapping(told.get("metadata")).values()]
    failed = any(told.get(name) is True for name in ("fault", "error", "throttle"))
    yield {
        "trace_id": trace,
        "span_id": told.get("id"),
        "parent_id": parent,
        "name": told.get("name"),
        "start_time": told.get("start_time"),
        "end_time": told.get("end_time"),
        "attributes": {
            **{_original(name): value for name, value in mapping(told.get("annotations")).items()},
            **{name: value for one in metadata for name, value in one.items()},
        },
        "status": {"status_code": _FAILED if failed else ""},
        "events": [_exception(mapping(one)) for one in sequence(mapping(told.get("cause")).get("exceptions"))],
        "links": [{"context": {"span_id": mapping(one).get("id")}} for one in sequence(told.get("links"))],
    }
    for inner in map(mapping, sequence(told.get("subsegments")) if deepest else ()):
        yield from _segments(inner, trace, text(told.get("id")), deepest - 1)


def _exception(told: Document) -> Document:
    attributes = {"exception.type": told.get("type"), "exception.message": told.get("message")}
    return {"name": "exception", "attributes": attributes}


def _original(annotation: str) -> str:
    """The name of an attribute that is known here, of which an annotation's name is made; else the name itself."""
    return _names().get(annotation, annotation)


@cache
def _names() -> Mapping[str, str]:
    from wflint.traces.sources import CONVENTIONS

    known = (name for convention in CONVENTIONS for name in convention.readers)
    return {_NOT_IN_NAMES.sub("_", name): name for name in ("otel.scope.name", *known)}


def is_datadog(document: Document) -> bool:
    """Whether it is a span of Datadog's tracer (no span of its LLM Observability: these say when in `start_ns`)."""
    return {"trace_id", "span_id", "parent_id", "start", "meta"} <= document.keys() and "start_ns" not in document


def datadog(document: Document) -> Iterator[Document]:
    """A span that a tracer of Datadog's has written."""
    meta = mapping(document.get("meta"))
    start = nanoseconds(document.get("start"))
    kind, message = meta.get("error.type"), meta.get("error.message")
    told = {"exception.type": kind, "exception.message": message}
    parent = _identity(document.get("parent_id"))
    yield {
        "trace_id": _identity(document.get("trace_id")),
        "span_id": _identity(document.get("span_id")),
        "parent_id": parent if parent.strip("0") else "",
        "name": document.get("name"),
        "start_time_unix_nano": start,
        "end_time_unix_nano": start + nanoseconds(document.get("duration")),
        "attributes": {**meta, **mapping(document.get("metrics"))},
        "status": {"status_code": _FAILED if count(document.get("error")) > 0 else ""},
        "events": [{"name": "exception", "attributes": told}] if kind or message else [],
    }


def _identity(value: object) -> str:
    """An id, which is a number of 64 or 128 bits in some files and hex digits in others."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)
