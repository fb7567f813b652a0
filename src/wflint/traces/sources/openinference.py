"""OpenInference: `llm.*`, `input.value`, `output.value`, and one JSON text of metadata."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.sources.autogen import messages_given_back
from wflint.traces.sources.base import (
    LANGGRAPH,
    Convention,
    Reader,
    Source,
    any_input,
    any_output,
    kinds,
    parameters,
    path_of,
    put,
    replace,
    under,
)
from wflint.traces.sources.llamaindex import given_event
from wflint.traces.usage import count

_KINDS = {
    "llm": Kind.MODEL,
    "agent": Kind.AGENT,
    "tool": Kind.TOOL,
    "chain": Kind.OTHER,
    "guardrail": Kind.CHECK,
}
_PARTS = {
    "llm.token_count.prompt": 0,
    "llm.token_count.completion": 1,
    "llm.token_count.prompt_details.cache_read": 2,
    "llm.token_count.prompt_details.cache_write": 3,
    "llm.token_count.completion_details.reasoning": 4,
    "llm.token_count.total": 5,
}
_CONTENT = ("inputs and outputs", "errors")
_COUNTS = ("model and tokens", "cached tokens", "reasoning tokens")


class _Metadata(msgspec.Struct):
    langgraph_node: str = ""
    langgraph_checkpoint_ns: str = ""
    langgraph_step: int = UNKNOWN
    thread_id: str | int = ""
    ls_model_name: str | None = None


_METADATA = msgspec.json.Decoder(_Metadata, strict=False)


@lru_cache(1_024)
def _read_metadata(text: str) -> tuple[int, str, str, str] | None:
    """What all spans of one step say in the same words: superstep, path, task, session."""
    try:
        found = _METADATA.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    task = found.langgraph_checkpoint_ns
    return found.langgraph_step, path_of(task) if task else found.langgraph_node, task, str(found.thread_id or "")


def _metadata(draft: Draft, value: object) -> None:
    told = _read_metadata(value) if isinstance(value, str) else None
    if told is None:
        return
    draft.iteration, path, task, session = told
    if task:
        draft.path, draft.task = path, task
    elif path and not draft.path:
        draft.path = path
    if session:
        draft.session = session


def _part(at: int) -> Reader:
    def read(draft: Draft, value: object) -> None:
        if draft.second is None:
            draft.second = [UNKNOWN] * 6
        draft.second[at] = count(value)
        if draft.second[at] == UNKNOWN and value is not None:
            draft.flags |= Flag.BAD_COUNT

    return read


def _flow_node_kind(draft: Draft, value: object) -> None:
    if value == "router" and not draft.rank:
        draft.kind = Kind.STEP


READERS: Mapping[str, Reader] = {
    "openinference.span.kind": kinds(_KINDS, 1),
    "metadata": _metadata,
    "llm.model_name": put("model"),
    "llm.invocation_parameters": parameters,
    "embedding.model_name": put("model"),
    "input.value": any_input,
    "output.value": any_output,
    "agent.name": replace("agent"),
    "graph.node.id": put("agent"),
    "graph.node.parent_id": put("origin"),
    "session.id": put("session"),
    "tool.name": put("tool"),
    "task_name": replace("step"),
    "flow.node.name": replace("step"),
    "flow.node.type": _flow_node_kind,
    **under("metadata.", LANGGRAPH),
    **{name: _part(at) for name, at in _PARTS.items()},
}

_PROVIDER = (
    "the tokens are written by the instrumentation of the model's client: install it beside this one "
    "(`openinference-instrumentation-openai`, `-litellm`, `-anthropic` or your provider's)"
)

SOURCES = (
    Source(
        "OpenInference LangChain",
        ("step", "superstep", "routers", *_CONTENT, *_COUNTS),
        ("the key of a result of one text", "the source of an edge"),
        ("openinference.instrumentation.langchain",),
    ),
    Source(
        "OpenInference OpenAI Agents",
        ("agent", "hand-offs", "guardrails", *_CONTENT, "model and tokens"),
        ("cached and reasoning tokens of `generation` spans", "the error on the root span"),
        ("openinference.instrumentation.openai_agents",),
        overstated="no cached tokens are written with chat completions, so their share of the cost is overstated: the "
        "SDK's own exporter and the Responses API write them",
    ),
    Source(
        "OpenInference LlamaIndex",
        ("step", *_CONTENT, *_COUNTS),
        ("what a step that waits for more events collects",),
        ("openinference.instrumentation.llama_index",),
        waits=True,
        readers={"input.value": given_event},
    ),
    Source(
        "OpenInference Haystack",
        ("component class", *_CONTENT, "model and tokens"),
        ("component names", "cached and reasoning tokens"),
        ("openinference.instrumentation.haystack",),
        "components are written by class, not by name: a class that serves several components cannot be told apart",
        overstated="no cached tokens are written, so their share of the cost is overstated",
    ),
    Source(
        "OpenInference CrewAI",
        ("task", "agent role", "flow method", *_CONTENT),
        ("tokens", "attempts after a guardrail", "the flow's class"),
        ("openinference.instrumentation.crewai",),
        counts_advice=_PROVIDER,
        attempts=False,
    ),
    Source(
        "OpenInference AutoGen",
        ("agent", "sender", "tokens, in what a team gives back", *_CONTENT),
        ("tokens of a team that failed", "cached and reasoning tokens", "model"),
        ("openinference.instrumentation.autogen",),
        counts_advice=_PROVIDER,
        readers={"output.value": messages_given_back},
    ),
    Source(
        "OpenInference Google ADK",
        ("agent", *_CONTENT),
        ("tokens of each call", "session state"),
        ("openinference.instrumentation.google_adk",),
        counts_advice="its agent span carries the counts of the last call only; ADK's own spans (without this package) "
        "carry all",
    ),
    Source(
        "Phoenix",
        ("step", "superstep", "routers", *_CONTENT, *_COUNTS),
        ("which instrumentation wrote a span",),
        ("phoenix",),
    ),
    Source(
        "OpenInference",
        ("inputs and outputs", *_COUNTS),
        ("step",),
        ("openinference.instrumentation",),
        "a model client's instrumentation knows no step; add the instrumentation of your framework",
    ),
)
CONVENTION = Convention(SOURCES, READERS)
