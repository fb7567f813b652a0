"""W&B Weave: calls as its client sends them, whole or as a beginning and an end, and as its interface gives them."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input, parse
from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.sources.base import LANGGRAPH, Source
from wflint.traces.sources.llamaindex import asks
from wflint.traces.sources.record_base import Document, OpenDrafts, mapping, sequence, text
from wflint.traces.sources.span_data import say_span_data
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill, usage_in

SOURCE = Source(
    "Weave",
    ("step", "superstep", "agent", "tools", "inputs and outputs", "model and tokens", "cached tokens", "errors"),
    ("agents and tools of frameworks that it has no integration for",),
)
LLAMAINDEX = Source(
    "Weave LlamaIndex",
    ("step", "inputs and outputs", "model and tokens", "cached tokens", "errors"),
    ("what a step that waits for more events collects",),
    waits=True,
)
_KINDS = {"llm": Kind.MODEL, "agent": Kind.AGENT, "tool": Kind.TOOL}
_LANGCHAIN = {"Llm": Kind.MODEL, "Tool": Kind.TOOL}
_AGENTS_SDK = {
    "openai_agent_agent": Kind.AGENT,
    "openai_agent_function": Kind.TOOL,
    "openai_agent_handoff": Kind.DECISION,
    "openai_agent_guardrail": Kind.CHECK,
    "openai_agent_generation": Kind.MODEL,
    "openai_agent_response": Kind.MODEL,
    "openai_agent_trace": Kind.RUN,
}
"""Operations of the OpenAI Agents SDK."""
_CREW = {
    "crewai.Flow.kickoff": Kind.RUN,
    "crewai.Flow.kickoff_async": Kind.RUN,
    "crewai.Crew.kickoff": Kind.RUN,
    "crewai.Crew.kickoff_async": Kind.RUN,
    "crewai.flow.flow.start": Kind.STEP,
    "crewai.flow.flow.listen": Kind.STEP,
    "crewai.flow.flow.router": Kind.STEP,
    "crewai.Task.execute_sync": Kind.STEP,
    "crewai.Task.execute_async": Kind.STEP,
    "crewai.Agent.execute_task": Kind.AGENT,
}
"""Operations of CrewAI; who is meant stands behind the operation, after a point or in quotes."""
_LLAMAINDEX_CALLS = ("LLMChat", "LLMCompletion")
_AGENTS_RECORD = {"output", "metrics", "metadata"}
"""What such an operation gives back: a record around the output."""


class WeaveReader:
    """Calls, alone or in a list under `batch`; a request may hold the beginning of one and the end of another."""

    def __init__(self) -> None:
        self._open = OpenDrafts(SOURCE.name)

    def accepts(self, document: Document) -> bool:
        return any(True for _ in _calls(document))

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        for call in _calls(document):
            _fill(self._open.of(text(call["id"]), line), call)
        yield from self._open.overflow()

    def finish(self) -> Iterator[Draft]:
        return self._open.close()


def _calls(document: Document) -> Iterator[Document]:
    """The calls in an object: whole ones, beginnings, and ends."""
    for item in map(mapping, sequence(document.get("batch")) or [document]):
        inside = mapping(item.get("req")) or item
        call = mapping(inside.get("start")) or mapping(inside.get("end")) or inside
        if "id" in call and ("op_name" in call or {"project_id", "ended_at"} <= call.keys()):
            yield call


def _fill(draft: Draft, call: Document) -> None:
    draft.trace = text(call.get("trace_id")) or draft.trace
    draft.parent = text(call.get("parent_id")) or draft.parent
    draft.start = nanoseconds(call.get("started_at")) or draft.start
    draft.end = nanoseconds(call.get("ended_at")) or draft.end
    draft.session = text(call.get("thread_id")) or draft.session
    if "op_name" in call:
        _say_what(draft, call)
    if call.get("inputs"):
        look_at_input(draft, call["inputs"])
    if call.get("output") is not None:
        _say_output(draft, call["output"])
    if draft.kind == Kind.MODEL and draft.input == UNKNOWN:
        _fill_usage(draft, mapping(mapping(call.get("summary")).get("usage")))
    if text(call.get("exception")):
        _fail(draft, call["exception"])


def _say_what(draft: Draft, call: Document) -> None:
    """Kind and name; an integration's operations are known by name, because the kind leaks from one to the next."""
    operation = text(call["op_name"]).rpartition("/op/")[2].partition(":")[0] or text(call["op_name"])
    draft.name = text(call.get("display_name")) or operation
    family, _, rest = operation.partition(".")
    if family == "langchain":
        what, _, name = rest.partition(".")
        draft.kind, draft.name = _LANGCHAIN.get(what, Kind.OTHER), name or draft.name
    elif family == "llama_index":
        _say_llamaindex(draft, rest)
    elif operation in _CREW:
        draft.kind = _CREW[operation]
        _say_crew(draft)
    elif operation in _AGENTS_SDK:
        draft.kind = _AGENTS_SDK[operation]
        draft.agent = draft.name if draft.kind == Kind.AGENT else ""
    else:
        draft.kind = _KINDS.get(text(mapping(mapping(call.get("attributes")).get("weave")).get("kind")), Kind.OTHER)
    if draft.kind == Kind.MODEL:
        draft.model = text(mapping(call.get("inputs")).get("model"))


def _say_llamaindex(draft: Draft, rest: str) -> None:
    """`span.Class.method` or `event.Name`: a call of a model is an event inside of the method that asks for it."""
    what, _, draft.name = rest.partition(".")
    draft.source, draft.kind = LLAMAINDEX.name, Kind.OTHER
    if what == "span":
        draft.kind = Kind.MODEL if asks(draft.name) else Kind.STEP
    elif draft.name in _LLAMAINDEX_CALLS:
        draft.kind = Kind.MODEL


def _say_crew(draft: Draft) -> None:
    _, is_quoted, name = draft.name.partition(" - ")
    name = name.strip("'") if is_quoted else draft.name.rpartition(".")[2]
    if draft.kind == Kind.STEP:
        draft.step = name
    elif draft.kind == Kind.AGENT:
        draft.agent = name


def _say_output(draft: Draft, output: object) -> None:
    """What it gave back; integrations put it into a record of the framework's own, with what that says of the step."""
    record = mapping(output)
    metadata = mapping(mapping(record.get("extra")).get("metadata"))
    for name, read in LANGGRAPH.items():
        if name in metadata:
            read(draft, metadata[name])
    say_span_data(draft, {**mapping(record.get("metadata")), **metadata})
    if draft.kind == Kind.MODEL:
        usage = usage_in(output)
        if usage is not None:
            fill(draft, usage)
    if record.get("error"):
        _fail(draft, record["error"])
    draft.result = record["output"] if record.keys() >= _AGENTS_RECORD else record.get("outputs", output)


def _fill_usage(draft: Draft, usage: Document) -> None:
    """The counts of the one model that a call asked."""
    if len(usage) == 1:
        model, counts = next(iter(usage.items()))
        draft.model = draft.model or model
        fill(draft, counts)


def _fail(draft: Draft, error: object) -> None:
    draft.flags |= Flag.FAILED | Flag.EXCEPTION
    found = mapping(error) or mapping(parse(text(error)))
    draft.error = error_name(found.get("message") or found.get("type") or error).rpartition("\n")[2] or draft.error
