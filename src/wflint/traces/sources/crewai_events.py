"""CrewAI's events, as a listener of its event bus writes them down: each thing begins with one and ends with one."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.record_base import Document, mapping, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill

_COUNTS = ("model and tokens", "cached tokens", "reasoning tokens")
SOURCE = Source(
    "CrewAI events",
    ("task", "flow method", "agent role", "tools", "guardrails", "outputs", *_COUNTS, "errors"),
    ("the crew that a task belongs to",),
)
_KINDS = {
    "llm_call": Kind.MODEL,
    "agent_execution": Kind.AGENT,
    "tool_usage": Kind.TOOL,
    "task": Kind.STEP,
    "method_execution": Kind.STEP,
    "llm_guardrail": Kind.CHECK,
    "crew_kickoff": Kind.RUN,
    "flow": Kind.RUN,
}
_BEGIN, _FAILED = "started", ("failed", "error")
_GIVEN = ("messages", "params", "tool_args", "task_prompt", "task", "inputs")
_GIVEN_BACK = ("response", "result", "output")
_TOLD_AT_END = ("started_event_id", "timestamp", "model", "usage", "error", "success", *_GIVEN_BACK)


class CrewAIEventsReader:
    """An event names the one around it; the last one of a thing names its first one.

    Handlers of events run beside each other, so that what is inside of a thing may be written down before it.
    """

    def __init__(self) -> None:
        self._begun: dict[str, Draft] = {}
        self._ends: list[Document] = []

    def accepts(self, document: Document) -> bool:
        return {"event_id", "parent_event_id", "type"} <= document.keys()

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        thing, _, moment = text(document.get("type")).rpartition("_")
        if moment == _BEGIN:
            draft = _begin(document, thing, line)
            self._begun[draft.span] = draft
        elif document.get("started_event_id"):
            told = {name: document[name] for name in _TOLD_AT_END if name in document}
            self._ends.append({**told, "failed": moment in _FAILED})
        return iter(())

    def finish(self) -> Iterator[Draft]:
        for event in self._ends:
            begun = self._begun.get(text(event.get("started_event_id")))
            if begun is not None:
                _end(begun, event)
        for draft in self._begun.values():
            draft.trace = self._outermost(draft)
            yield draft
        self._begun.clear()
        self._ends.clear()

    def _outermost(self, draft: Draft) -> str:
        """The span around all that is around a span."""
        passed = {draft.span}
        while draft.parent and draft.parent not in passed:
            passed.add(draft.parent)
            around = self._begun.get(draft.parent)
            if around is None:
                return draft.parent
            draft = around
        return draft.span


def _begin(document: Document, thing: str, line: int) -> Draft:
    span, parent = text(document.get("event_id")), text(document.get("parent_event_id"))
    draft = Draft("", span, parent, thing, source=SOURCE.name, line=line)
    draft.start = nanoseconds(document.get("timestamp"))
    draft.kind = _KINDS.get(thing, Kind.OTHER)
    match draft.kind:
        case Kind.STEP:
            draft.step = text(document.get("method_name") or document.get("task_name"))
            draft.name = draft.step or thing
        case Kind.AGENT:
            draft.agent = text(document.get("agent_role"))
        case Kind.TOOL:
            draft.tool = text(document.get("tool_name"))
        case Kind.RUN:
            draft.workflow = text(document.get("flow_name") or document.get("crew_name"))
        case Kind.MODEL:
            draft.model, draft.step = text(document.get("model")), text(document.get("task_name"))
        case _:
            pass
    look_at_input(draft, next(filter(None, (document.get(name) for name in _GIVEN)), None))
    return draft


def _end(draft: Draft, document: Document) -> None:
    draft.end = nanoseconds(document.get("timestamp"))
    draft.result = next(filter(None, (document.get(name) for name in _GIVEN_BACK)), None)
    if draft.kind == Kind.MODEL:
        draft.model = text(document.get("model")) or draft.model
        fill(draft, document.get("usage"))
    if isinstance(draft.result, dict):
        draft.result = mapping(draft.result).get("raw") or draft.result
    if document.get("failed"):
        draft.flags |= Flag.FAILED | Flag.EXCEPTION
        draft.error = error_name(document.get("error"))
    elif draft.kind == Kind.CHECK and document.get("success") is False:
        draft.flags |= Flag.REJECTS
