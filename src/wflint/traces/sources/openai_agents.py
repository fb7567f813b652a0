"""The OpenAI Agents SDK's own exporter: `trace` and `trace.span` objects."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.record_base import Document, mapping, sequence, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill

SOURCE = Source(
    "OpenAI Agents SDK",
    ("agent", "hand-offs", "guardrails", "tools", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    ("inputs and outputs of `response` spans (the Responses API)", "the run's output"),
)
_KINDS = {
    "agent": Kind.AGENT,
    "generation": Kind.MODEL,
    "response": Kind.MODEL,
    "function": Kind.TOOL,
    "handoff": Kind.DECISION,
    "guardrail": Kind.CHECK,
}


class OpenAIAgentsReader:
    """Each object is complete in itself; the exporter's requests put several under `data`."""

    def __init__(self) -> None:
        self._workflows: dict[str, str] = {}

    def accepts(self, document: Document) -> bool:
        if document.get("object") in ("trace", "trace.span"):
            return True
        first = next(iter(sequence(document.get("data"))), None)
        return mapping(first).get("object") in ("trace", "trace.span")

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        for item in sequence(document.get("data")) or [document]:
            yield from self._one(mapping(item), line)

    def finish(self) -> Iterator[Draft]:
        return iter(())

    def _one(self, document: Document, line: int) -> Iterator[Draft]:
        if document.get("object") == "trace":
            self._workflows[text(document.get("id"))] = text(document.get("workflow_name"))
            return
        data, trace = mapping(document.get("span_data")), text(document.get("trace_id"))
        draft = Draft(trace=trace, span=text(document.get("id")), parent=text(document.get("parent_id")))
        draft.source, draft.line = SOURCE.name, line
        draft.start, draft.end = nanoseconds(document.get("started_at")), nanoseconds(document.get("ended_at"))
        kind = text(data.get("type"))
        draft.kind, draft.name = _KINDS.get(kind, Kind.OTHER), text(data.get("name")) or kind
        if not draft.parent:
            draft.workflow = self._workflows.get(trace, "")
        self._say_what(draft, data)
        _say_error(draft, document.get("error"))
        yield draft

    def _say_what(self, draft: Draft, data: Document) -> None:
        match draft.kind:
            case Kind.AGENT:
                draft.agent = text(data.get("name"))
            case Kind.MODEL:
                draft.model = text(data.get("model"))
                fill(draft, data.get("usage"))
            case Kind.TOOL:
                draft.tool = text(data.get("name"))
            case Kind.DECISION:
                draft.origin, draft.target = text(data.get("from_agent")), text(data.get("to_agent"))
            case Kind.CHECK if data.get("triggered") is True:
                draft.flags |= Flag.REJECTS
            case _:
                pass
        look_at_input(draft, data.get("input"))
        draft.result = data.get("output")


def _say_error(draft: Draft, error: object) -> None:
    found = mapping(error)
    if found:
        inner = text(mapping(found.get("data")).get("error"))
        draft.flags |= Flag.FAILED | Flag.EXCEPTION
        draft.error = f"{text(found.get('message'))}: {inner}" if inner else text(found.get("message"))
