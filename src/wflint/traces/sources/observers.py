"""LangWatch and Laminar: OpenTelemetry with attributes of their own, a span for each part of a chain."""

from __future__ import annotations

from collections.abc import Mapping

from wflint.traces.content import parse
from wflint.traces.draft import Draft, Kind
from wflint.traces.sources.base import Convention, Reader, Source, any_input, any_output, kinds, put, unquoted
from wflint.traces.usage import fill

_LANGWATCH_KINDS = {
    "llm": Kind.MODEL,
    "agent": Kind.AGENT,
    "tool": Kind.TOOL,
    "rag": Kind.TOOL,
    "guardrail": Kind.CHECK,
    "evaluation": Kind.CHECK,
    "workflow": Kind.RUN,
    "chain": Kind.OTHER,
    "span": Kind.OTHER,
}
_LAMINAR_KINDS = {"LLM": Kind.MODEL, "TOOL": Kind.TOOL, "EVALUATOR": Kind.CHECK}
_PART = "execute_task "
"""What Laminar puts before the name of a part of a chain."""


def _type_of_langwatch(draft: Draft, value: object) -> None:
    """What a span is; parts of a chain have no other sign than their names, and the outermost one is the whole."""
    _KIND_OF_LANGWATCH(draft, value)
    if value == "chain" and draft.parent:
        draft.agent = draft.name


_KIND_OF_LANGWATCH = kinds(_LANGWATCH_KINDS, 2)


def _type_of_laminar(draft: Draft, value: object) -> None:
    kind = _LAMINAR_KINDS.get(value) if isinstance(value, str) else None
    if kind is not None:
        draft.kind, draft.rank = kind, 2
    elif draft.name.startswith(_PART):
        draft.kind, draft.rank, draft.agent = Kind.OTHER, 2, draft.name.removeprefix(_PART)


def _metrics(draft: Draft, value: object) -> None:
    """LangWatch's own record of tokens."""
    counted = Draft()
    fill(counted, parse(value) if isinstance(value, str) else value)
    draft.second = [counted.input, counted.output, counted.cached, counted.written, counted.reasoning, counted.total]


def _inside(draft: Draft, value: object) -> None:
    """What LangWatch puts into a record of its type."""
    told = value.get("value") if isinstance(value, Mapping) else value
    any_output(draft, told)


READERS: Mapping[str, Reader] = {
    "langwatch.span.type": _type_of_langwatch,
    "langwatch.input": any_input,
    "langwatch.output": unquoted(_inside),
    "langwatch.metrics": _metrics,
    "langwatch.thread.id": put("session"),
    "lmnr.span.type": _type_of_laminar,
    "lmnr.span.input": any_input,
    "lmnr.span.output": any_output,
    "lmnr.association.properties.session_id": put("session"),
}
_TOKENS = ("inputs and outputs", "model and tokens", "errors")
SOURCES = (
    Source(
        "LangWatch",
        ("step", "tools", *_TOKENS),
        ("cached tokens", "reasoning tokens", "supersteps", "what tells a retry from a loop"),
        ("langwatch",),
    ),
    Source(
        "Laminar",
        ("step", "tools", "cached tokens", *_TOKENS),
        ("reasoning tokens", "supersteps", "what tells a retry from a loop"),
        ("lmnr",),
    ),
)
CONVENTION = Convention(SOURCES, READERS)
