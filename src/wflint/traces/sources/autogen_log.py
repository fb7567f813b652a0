"""AutoGen's event log: a JSON object for each message, call of a model, use of a tool and failed handler.

It has neither spans nor times. What an agent does from one request to the next is one execution of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.record_base import Document, mapping, text
from wflint.traces.usage import fill

SOURCE = Source(
    "AutoGen log",
    ("agent", "tools", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    ("times", "attempts of the model's client", "which team works inside of which: each is a run of its own"),
)
_CALLS = ("LLMCall", "LLMStreamEnd")
_WORK = (*_CALLS, "LLMStreamStart", "ToolCall")
_FAILED = "MessageHandlerException"
_AFTERWARDS = "GroupChatError"
"""What a team tells its agents when it breaks off, which they do not understand: none of them has failed."""
_REQUEST = "{}"
"""The message by which a team asks an agent to speak has no fields."""


class AutoGenLogReader:
    """Turns of agents by the run of their team, whose id is the part after the slash of an agent's."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._clock = 0
        self._runs: dict[str, int] = {}
        self._open: dict[str, dict[str, Draft]] = {}
        self._unasked: set[str] = set()
        """Spans of turns that nobody has asked for: they end where another agent is at work."""
        self._streams: dict[str, Draft] = {}
        """Calls by the spans of their turns, of which an answer in pieces has begun and not ended."""

    def accepts(self, document: Document) -> bool:
        match document.get("type"):
            case "Message":
                return "delivery_stage" in document
            case str(kind) if kind in _WORK:
                return "agent_id" in document
            case kind:
                return kind == _FAILED and "handling_agent" in document

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        self._clock += 1
        kind = text(document.get("type"))
        if kind == "Message":
            yield from self._message(document, line)
        elif kind == _FAILED:
            self._fail(document)
        else:
            yield from self._work(document, kind, line)

    def finish(self) -> Iterator[Draft]:
        for turns in self._open.values():
            yield from turns.values()
        yield from self._streams.values()
        self._open.clear()
        self._streams.clear()

    def _message(self, document: Document, line: int) -> Iterator[Draft]:
        """A message from outside begins a run, a request for words a turn, and a response ends one."""
        if not text(document.get("delivery_stage")).endswith("SEND"):
            return
        agent, team = _parts(text(document.get("receiver")))
        payload = text(document.get("payload"))
        if not document.get("sender"):
            self._runs[team] = self._runs.get(team, 0) + 1
        elif payload == _REQUEST and agent:
            yield from self._turned(agent, team, line)
        else:
            speaker, its_team = _parts(text(document.get("sender")))
            turn = self._open.get(its_team, {}).get(speaker)
            if turn is not None and payload.startswith('{"response"'):
                turn.flags |= Flag.OUTPUT

    def _work(self, document: Document, kind: str, line: int) -> Iterator[Draft]:
        agent, team = _parts(text(document.get("agent_id")))
        if agent not in self._open.get(team, {}):
            yield from self._turned(agent, team, line)
            self._unasked.add(self._open[team][agent].span)
        turn = self._open[team][agent]
        turn.end = self._clock
        done = self._draft(team, Kind.TOOL, line)
        done.parent = turn.span
        if kind == "LLMStreamStart":
            done.kind, done.name, done.agent = Kind.MODEL, kind, agent
            done.flags |= Flag.INPUT | Flag.STREAMED
            self._streams[turn.span] = done
            return
        if kind in _CALLS:
            response = mapping(document.get("response"))
            self._streams.pop(turn.span, None)
            done.kind, done.name, done.agent, done.model = Kind.MODEL, kind, agent, text(response.get("model"))
            fill(done, response.get("usage") or document)
            look_at_input(done, document.get("messages"))
            done.result = document.get("response")
        else:
            done.name = done.tool = text(document.get("tool_name"))
            look_at_input(done, document.get("arguments"))
            done.result = document.get("result")
        yield done

    def _turned(self, agent: str, team: str, line: int) -> Iterator[Draft]:
        """Begin a turn, which ends the one before of the agent; a team may have asked others at the same time."""
        turns = self._open.setdefault(team, {})
        for speaker in [name for name, turn in turns.items() if name == agent or turn.span in self._unasked]:
            yield turns.pop(speaker)
        turn = turns[agent] = self._draft(team, Kind.AGENT, line)
        turn.name = turn.agent = agent
        turn.flags |= Flag.INPUT

    def _fail(self, document: Document) -> None:
        agent, team = _parts(text(document.get("handling_agent")))
        turn = self._open.get(team, {}).get(agent)
        if turn is not None and _AFTERWARDS not in text(document.get("exception")):
            turn.flags |= Flag.FAILED | Flag.EXCEPTION
            turn.error, turn.end = error_name(document.get("exception")), self._clock

    def _draft(self, team: str, kind: Kind, line: int) -> Draft:
        trace = f"{self._file} {team} run {self._runs.get(team, 0)}"
        span = f"{trace} {self._clock} {int(kind)}"
        at = self._clock
        return Draft(trace=trace, span=span, source=SOURCE.name, kind=kind, start=at, end=at, line=line)


def _parts(name: str) -> tuple[str, str]:
    """The name of an agent, and the team it speaks in, out of an id: a team puts its own id behind each name."""
    kind, _, key = name.partition("/")
    return kind.removesuffix(f"_{key}"), key
