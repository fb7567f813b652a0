"""Google ADK's events: what runners give out and sessions keep, one object each, alone or under `events`.

What an agent says until it needs no tool any more, or hands over, is one execution of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.record_base import Document, mapping, sequence, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill, snake_cased

SOURCE = Source(
    "Google ADK events",
    ("agent", "tools", "transfers", "answers", "model and tokens", "cached tokens", "reasoning tokens"),
    (
        "what agents were given",
        "calls that failed, and errors that end a run",
        "what an agent that is used as a tool asks its model",
        "durations",
    ),
    attempts=False,
)
_USER = "user"
_LAST = ("escalate", "transfer_to_agent", "skip_summarization")
"""Actions after which an agent says no more."""


class AdkEventsReader:
    """Turns of agents by invocation, author and branch; those that never ended are given at the end."""

    def __init__(self) -> None:
        self._turns: dict[tuple[str, str, str], Draft] = {}
        self._tools: dict[str, Draft] = {}
        self._invocation = ""
        """The last one; events that an agent's own code makes may name none."""

    def accepts(self, document: Document) -> bool:
        events = sequence(document.get("events"))
        return _is_event(document) or (bool(events) and _is_event(mapping(events[0])))

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        for item in (document,) if _is_event(document) else map(mapping, sequence(document.get("events"))):
            event: dict[str, object] = {snake_cased(name): value for name, value in item.items()}
            if event.get("author") != _USER and not event.get("partial"):
                yield from self._event(event, line)

    def finish(self) -> Iterator[Draft]:
        yield from self._turns.values()
        self._turns.clear()

    def _event(self, event: dict[str, object], line: int) -> Iterator[Draft]:
        self._invocation = text(event.get("invocation_id")) or self._invocation
        event["invocation_id"] = self._invocation
        event["author"] = _speaker(event)
        key = self._invocation, text(event.get("author")), text(event.get("branch"))
        turn = self._turns.get(key) or self._begun(event, line)
        self._turns[key] = turn
        turn.end = nanoseconds(event.get("timestamp"))
        actions = {snake_cased(name): value for name, value in mapping(event.get("actions")).items()}
        turn.target = text(actions.get("transfer_to_agent")) or turn.target
        parts = [
            {snake_cased(name): value for name, value in mapping(part).items()}
            for part in sequence(mapping(event.get("content")).get("parts"))
        ]
        _say_error(turn, event)
        usage = mapping(event.get("usage_metadata"))
        if usage:
            yield _call(turn, event, usage, parts)
        yield from self._tool_uses(turn, parts)
        called = any("function_call" in part for part in parts)
        if any(actions.get(name) for name in _LAST) or not (called or any("function_response" in p for p in parts)):
            turn.flags |= Flag.OUTPUT
            yield self._turns.pop(key)

    def _tool_uses(self, turn: Draft, parts: list[dict[str, object]]) -> Iterator[Draft]:
        """A tool is at work from its call to its response."""
        for part in parts:
            call, response = mapping(part.get("function_call")), mapping(part.get("function_response"))
            name = text(call.get("id") or response.get("id"))
            if call:
                made = self._tools[name] = Draft(turn.trace, f"tool {name}", turn.span, line=turn.line)
                made.source, made.kind, made.start = SOURCE.name, Kind.TOOL, turn.end
                made.name = made.tool = text(call.get("name"))
                look_at_input(made, call.get("args"))
            elif response and name in self._tools:
                done = self._tools.pop(name)
                done.end, done.result = turn.end, response.get("response")
                yield done

    def _begun(self, event: Document, line: int) -> Draft:
        name, at = text(event.get("author")), nanoseconds(event.get("timestamp"))
        return Draft(
            trace=text(event.get("invocation_id")),
            span=f"turn {text(event.get('id'))}",
            name=name,
            agent=name,
            kind=Kind.AGENT,
            start=at,
            source=SOURCE.name,
            line=line,
        )


def _speaker(event: Document) -> str:
    """Whose event it is; where an agent fails, the event is its first caller's and only the path names the agent."""
    path = mapping(event.get("node_info")).get("path")
    last = text(path).rpartition("/")[2].partition("@")[0] if event.get("error_code") else ""
    return last or text(event.get("author"))


def _is_event(document: Document) -> bool:
    names = {snake_cased(str(name)) for name in document} if "author" in document else set()
    return {"author", "invocation_id", "actions"} <= names


def _call(turn: Draft, event: Document, usage: Mapping[str, object], parts: list[dict[str, object]]) -> Draft:
    call = Draft(trace=turn.trace, span=text(event.get("id")), parent=turn.span, name="call", agent=turn.agent)
    call.kind, call.source, call.line = Kind.MODEL, SOURCE.name, turn.line
    call.start = call.end = turn.end
    call.model = text(event.get("model_version"))
    call.result = parts or None
    fill(call, usage)
    return call


def _say_error(turn: Draft, event: Document) -> None:
    if event.get("error_code"):
        turn.flags |= Flag.FAILED | Flag.EXCEPTION
        turn.error = error_name(event.get("error_message")) or text(event.get("error_code"))
