"""Opik: traces and spans as its clients send them and its interface gives them back.

A trace is the root of its spans, though they do not name it.
"""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.record_base import Attributes, Document, OpenDrafts, mapping, sequence, text
from wflint.traces.sources.span_data import say_span_data
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill, nested

SOURCE = Source(
    "Opik",
    ("step", "agent", "tools", "inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    (
        "the task of an agent that works beside others (CrewAI)",
        "errors of Haystack and of the OpenAI Agents SDK: what failed looks like the rest, without an output",
        "tokens of Haystack's agents",
    ),
)
_KINDS = {"llm": Kind.MODEL, "tool": Kind.TOOL, "guardrail": Kind.CHECK}
_AGENT_RUN = "adk_invocation_id"
"""What Google ADK's agents carry; models and tools inside of them have types of their own."""
_CREW, _TASK = "crewai", "Task: "
"""CrewAI's methods and agents have names like any other; only those of the source are steps."""
_PROVIDER = "original_usage."
_OPERATIONS = {"haystack.agent.step.llm": Kind.MODEL, "haystack.agent.step.tool": Kind.TOOL}
"""What Haystack's agents do has a type of its own in Haystack only."""


class OpikReader:
    """Spans and traces, alone, in lists under `spans` and `traces`, or as `trace` and `spans` of one file."""

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._open = OpenDrafts(SOURCE.name)

    def accepts(self, document: Document) -> bool:
        return any(True for _ in _records(document))

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        for record in _records(document):
            self._fill(self._open.of(text(record["id"]), line), record)
        yield from self._open.overflow()

    def finish(self) -> Iterator[Draft]:
        for draft in self._open:
            if not draft.parent and draft.trace != draft.span and draft.trace in self._open:
                draft.parent = draft.trace
        return self._open.close()

    def _fill(self, draft: Draft, record: Document) -> None:
        is_span = "trace_id" in record
        draft.trace = text(record.get("trace_id")) or draft.span
        draft.parent = text(record.get("parent_span_id")) or draft.parent
        draft.name = text(record.get("name")) or draft.name
        draft.start = nanoseconds(record.get("start_time")) or draft.start
        draft.end = nanoseconds(record.get("end_time")) or draft.end
        draft.kind = _KINDS.get(text(record.get("type")), Kind.OTHER) if is_span else Kind.RUN
        draft.session = text(record.get("thread_id")) or draft.session
        if is_span:
            self._say_what(draft, record, mapping(record.get("metadata")))
        if record.get("input") is not None:
            look_at_input(draft, record["input"])
        if "output" in record:
            draft.result = record["output"]
        _say_error(draft, mapping(record.get("error_info")))

    def _say_what(self, draft: Draft, record: Document, metadata: Document) -> None:
        kind, source = draft.kind, draft.source
        self._attributes(draft, {name: value for name, value in metadata.items() if name not in _OWN})
        draft.source, draft.kind = source, draft.kind if kind == Kind.OTHER else kind
        say_span_data(draft, metadata)
        if kind == Kind.OTHER and _AGENT_RUN in metadata:
            draft.kind, draft.agent = Kind.AGENT, draft.name
        elif kind == Kind.OTHER and metadata.get("operation") in _OPERATIONS:
            draft.kind = _OPERATIONS[text(metadata.get("operation"))]
        elif kind == Kind.OTHER and metadata.get("created_from") == _CREW:
            draft.kind = Kind.STEP
            draft.step = draft.name.removeprefix(_TASK) if draft.name.startswith(_TASK) else ""
        if kind == Kind.MODEL:
            draft.model = text(record.get("model")) or draft.model
            _fill_usage(draft, mapping(record.get("usage")))


_OWN = ("usage", "name", "model", "input", "output")
"""Metadata of Opik's own integrations under names that mean something else in attributes."""


_FORM, _OF_PROJECT = {"id", "name", "start_time"}, {"project_name", "project_id"}


def _records(document: Document) -> Iterator[Document]:
    """The spans and traces in an object."""
    for one in map(mapping, (*sequence(document.get("spans")), document)):
        if {*_FORM, "trace_id"} <= one.keys() and one.keys() & _OF_PROJECT:
            yield one
    alone = document if "source" in document else None
    for one in map(mapping, (*sequence(document.get("traces")), document.get("trace"), alone)):
        if one.keys() >= _FORM and one.keys() & _OF_PROJECT and "trace_id" not in one:
            yield one


def _fill_usage(draft: Draft, usage: Document) -> None:
    """Opik's own three counts, with the details of the provider's record, which it writes flat beside them."""
    fill(draft, nested(_PROVIDER, usage) or usage)
    if draft.input < 0:
        fill(draft, usage)


def _say_error(draft: Draft, error: Document) -> None:
    if error:
        draft.flags |= Flag.FAILED | Flag.EXCEPTION
        kind = text(error.get("exception_type"))
        message = error.get("message") or error.get("traceback")
        draft.error = kind if kind not in ("", "Exception") else error_name(message) or kind
