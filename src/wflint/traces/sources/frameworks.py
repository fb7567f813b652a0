"""Frameworks that write spans themselves: pydantic-ai, Google ADK, Agent Framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import parse
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Convention, Reader, Source, put

_ANSWERS = ("MessageType.RESPONSE", "response")
"""What a person has answered comes in a run of its own, which goes on with the one that has asked."""


def _result(draft: Draft, value: object) -> None:
    if draft.result is None:
        draft.result = value


def _conversation(draft: Draft, value: object) -> None:
    if value not in (None, "", "[]"):
        draft.flags |= Flag.INPUT


def _executor(draft: Draft, value: object) -> None:
    if isinstance(value, str):
        draft.step, draft.kind, draft.rank = value, Kind.STEP, 4


def _executor_type(draft: Draft, value: object) -> None:
    """Executors that a ready-made workflow brings are private classes: steps only where the source has their name."""
    if _is_private(value):
        draft.name, draft.step = draft.step, ""


def _is_private(kind: object) -> bool:
    return isinstance(kind, str) and kind.startswith("_")


def _message(draft: Draft, value: object) -> None:
    if value in _ANSWERS:
        draft.flags |= Flag.RESUMES
    if draft.rank < 1:
        draft.kind = Kind.MESSAGE


def _definition(draft: Draft, value: object) -> None:
    """A workflow that is written down whole, when it is built."""
    draft.kind, draft.rank = Kind.BUILD, 4
    found = parse(value) if isinstance(value, str) else value
    if not isinstance(found, Mapping):
        return
    executors, groups = found.get("executors"), found.get("edge_groups")
    draft.workflow = draft.workflow or str(found.get("name") or "")
    draft.nodes = tuple(_nodes(executors))
    draft.edges = tuple(_arrows(groups if isinstance(groups, list) else []))


def _nodes(executors: object) -> Iterator[str]:
    """The executors that somebody wrote down."""
    if isinstance(executors, list):
        yield from map(str, executors)
    if isinstance(executors, Mapping):
        for name, told in executors.items():
            if not (isinstance(told, Mapping) and _is_private(told.get("type"))):
                yield str(name)


def _arrows(groups: list[object]) -> Iterator[str]:
    for group in groups:
        edges = group.get("edges") if isinstance(group, Mapping) else None
        for edge in edges if isinstance(edges, list) else []:
            if isinstance(edge, Mapping) and not str(edge.get("source_id")).startswith("internal:"):
                yield f"{edge.get('source_id')} -> {edge.get('target_id')}"


READERS: Mapping[str, Reader] = {
    "final_result": _result,
    "pydantic_ai.all_messages": _conversation,
    "all_messages_events": _conversation,
    "agent_name": put("agent"),
    "workflow.id": put("session"),
    "executor.id": _executor,
    "executor.type": _executor_type,
    "message.type": _message,
    "edge_group.type": _message,
    "workflow.name": put("workflow"),
    "workflow_builder.name": put("workflow"),
    "workflow.definition": _definition,
    "node_id": put("step"),
}

_COUNTS = ("model and tokens", "cached tokens", "reasoning tokens")

SOURCES = (
    Source(
        "pydantic-ai",
        ("agent", "tools", "inputs and outputs", "errors", *_COUNTS),
        ("graph nodes: each run of an agent is a trace of its own unless a span is around it",),
        ("pydantic-ai", "pydantic_ai"),
        answer_retries=True,
    ),
    Source(
        "pydantic-graph",
        ("node", "errors"),
        ("tokens", "inputs and outputs", "joins"),
        ("pydantic-graph", "pydantic_graph"),
    ),
    Source(
        "Google ADK",
        ("agent", "tools", "errors", *_COUNTS),
        ("session state", "inputs and outputs unless asked for"),
        ("gcp.vertex.agent",),
    ),
    Source(
        "Agent Framework",
        ("executor", "links as edges", "workflow definition", "tools", "errors", *_COUNTS),
        ("payloads of function executors",),
        ("agent_framework",),
    ),
)
CONVENTION = Convention(SOURCES, READERS)
