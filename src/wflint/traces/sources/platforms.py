"""Platforms that write OpenTelemetry with attributes of their own: Langfuse, LangSmith, MLflow, logfire."""

from __future__ import annotations

from collections.abc import Mapping

from wflint.traces.content import error_name, parse
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import (
    LANGGRAPH,
    Convention,
    Reader,
    Source,
    any_input,
    any_output,
    kinds,
    parameters,
    put,
    under,
    unquoted,
)
from wflint.traces.sources.llamaindex import given_to_step
from wflint.traces.usage import fill, usage_in

_LANGFUSE_KINDS = {
    "generation": Kind.MODEL,
    "agent": Kind.AGENT,
    "tool": Kind.TOOL,
    "chain": Kind.OTHER,
    "guardrail": Kind.CHECK,
}
RUN_KINDS = {"llm": Kind.MODEL, "chain": Kind.OTHER, "tool": Kind.TOOL, "retriever": Kind.TOOL}
"""LangSmith's types of runs."""
MLFLOW_KINDS = {
    "llm": Kind.MODEL,
    "chat_model": Kind.MODEL,
    "agent": Kind.AGENT,
    "tool": Kind.TOOL,
    "chain": Kind.OTHER,
    "workflow": Kind.RUN,
    "task": Kind.STEP,
    "guardrail": Kind.CHECK,
}
"""MLflow's types of spans."""


_TEMPLATES = {
    "chat completion with {gen_ai.request.model!r}": Kind.MODEL,
    "responses api with {gen_ai.request.model!r}": Kind.MODEL,
    "responses api": Kind.MODEL,
    "function: {name}": Kind.TOOL,
    "guardrail {name!r} {triggered=}": Kind.CHECK,
}
"""logfire's names for spans of the OpenAI Agents SDK."""
_HEAD = 400
"""So far into what a step was given its event begins."""


def _usage(draft: Draft, value: object) -> None:
    counted = Draft()
    fill(counted, parse(value) if isinstance(value, str) else value)
    draft.second = [counted.input, counted.output, counted.cached, counted.written, counted.reasoning, counted.total]


def _answer(draft: Draft, value: object) -> None:
    """What a span of MLflow gave back; a model's own record of its tokens in it has details that MLflow's lacks."""
    if draft.kind == Kind.AGENT and isinstance(value, Mapping) and value.keys() == {"output_type"}:
        return  # what the agent is declared to give back, not what it gave
    draft.result = value
    usage = usage_in(value) if draft.kind == Kind.MODEL else None
    if usage is not None:
        counted = Draft()
        fill(counted, usage)
        draft.input, draft.output, draft.total = counted.input, counted.output, counted.total
        draft.cached, draft.written, draft.reasoning = counted.cached, counted.written, counted.reasoning


def _given(draft: Draft, value: object) -> None:
    """What a span of MLflow was given; LlamaIndex gives its steps an event, and has them wait for more."""
    given_to_step(draft, value)
    if isinstance(value, str) and "." in draft.name and '"ev":' in value[:_HEAD]:
        draft.source = IN_MLFLOW.name


def _message_format(draft: Draft, value: object) -> None:
    """Whose messages MLflow keeps: it writes under one name of its own for all frameworks."""
    if value == "pydantic_ai":
        draft.source = PYDANTIC_IN_MLFLOW.name


def _level(draft: Draft, value: object) -> None:
    if isinstance(value, str) and value.strip('"').upper() == "ERROR":
        draft.flags |= Flag.FAILED


def _status_message(draft: Draft, value: object) -> None:
    if isinstance(value, str) and value:
        draft.flags |= Flag.EXCEPTION
        draft.error = draft.error or error_name(value)


def _name(draft: Draft, value: object) -> None:
    """Who is meant, where the span itself is named by a template (logfire) or by the method that ran (MLflow)."""
    if isinstance(value, str) and value and (draft.kind == Kind.AGENT or draft.name.startswith("Agent run")):
        draft.agent = value


_UNNAMED_SPANS = ("Span", "Span Response", "Handoff")
"""What LangSmith calls spans of the OpenAI Agents SDK that have no name."""


def say_integration(draft: Draft, value: object) -> None:
    """Agents of the OpenAI Agents SDK are chains like any other in LangSmith; only their names tell them.

    The outermost chain is the whole, whatever it is called.
    """
    if value == "openai-agents-sdk" and draft.parent and draft.name not in _UNNAMED_SPANS:
        draft.agent = draft.name


def _told_later(draft: Draft, value: object) -> None:
    """What logfire writes of the end of a stream: a log record beside the span of the call."""
    if value == "log":
        draft.flags |= Flag.INNER


def _handed_to(draft: Draft, value: object) -> None:
    if isinstance(value, str) and value:
        draft.target = value
        if draft.rank < 1:
            draft.kind, draft.rank = Kind.DECISION, 1


READERS: Mapping[str, Reader] = {
    "langfuse.observation.type": kinds(_LANGFUSE_KINDS, 2),
    "langfuse.observation.model.name": put("model"),
    "langfuse.observation.input": any_input,
    "langfuse.observation.output": any_output,
    "langfuse.observation.usage_details": _usage,
    "langfuse.observation.level": _level,
    "langfuse.observation.status_message": _status_message,
    "langfuse.session.id": put("session"),
    **{name: unquoted(read) for name, read in under("langfuse.observation.metadata.", LANGGRAPH).items()},
    "langsmith.span.kind": kinds(RUN_KINDS, 2),
    "langsmith.metadata.usage_metadata": _usage,
    "langsmith.metadata.ls_integration": say_integration,
    "gen_ai.prompt": any_input,
    "gen_ai.completion": any_output,
    **{name: unquoted(read) for name, read in under("langsmith.metadata.", LANGGRAPH).items()},
    "mlflow.spanType": unquoted(kinds(MLFLOW_KINDS, 2)),
    "mlflow.chat.tokenUsage": _usage,
    "invocation_params": unquoted(parameters),
    "mlflow.message.format": unquoted(_message_format),
    "mlflow.spanInputs": _given,
    "mlflow.spanOutputs": unquoted(_answer),
    **{name: unquoted(read) for name, read in LANGGRAPH.items()},
    "name": unquoted(_name),
    "logfire.span_type": _told_later,
    "logfire.msg_template": kinds(_TEMPLATES, 1),
    "sdk_span_type": kinds({"turn": Kind.OTHER, "task": Kind.OTHER}, 1),
    "from_agent": put("origin"),
    "to_agent": _handed_to,
    "usage": _usage,
    "input": any_input,
    "output": any_output,
}

_ALL = ("inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens", "errors")

_MLFLOW = tuple(part for part in _ALL if part != "reasoning tokens")
_UNTOLD = ("reasoning tokens, where an answer is kept without the provider's record",)
IN_MLFLOW = Source("MLflow LlamaIndex", ("step", *_MLFLOW), _UNTOLD, waits=True)
PYDANTIC_IN_MLFLOW = Source(
    "MLflow pydantic-ai",
    ("agent", "tools", *_MLFLOW),
    (*_UNTOLD, "graph nodes: each run of an agent is a trace of its own"),
    answer_retries=True,
)
SOURCES = (
    IN_MLFLOW,
    PYDANTIC_IN_MLFLOW,
    Source("Langfuse", ("step", "superstep", "routers", *_ALL), (), ("langfuse",)),
    Source("LangSmith OTel", ("step", "superstep", "routers", *_ALL), (), ("langsmith",)),
    Source("MLflow", ("step", "superstep", "routers", *_MLFLOW), _UNTOLD, ("mlflow",)),
    Source("logfire OpenAI Agents", ("agent", "tools", *_ALL), (), ("logfire.openai_agents",)),
    Source("logfire", _ALL, ("step",), ("logfire",)),
)
CONVENTION = Convention(SOURCES, READERS)
