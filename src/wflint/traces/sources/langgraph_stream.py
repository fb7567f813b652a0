"""What LangGraph streams: debug events and tasks, and LangChain's `astream_events`."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import LANGGRAPH, Source
from wflint.traces.sources.record_base import Document, mapping, sequence, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import count, fill, usage_in

TASKS = Source(
    "LangGraph stream",
    ("step", "superstep (debug)", "inputs and outputs"),
    ("tokens", "routers", "attempts: a repeated step is one task", "times (tasks)"),
    counts_advice="streams carry no tokens: record spans (`openinference-instrumentation-langchain`) beside them",
    attempts=False,
)
EVENTS = Source(
    "LangChain events",
    ("step", "superstep", "routers", "inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens"),
    ("times", "errors: a failed call has a start and no end"),
    counts_advice="`astream_events` has every model stream, which tells its usage only where it is asked for it "
    "(`stream_usage=True`)",
)
_KINDS = {"chat_model": Kind.MODEL, "llm": Kind.MODEL, "tool": Kind.TOOL, "chain": Kind.OTHER}


class TasksReader:
    """`stream_mode` debug and tasks. A file has no trace ids: a thread, or a first superstep, begins a run."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._run = 0
        self._clock = 0
        self._open: dict[str, Draft] = {}
        self._done: list[Draft] = []

    def accepts(self, document: Document) -> bool:
        debug = document.get("type") in ("task", "task_result", "checkpoint") and "payload" in document
        return debug or (isinstance(document.get("mode"), str) and "ns" in document and "data" in document)

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        self._clock += 1
        if "mode" in document:
            if document["mode"] != "tasks":
                return
            payload, names = mapping(document.get("data")), sequence(document.get("ns"))
            yield from self._task(payload, [text(name) for name in names], self._clock, line, document)
            return
        payload = mapping(document.get("payload"))
        if document.get("type") == "checkpoint":
            yield from self._checkpoint(payload)
            return
        at = nanoseconds(document.get("timestamp")) or self._clock
        yield from self._task(payload, [], at, line, document)

    def finish(self) -> Iterator[Draft]:
        yield from self._done
        for draft in self._open.values():
            draft.flags |= Flag.FAILED
            yield draft
        self._open.clear()

    def _checkpoint(self, payload: Document) -> Iterator[Draft]:
        """A checkpoint says who goes next after the tasks before it; that of the input begins a run."""
        following = "|".join(text(name) for name in sequence(payload.get("next"))) or "__end__"
        done, self._done = self._done, []
        for draft in done:
            draft.target = draft.target or following
            yield draft
        if mapping(payload.get("metadata")).get("source") == "input":
            self._run += 1

    def _task(self, payload: Document, around: list[str], at: int, line: int, document: Document) -> Iterator[Draft]:
        name, key = text(payload.get("name")), text(payload.get("id"))
        if "result" not in payload and "error" not in payload:
            if not around and _begins(payload) and not document.get("payload"):
                self._run += 1
            self._open[key] = self._begun(payload, [*around, f"{name}:{key}"], at, line, document)
            return
        draft = self._open.pop(key, None) or self._begun(payload, [*around, f"{name}:{key}"], at, line, document)
        draft.end = at
        draft.result = payload.get("result")
        if payload.get("error"):
            draft.flags |= Flag.FAILED | Flag.EXCEPTION
            draft.error = error_name(str(payload["error"]))
        if "mode" in document:
            yield draft
        else:
            self._done.append(draft)

    def _begun(self, payload: Document, names: list[str], at: int, line: int, document: Document) -> Draft:
        draft = Draft(
            trace=f"{self._file} run {self._run}", span=names[-1], source=TASKS.name, kind=Kind.STEP, line=line
        )
        draft.name, draft.start = text(payload.get("name")), at
        draft.parent = names[-2] if len(names) > 1 else ""
        LANGGRAPH["langgraph_checkpoint_ns"](draft, "|".join(names))
        draft.iteration = count(document.get("step"))
        look_at_input(draft, payload.get("input"))
        return draft


def _begins(payload: Document) -> bool:
    """Whether a task is one that only the start triggers, in a stream that has no checkpoints."""
    return any(text(trigger).startswith(("__start__", "start:")) for trigger in sequence(payload.get("triggers")))


class EventsReader:
    """`astream_events`: a start and an end for each run, by id. Steps that have no end have failed."""

    def __init__(self) -> None:
        self._clock = 0
        self._open: dict[str, Draft] = {}

    def accepts(self, document: Document) -> bool:
        return text(document.get("event")).startswith("on_") and "run_id" in document

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        self._clock += 1
        event, run = text(document["event"]), text(document["run_id"])
        kind, _, moment = event.removeprefix("on_").rpartition("_")
        data = mapping(document.get("data"))
        if moment == "start":
            self._open[run] = self._begun(document, kind, line)
        elif moment in ("end", "error"):
            draft = self._open.pop(run, None) or self._begun(document, kind, line)
            draft.end, draft.result = self._clock, data.get("output")
            if moment == "error":
                draft.flags |= Flag.FAILED | Flag.EXCEPTION
                draft.error = error_name(data.get("error"))
            if draft.kind == Kind.MODEL:
                fill(draft, usage_in(data.get("output")))
                response = mapping(mapping(data.get("output")).get("response_metadata"))
                draft.model = text(response.get("model_name")) or draft.model
            yield draft

    def finish(self) -> Iterator[Draft]:
        for draft in self._open.values():
            draft.flags |= Flag.FAILED
            yield draft
        self._open.clear()

    def _begun(self, document: Document, kind: str, line: int) -> Draft:
        parents = [text(name) for name in sequence(document.get("parent_ids"))]
        run = text(document["run_id"])
        draft = Draft(span=run, trace=parents[0] if parents else run, parent=parents[-1] if parents else "")
        draft.source, draft.line, draft.kind = EVENTS.name, line, _KINDS.get(kind, Kind.OTHER)
        draft.name, draft.start = text(document.get("name")), self._clock
        metadata = mapping(document.get("metadata"))
        for name, read in LANGGRAPH.items():
            if name in metadata:
                read(draft, metadata[name])
        look_at_input(draft, mapping(document.get("data")).get("input"))
        return draft
