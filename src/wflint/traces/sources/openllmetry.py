"""OpenLLMetry (Traceloop): `traceloop.*` beside `gen_ai.*`."""

from __future__ import annotations

from collections.abc import Mapping

from wflint.traces.content import parse
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import LANGGRAPH, Convention, Reader, Source, any_input, any_output, kinds, put, under
from wflint.traces.sources.record_base import mapping, text
from wflint.traces.usage import fill, usage_in

_KINDS = {
    "workflow": Kind.RUN,
    "agent": Kind.AGENT,
    "task": Kind.STEP,
    "tool": Kind.TOOL,
    "handoff": Kind.DECISION,
}
_ANSWERS = ('{"text"', '{"message"', '{"raw"')
"""How the answer of a model of LlamaIndex begins."""
_QUESTIONS = ('{"prompt"', '{"messages"')
"""How what such a model is given begins."""


def _status(draft: Draft, value: object) -> None:
    if isinstance(value, str) and value in ("failure", "error", "failed"):
        draft.flags |= Flag.FAILED


def _names(draft: Draft, value: object) -> None:
    if isinstance(value, list):
        draft.nodes = tuple(name for name in value if isinstance(name, str))


def _arrows(draft: Draft, value: object) -> None:
    if isinstance(value, list):
        draft.edges = tuple(arrow for arrow in value if isinstance(arrow, str))


def _question(draft: Draft, value: object) -> None:
    """What a task of LlamaIndex was given; a prompt or messages are given to a model, whatever comes back."""
    any_input(draft, value)
    if isinstance(value, str) and value.startswith(_QUESTIONS):
        draft.kind, draft.rank = Kind.MODEL, max(draft.rank, 3)


def _answer(draft: Draft, value: object) -> None:
    """What a task of LlamaIndex gave back; where it holds a provider's own answer, the task was a model's."""
    any_output(draft, value)
    if not isinstance(value, str) or not value.startswith(_ANSWERS):
        return
    raw = mapping(mapping(parse(value)).get("raw"))
    usage = usage_in(raw)
    if usage is not None:
        draft.kind, draft.rank = Kind.MODEL, max(draft.rank, 3)
        draft.model = draft.model or text(raw.get("model"))
        fill(draft, usage)


READERS: Mapping[str, Reader] = {
    "traceloop.span.kind": kinds(_KINDS, 2),
    "traceloop.workflow.name": put("workflow"),
    "gen_ai.task.name": put("step"),
    "gen_ai.task.status": _status,
    "gen_ai.workflow.nodes": _names,
    "gen_ai.workflow.edges": _arrows,
    "traceloop.entity.input": any_input,
    "traceloop.entity.output": any_output,
    "langgraph.command.goto_node": put("target"),
    "langgraph.command.source_node": put("origin"),
    "crewai.agent.role": put("agent"),
    "crewai.task.agent": put("agent"),
    "crewai.crew.name": put("workflow"),
    **under("traceloop.association.properties.", LANGGRAPH),
}

_PROVIDER = (
    "the tokens are written by the instrumentation of the model's client: install "
    "`opentelemetry-instrumentation-openai` (or your provider's) beside this one"
)

SOURCES = (
    Source(
        "OpenLLMetry LangChain",
        ("step", "superstep", "graph definition", "inputs and outputs", "model and tokens", "cached tokens", "errors"),
        ("reasoning tokens", "routers other than Command"),
        ("opentelemetry.instrumentation.langchain",),
    ),
    Source(
        "OpenLLMetry OpenAI Agents",
        ("agent", "tools", "inputs", "errors"),
        (
            "tokens with chat completions",
            "the target of a hand-off",
            "the caller of an agent used as a tool",
            "guardrails that stop a run",
        ),
        ("opentelemetry.instrumentation.openai_agents",),
        "an agent used as a tool stands beside its caller: nothing says who asked it",
        f"none with chat completions: {_PROVIDER}, or use the Responses API",
    ),
    Source(
        "OpenLLMetry LlamaIndex",
        ("workflow", "model and tokens"),
        ("step names: each is `Workflow.task`", "errors: a run that failed looks like any other"),
        ("opentelemetry.instrumentation.llamaindex",),
        "steps have no names here: `openinference-instrumentation-llama-index` writes them",
        readers={"traceloop.entity.input": _question, "traceloop.entity.output": _answer},
    ),
    Source(
        "OpenLLMetry CrewAI",
        ("agent role", "task description", "outputs", "errors"),
        ("tokens of each call (the crew's sum is a text)", "task names", "flows: each crew in one is a run of its own"),
        ("opentelemetry.instrumentation.crewai",),
        counts_advice=_PROVIDER,
    ),
    Source(
        "OpenLLMetry Haystack",
        ("component class", "model and tokens"),
        ("component names",),
        ("opentelemetry.instrumentation.haystack",),
    ),
    Source(
        "OpenLLMetry",
        ("model and tokens", "cached tokens", "errors"),
        ("step", "reasoning tokens"),
        ("opentelemetry.instrumentation",),
        "a model client's instrumentation knows no step; add the instrumentation of your framework",
    ),
)
CONVENTION = Convention(SOURCES, READERS)
