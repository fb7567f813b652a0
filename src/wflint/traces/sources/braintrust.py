"""Braintrust: rows of spans as its clients send them, which may be merged, and as its interface gives them back."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import LANGGRAPH, Source
from wflint.traces.sources.record_base import Document, OpenDrafts, mapping, sequence, text
from wflint.traces.sources.span_data import say_span_data
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill, usage_in

SOURCE = Source(
    "Braintrust",
    ("step", "superstep", "agent", "tools", "inputs and outputs", "model and tokens", "cached tokens", "errors"),
    ("agents of frameworks that it has no integration for",),
)
ADK = Source(
    "Braintrust Google ADK",
    ("agent", "tools", "inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    ("graph nodes",),
    misplaces=True,
)
"""Its spans of ADK's calls last until the tools that the answer asks for are done."""
_AGENT, _CALL, _FLOW = "agent_run [", "llm_call", "flow_class"
_KINDS = {"llm": Kind.MODEL, "tool": Kind.TOOL, "function": Kind.TOOL}
_DETAILS = {
    "prompt_cached_tokens": "cached_tokens",
    "prompt_cache_creation_tokens": "cache_write_tokens",
    "prompt_cache_write_tokens": "cache_write_tokens",
    "completion_reasoning_tokens": "reasoning_tokens",
}
"""Its names of counts, and those that providers have for them."""


class BraintrustReader:
    """Rows, alone or in a list under `rows` or `events`; later rows of a span add to earlier ones."""

    def __init__(self) -> None:
        self._open = OpenDrafts(SOURCE.name)

    def accepts(self, document: Document) -> bool:
        return any(True for _ in _rows(document))

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        for row in _rows(document):
            _fill(self._open.of(text(row["span_id"]), line), row)
        yield from self._open.overflow()

    def finish(self) -> Iterator[Draft]:
        return self._open.close()


def _rows(document: Document) -> Iterator[Document]:
    lists = [*sequence(document.get("rows")), *sequence(document.get("events")), document]
    for row in map(mapping, lists):
        if {"span_id", "root_span_id"} <= row.keys() and ("metrics" in row or "span_attributes" in row):
            yield row


def _fill(draft: Draft, row: Document) -> None:
    attributes, metrics = mapping(row.get("span_attributes")), mapping(row.get("metrics"))
    draft.trace = text(row.get("root_span_id"))
    draft.parent = text(next(iter(sequence(row.get("span_parents"))), "")) or draft.parent
    draft.name = text(attributes.get("name")) or draft.name
    draft.start, draft.end = _moment(metrics.get("start")) or draft.start, _moment(metrics.get("end")) or draft.end
    if "type" in attributes:
        draft.kind = _KINDS.get(text(attributes["type"]), Kind.OTHER)
    _say_metadata(draft, mapping(row.get("metadata")))
    if draft.kind == Kind.MODEL and ("prompt_tokens" in metrics or "completion_tokens" in metrics):
        fill(draft, {_DETAILS.get(name, name): value for name, value in metrics.items()})
    if row.get("input") is not None:
        look_at_input(draft, row["input"])
    if "output" in row:
        draft.result = row["output"]
        if draft.source == ADK.name:
            fill(draft, usage_in(row["output"]))
    if row.get("error"):
        _fail(draft, row["error"])


def _say_metadata(draft: Draft, metadata: Document) -> None:
    inner = {**metadata, **mapping(metadata.get("metadata"))}
    for name, read in LANGGRAPH.items():
        if name in inner:
            read(draft, inner[name])
    if draft.name.startswith(_AGENT) and text(metadata.get("agent_name")):
        draft.kind, draft.agent = Kind.AGENT, text(metadata["agent_name"])
    elif draft.name.startswith(_CALL) and _FLOW in metadata:
        draft.kind, draft.source = Kind.MODEL, ADK.name
    if draft.kind == Kind.MODEL:
        draft.model = text(metadata.get("model")) or draft.model
    else:
        say_span_data(draft, metadata)


def _moment(seconds: object) -> int:
    """Seconds as a fraction in nanoseconds."""
    return nanoseconds(float(seconds)) if isinstance(seconds, int | float) else 0


def _fail(draft: Draft, error: object) -> None:
    draft.flags |= Flag.FAILED | Flag.EXCEPTION
    found = mapping(error)
    draft.error = error_name(found.get("message") or error)
