"""LlamaIndex's own OpenTelemetry: spans by class and method, with what happened to models as events on them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Convention, EventReader, Reader, Source, any_input
from wflint.traces.usage import fill, nested

_USAGES = ("response.raw.usage.", "response.raw.usage_metadata.", "response.additional_kwargs.")
"""Where providers' records of tokens stand, the best one first."""


_AGENT_STEP = "AgentWorkflow.run_agent_step"
"""One step runs all agents of a workflow."""
_AT_WORK = re.compile(r"""current_agent_name[\\"':= ]+([^\\"']{1,80})""")


_EVENT = '"ev":'
_HEAD, _TELLING = 400, 1_000
"""So far into what a step was given its event begins, and so much of the event tells it from others."""


def given_to_step(draft: Draft, value: object) -> None:
    """What a step was given; it says which agent is at work."""
    any_input(draft, value)
    if draft.name == _AGENT_STEP and isinstance(value, str):
        draft.agent = next(reversed(_AT_WORK.findall(value)), draft.agent)


def given_event(draft: Draft, value: object) -> None:
    """What a step was given, where its context stands beside its event: the event tells executions apart."""
    given_to_step(draft, value)
    at = value.find(_EVENT, 0, _HEAD) if isinstance(value, str) and "." in draft.name else -1
    if isinstance(value, str) and at >= 0:
        draft.kind, draft.rank = Kind.STEP, max(draft.rank, 2)
        draft.task = value[at : at + _TELLING]


_ASKS = frozenset(f"{way}{verb}" for way in ("", "a", "stream_", "astream_") for verb in ("chat", "complete"))
"""Methods of a model that ask it."""


def asks(name: str) -> bool:
    """Whether a span of `Class.method` is one of a method that asks a model."""
    return name.rpartition(".")[2] in _ASKS


def _given(draft: Draft, value: object) -> None:
    """The same; everything inside of the step repeats it, and the methods that ask a model do so by their names."""
    if draft.rank < 1:
        draft.kind = Kind.MODEL if asks(draft.name) else Kind.STEP
    given_to_step(draft, value)


def _asked(draft: Draft, event: Mapping[str, object]) -> None:
    draft.kind, draft.rank = Kind.MODEL, max(draft.rank, 2)
    draft.flags |= Flag.INPUT
    model = event.get("model_dict.model_name") or event.get("model_dict.model")
    if isinstance(model, str) and not draft.model:
        draft.model = model


def _answered(draft: Draft, event: Mapping[str, object]) -> None:
    draft.kind, draft.rank = Kind.MODEL, max(draft.rank, 2)
    draft.flags |= Flag.OUTPUT
    model = event.get("response.raw.model")
    if isinstance(model, str) and model:
        draft.model = model
    for start in _USAGES:
        usage = nested(start, event)
        if usage:
            fill(draft, usage)
            return


READERS: Mapping[str, Reader] = {"llamaindex.step.input_summary": _given}
EVENTS: Mapping[str, EventReader] = {
    "LLMChatStartEvent": _asked,
    "LLMCompletionStartEvent": _asked,
    "LLMChatEndEvent": _answered,
    "LLMCompletionEndEvent": _answered,
}

SOURCES = (
    Source(
        "LlamaIndex",
        ("step", "inputs", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
        ("what a step gives back, and so how often one that waits for more events was ready",),
        ("llamaindex.opentelemetry",),
        tells_ready=False,
    ),
)
CONVENTION = Convention(SOURCES, READERS, EVENTS)
