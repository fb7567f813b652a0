"""Exports of spans as JSON: MLflow's traces, OpenTelemetry's console exporter, Zipkin, Jaeger and Phoenix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import exception_name
from wflint.traces.draft import Draft, Flag
from wflint.traces.sources.record_base import Attributes, Document, mapping, sequence, text
from wflint.traces.sources.span_forms import spans_in
from wflint.traces.times import nanoseconds


class SpansReader:
    """Spans as OpenTelemetry's SDK, MLflow, Zipkin, Jaeger and Phoenix write them: attributes as a mapping."""

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes

    def accepts(self, document: Document) -> bool:
        return any(True for _ in spans_in(document))

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        for item in spans_in(document):
            yield self._span(item, line)

    def finish(self) -> Iterator[Draft]:
        return iter(())

    def _span(self, item: Mapping[str, object], line: int) -> Draft:
        context = mapping(item.get("context"))
        draft = Draft(
            trace=_bare(item.get("trace_id") or context.get("trace_id")),
            span=_bare(item.get("span_id") or context.get("span_id")),
            parent=_bare(item.get("parent_id") or item.get("parent_span_id")),
            name=text(item.get("name")),
            line=line,
        )
        draft.start = nanoseconds(item.get("start_time_unix_nano") or item.get("start_time"))
        draft.end = nanoseconds(item.get("end_time_unix_nano") or item.get("end_time"))
        self._attributes(draft, mapping(item.get("attributes")))
        _say_status(draft, item)
        return draft


def _bare(value: object) -> str:
    return text(value).removeprefix("0x")


def _say_status(draft: Draft, item: Mapping[str, object]) -> None:
    status = mapping(item.get("status"))
    code = status.get("status_code") or status.get("code") or item.get("status_code")
    if text(code).upper().endswith("ERROR") or code == 2:  # noqa: PLR2004 (the number of the error status)
        draft.flags |= Flag.FAILED
    for event in sequence(item.get("events")):
        if mapping(event).get("name") == "exception":
            draft.flags |= Flag.FAILED | Flag.EXCEPTION
            found = mapping(mapping(event).get("attributes"))
            draft.error = exception_name(found) or draft.error
    draft.links = tuple(
        _bare(mapping(mapping(link).get("context")).get("span_id")) for link in sequence(item.get("links"))
    )
