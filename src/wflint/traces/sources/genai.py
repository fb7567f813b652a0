"""OpenTelemetry's conventions for generative AI: `gen_ai.*`, in all versions that are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import parse
from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.sources.base import Convention, Reader, Source, any_input, any_output, kinds, number, put, replace
from wflint.traces.usage import fill

OPERATIONS = {
    "chat": Kind.MODEL,
    "generate_content": Kind.MODEL,
    "text_completion": Kind.MODEL,
    "completion": Kind.MODEL,
    "invoke_agent": Kind.AGENT,
    "execute_tool": Kind.TOOL,
    "execute_task": Kind.STEP,
    "invoke_workflow": Kind.RUN,
    "create_agent": Kind.BUILD,
    "handoff": Kind.DECISION,
    "chain": Kind.OTHER,
    "embeddings": Kind.TOOL,
    "retrieval": Kind.TOOL,
    "plan": Kind.OTHER,
}


def _raw(draft: Draft, value: object) -> None:
    """The provider's own record, where nothing better is there."""
    if isinstance(value, str):
        counted = Draft()
        fill(counted, parse(value))
        draft.second = [
            counted.input,
            counted.output,
            counted.cached,
            counted.written,
            counted.reasoning,
            counted.total,
        ]


def _streamed(draft: Draft, value: object) -> None:
    if value is True:
        draft.flags |= Flag.STREAMED


def _messages(draft: Draft, value: object) -> None:
    if value not in (None, "", "[]"):
        draft.flags |= Flag.OUTPUT


def _nodes(draft: Draft, value: object) -> None:
    draft.nodes = tuple(_texts(value))


def _arrows(draft: Draft, value: object) -> None:
    draft.edges = tuple(arrow.replace("->", " -> ") for arrow in _texts(value))


def _texts(value: object) -> list[str]:
    found = parse(value) if isinstance(value, str) else value
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def _guessed(draft: Draft, value: object) -> None:
    """What was said, and whether the tokens are made of its length: half a token a letter, as OpenLIT has it.

    It does so for answers in pieces of which nobody tells the usage.
    """
    _messages(draft, value)
    if not draft.flags & Flag.STREAMED or not isinstance(value, str):
        return
    said = sum(len(text) for text in _contents(parse(value)))
    if said and draft.output == -(-said // 2):
        draft.input = draft.output = draft.cached = draft.written = draft.reasoning = draft.total = UNKNOWN


def _contents(messages: object) -> Iterator[str]:
    for message in messages if isinstance(messages, list) else ():
        parts = message.get("parts") if isinstance(message, dict) else None
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and isinstance(part.get("content"), str):
                yield part["content"]


def _graph(draft: Draft, value: object) -> None:
    """A whole graph, which Sentry calls an agent, whoever it is."""
    if isinstance(value, str) and value:
        draft.workflow, draft.kind, draft.rank = value, Kind.RUN, 4


READERS: Mapping[str, Reader] = {
    "gen_ai.pipeline.name": _graph,
    "gen_ai.operation.name": kinds(OPERATIONS, 3),
    "llm.request.type": kinds({"chat": Kind.MODEL, "completion": Kind.MODEL}, 1),
    "gen_ai.agent.name": replace("agent"),
    "gen_ai.workflow.name": put("workflow"),
    "gen_ai.request.model": put("model"),
    "gen_ai.response.model": put("model"),
    "gen_ai.request.stream": _streamed,
    "gen_ai.tool.name": put("tool"),
    "gen_ai.conversation.id": put("session"),
    "gen_ai.usage.input_tokens": number("input"),
    "gen_ai.usage.prompt_tokens": number("input"),
    "gen_ai.usage.output_tokens": number("output"),
    "gen_ai.usage.completion_tokens": number("output"),
    "gen_ai.usage.total_tokens": number("total"),
    "llm.usage.total_tokens": number("total"),
    "gen_ai.usage.cache_read.input_tokens": number("cached"),
    "gen_ai.usage.cache_read_input_tokens": number("cached"),
    "gen_ai.usage.details.cache_read_tokens": number("cached"),
    "gen_ai.usage.input_tokens.cached": number("cached"),
    "gen_ai.usage.input_tokens.cache_write": number("written"),
    "gen_ai.usage.output_tokens.reasoning": number("reasoning"),
    "gen_ai.usage.cache_write.input_tokens": number("written"),
    "gen_ai.usage.cache_creation.input_tokens": number("written"),
    "gen_ai.usage.cache_creation_input_tokens": number("written"),
    "gen_ai.usage.reasoning.output_tokens": number("reasoning"),
    "gen_ai.usage.reasoning_tokens": number("reasoning"),
    "gen_ai.usage.details.reasoning_tokens": number("reasoning"),
    "gen_ai.usage.details.thoughts_tokens": number("reasoning"),
    "gen_ai.usage.raw": _raw,
    "gen_ai.input.messages": any_input,
    "gen_ai.output.messages": _messages,
    "gen_ai.tool.call.arguments": any_input,
    "gen_ai.tool.call.result": any_output,
    "gen_ai.handoff.from_agent": put("origin"),
    "gen_ai.handoff.to_agent": put("target"),
    "gen_ai.graph.nodes": _nodes,
    "gen_ai.graph.edges": _arrows,
    "error.type": put("error"),
}

_SENTRY_ADVICE = "Sentry shows agents and calls, and no steps: the instrumentation of your framework writes them"
_OFFICIAL = ("model and tokens", "cached tokens", "reasoning tokens", "errors")

SOURCES = (
    Source(
        "OTel genai LangChain",
        ("agent of `create_agent`", *_OFFICIAL),
        ("LangGraph nodes", "routers", "sub-graphs", "inputs and outputs unless asked for"),
        ("opentelemetry.instrumentation.genai.langchain",),
        "this source writes no step: install `openinference-instrumentation-langchain` or "
        "`opentelemetry-instrumentation-langchain` instead, which write the LangGraph node",
    ),
    Source(
        "OTel genai OpenAI Agents",
        ("agent", "tools", *_OFFICIAL),
        ("hand-offs", "guardrails that stop a run", "inputs and outputs unless asked for"),
        ("opentelemetry.instrumentation.genai.openai_agents",),
    ),
    Source(
        "Azure AI tracer for LangChain",
        ("agents", "tools", "inputs and outputs", "model and tokens", "errors"),
        (
            "LangGraph nodes, unless asked for (`trace_all_langgraph_nodes`)",
            "cached tokens",
            "reasoning tokens",
            "supersteps",
        ),
        ("AzureAIOpenTelemetryTracer",),
        "calls in the code of a node stand beside it: trace all nodes (`trace_all_langgraph_nodes=True`)",
        overstated="no cached tokens are written, so their share of the cost is overstated",
    ),
    Source(
        "OpenLIT",
        (
            "LangGraph nodes as agents",
            "agents",
            "tools",
            "graph definition",
            "model and tokens",
            "cached tokens",
            "errors",
        ),
        (
            "routers",
            "supersteps",
            "what a node was given and gave back",
            "reasoning tokens of chat completions",
            "tokens of answers in pieces without usage: it writes half a token a letter instead",
        ),
        ("openlit",),
        readers={"gen_ai.output.messages": _guessed},
    ),
    Source(
        "Sentry",
        ("agents", "tools", *_OFFICIAL),
        ("LangGraph nodes", "routers", "what was given and given back, unless asked for"),
        ("auto.ai.",),
        _SENTRY_ADVICE,
        misplaces=True,
    ),
    Source(
        "Sentry pydantic-ai",
        ("agents", "tools", "model and tokens", "cached tokens", "errors"),
        ("reasoning tokens", "graph nodes: each run of an agent is a trace of its own"),
        ("auto.ai.pydantic_ai",),
        _SENTRY_ADVICE,
    ),
    Source(
        "OTel genai",
        _OFFICIAL,
        ("step",),
        ("opentelemetry.instrumentation.genai", "opentelemetry.util.genai", "opentelemetry.instrumentation.openai_v2"),
        "a model client's instrumentation knows no step; add the instrumentation of your framework",
    ),
)
CONVENTION = Convention(SOURCES, READERS)
