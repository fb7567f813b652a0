"""Datadog's LLM Observability: spans as its tracer sends them, and as its interface gives them back."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.infrastructure import is_datadog
from wflint.traces.sources.record_base import Document, mapping, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import count, fill

SOURCE = Source(
    "Datadog",
    ("step", "agent", "tools", "inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    ("supersteps", "routers", "guardrails that stop a run", "the name of an agent of pydantic-ai that failed"),
)
_KINDS = {
    "llm": Kind.MODEL,
    "agent": Kind.AGENT,
    "task": Kind.STEP,
    "tool": Kind.TOOL,
    "retrieval": Kind.TOOL,
    "embedding": Kind.TOOL,
}
_NO_PARENT = "undefined"
_MILLISECOND = 1_000_000


class DatadogReader:
    """A span is an object with `metrics`; what it is and what went through it is under `meta`, or beside it."""

    def accepts(self, document: Document) -> bool:
        told = {"span_id", "trace_id", "metrics"} <= document.keys() and ("meta" in document or "span_kind" in document)
        return told and not is_datadog(document)

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        told = {**document, **mapping(document.get("meta"))}
        draft = Draft(trace=text(told.get("trace_id")), span=text(told.get("span_id")), source=SOURCE.name, line=line)
        draft.parent = text(told.get("parent_id")).removesuffix(_NO_PARENT)
        draft.name, draft.model = text(told.get("name")), text(told.get("model_name"))
        kind = mapping(told.get("span")).get("kind") or told.get("span.kind") or told.get("span_kind")
        draft.kind = _KINDS.get(text(kind), Kind.OTHER)
        if draft.kind == Kind.AGENT:
            draft.agent = draft.name
        draft.start = nanoseconds(told.get("start_ns")) or nanoseconds(told.get("start_ms")) * _MILLISECOND
        draft.end = draft.start + nanoseconds(told.get("duration"))
        draft.session = text(told.get("session_id"))
        fill(draft, told.get("metrics"))
        look_at_input(draft, _said(told.get("input")))
        draft.result = _said(told.get("output"))
        _say_error(draft, told)
        yield draft

    def finish(self) -> Iterator[Draft]:
        return iter(())


def _said(content: object) -> object:
    """What went in or came out: a value, or the messages of a model."""
    found = mapping(content)
    return found.get("value") or found.get("messages") or found.get("documents") or None


def _say_error(draft: Draft, told: Document) -> None:
    error = mapping(told.get("error"))
    kind = text(error.get("type") or told.get("error.type"))
    message = error.get("message") or told.get("error.message")
    if told.get("status") == "error" or kind or count(told.get("error")) > 0:
        draft.flags |= Flag.FAILED
    if kind or message:
        draft.flags |= Flag.EXCEPTION
        draft.error = kind.rpartition(".")[2] or error_name(message)
