"""Langfuse: observations as its interface gives them back, and as rows of its exports, in either case of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import error_name, look_at_input, parse
from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.sources.base import LANGGRAPH, Source, unquoted
from wflint.traces.sources.record_base import Attributes, Document, mapping, sequence, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill, snake_cased

SOURCE = Source(
    "Langfuse export",
    ("step", "superstep", "inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    (),
)
_KINDS = {
    "GENERATION": Kind.MODEL,
    "AGENT": Kind.AGENT,
    "TOOL": Kind.TOOL,
    "GUARDRAIL": Kind.CHECK,
}
_SCOPE = "otel.scope.name"
_NOBODY = ("", "OTLP", "Langfuse")
"""Who has written a span where no other instrumentation has, and Langfuse's own keeps nothing beside."""
_OTHERS = frozenset({"SPAN", "CHAIN", "EVENT", "RETRIEVER", "EVALUATOR", "EMBEDDING"})


class LangfuseReader:
    """Observations, alone, in a list, or under `observations` of a trace."""

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes

    def accepts(self, document: Document) -> bool:
        if isinstance(document.get("observations"), list):
            return True
        return bool({"traceId", "trace_id"} & document.keys()) and document.get("type") in {*_KINDS, *_OTHERS}

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        for item in sequence(document.get("observations")) or [document]:
            if isinstance(item, Mapping):
                row = {snake_cased(name): value for name, value in item.items() if isinstance(name, str)}
                yield self._observation(row, text(document.get("id")), line)

    def finish(self) -> Iterator[Draft]:
        return iter(())

    def _observation(self, item: Document, trace: str, line: int) -> Draft:
        draft = Draft(trace=text(item.get("trace_id")) or trace, span=text(item.get("id")), line=line)
        draft.parent, draft.name = text(item.get("parent_observation_id")), text(item.get("name"))
        draft.start, draft.end = nanoseconds(item.get("start_time")), nanoseconds(item.get("end_time"))
        metadata = mapping(_unpacked(item.get("metadata")))
        self._say_attributes(draft, metadata)
        if draft.source == SOURCE.name and draft.kind == Kind.OTHER:
            draft.kind = _KINDS.get(text(item.get("type")), Kind.OTHER)
        draft.model = text(item.get("model")) or text(item.get("provided_model_name")) or draft.model
        draft.session = text(item.get("session_id")) or draft.session
        if draft.input == UNKNOWN and draft.output == UNKNOWN:
            details = item.get("usage_details")
            fill(draft, item.get("usage") if details is None else _unpacked(details))
        for name, read in LANGGRAPH.items():
            if name in metadata:
                unquoted(read)(draft, metadata[name])
        look_at_input(draft, item.get("input"))
        draft.result = _unpacked(item.get("output"))
        _say_level(draft, item)
        return draft

    def _say_attributes(self, draft: Draft, metadata: Document) -> None:
        """What another instrumentation has written, which Langfuse keeps beside what it makes of it."""
        attributes = mapping(_unpacked(metadata.get("attributes")))
        scope = text(mapping(_unpacked(metadata.get("scope"))).get("name"))
        if attributes:
            self._attributes(draft, {**attributes, _SCOPE: scope})
        draft.source = SOURCE.name if draft.source in _NOBODY else draft.source


def _unpacked(value: object) -> object:
    """What stands in a column of its own as JSON."""
    return parse(value) if isinstance(value, str) else value


def _say_level(draft: Draft, item: Document) -> None:
    if item.get("level") == "ERROR":
        draft.flags |= Flag.FAILED
    if text(item.get("status_message")):
        draft.flags |= Flag.EXCEPTION
        draft.error = error_name(item["status_message"])
