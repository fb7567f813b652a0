"""Haystack's own spans: one for each component; the tokens of a model are in what its component gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import parse
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Convention, Reader, Source, any_input, any_output, put, unquoted
from wflint.traces.usage import fill

_RANK = 2
_UNFAMILIAR = ("OTLP", "")
"""The application names the scope of these spans."""


def _take(draft: Draft) -> None:
    if draft.source in _UNFAMILIAR:
        draft.source = SOURCE.name


def _as(kind: Kind) -> Reader:
    def read(draft: Draft, value: object) -> None:
        del value
        _take(draft)
        draft.kind, draft.rank = kind, max(draft.rank, _RANK)

    return read


def _component(draft: Draft, value: object) -> None:
    if isinstance(value, str) and value and not draft.step:
        draft.step, draft.is_client = value, True
        if draft.rank <= _RANK and draft.kind != Kind.AGENT:
            draft.kind, draft.rank = Kind.STEP, _RANK + 1
        _take(draft)


def _component_in_langfuse(draft: Draft, value: object) -> None:
    if isinstance(value, str) and value:
        draft.step, draft.source, draft.is_client = value, IN_LANGFUSE.name, True


def _component_output(draft: Draft, value: object) -> None:
    """What a component gave back; each reply of a model in it is a call inside of the component.

    MLflow takes every component with messages for a model, builders of prompts, too.
    """
    draft.kind, draft.rank, draft.result = Kind.STEP, _RANK + 1, value
    calls = [_call(meta) for meta in _replies(value)]
    for number, call in enumerate(calls):
        call.trace, call.span, call.parent = draft.trace, f"{draft.span}/{number}", draft.span
        call.start, call.end = draft.start, draft.end
        call.kind, call.name, call.flags = Kind.MODEL, "reply", Flag.INPUT | Flag.OUTPUT
    draft.inner = tuple(calls)


def _model_output(draft: Draft, value: object) -> None:
    """The answer of a model within an agent."""
    draft.kind, draft.rank = Kind.MODEL, _RANK
    draft.result = value
    for call in _replies(value):
        fill(draft, call["usage"])
        draft.model = str(call.get("model") or "")


def _call(meta: Mapping[str, object]) -> Draft:
    call = Draft(model=str(meta.get("model") or ""))
    fill(call, meta["usage"])
    return call


def _replies(value: object) -> Iterator[Mapping[str, object]]:
    """What a model's client says of its replies: beside each one, or in a list of its own."""
    found = parse(value) if isinstance(value, str) else value
    if not isinstance(found, Mapping):
        return
    replies, metas = found.get("replies"), found.get("meta")
    beside = [one.get("meta") for one in replies if isinstance(one, Mapping)] if isinstance(replies, list) else []
    for meta in (*beside, *(metas if isinstance(metas, list) else ())):
        if isinstance(meta, Mapping) and isinstance(meta.get("usage"), Mapping):
            yield meta


READERS: Mapping[str, Reader] = {
    "haystack.component.name": unquoted(_component),
    "langfuse.observation.metadata.haystack.component.name": unquoted(_component_in_langfuse),
    "haystack.component.input": any_input,
    "haystack.component.output": _component_output,
    "haystack.agent.step": _as(Kind.OTHER),
    "haystack.agent.max_steps": _as(Kind.AGENT),
    "haystack.agent.step.llm.input": _as(Kind.MODEL),
    "haystack.agent.step.llm.output": _model_output,
    "haystack.tool.name": put("tool"),
    "haystack.agent.step.tool.input": _as(Kind.TOOL),
    "haystack.agent.step.tool.output": _as(Kind.TOOL),
    "haystack.pipeline.max_runs_per_component": _as(Kind.RUN),
    "haystack.pipeline.output_data": any_output,
}
SOURCE = Source(
    "Haystack",
    ("component", "agent", "tools", "inputs and outputs, where content tracing is on", "tokens, with these", "errors"),
    (),
    ("haystack",),
    counts_advice="the tokens are in what components give back: set HAYSTACK_CONTENT_TRACING_ENABLED=true",
)
IN_LANGFUSE = Source(
    "Langfuse Haystack",
    ("component", "inputs and outputs", "model and tokens", "errors"),
    ("cached and reasoning tokens",),
    overstated="no cached tokens are written, so their share of the cost is overstated: Haystack's own OpenTelemetry "
    "tracer writes them",
)
CONVENTION = Convention((SOURCE, IN_LANGFUSE), READERS)
