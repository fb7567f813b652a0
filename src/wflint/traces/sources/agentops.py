"""AgentOps: OpenTelemetry under scopes of its own, with `agentops.*` beside `gen_ai.*`."""

from __future__ import annotations

from collections.abc import Mapping

from wflint.traces.draft import Kind
from wflint.traces.sources.base import Convention, Reader, Source, any_input, any_output, kinds, put, unquoted

_KINDS = {
    "llm": Kind.MODEL,
    "agent": Kind.AGENT,
    "tool": Kind.TOOL,
    "agentopsspankindvalues.tool": Kind.MESSAGE,  # what a model asks for: no tool has been at work
    "guardrail": Kind.CHECK,
    "workflow": Kind.RUN,
    "session": Kind.RUN,
    "task": Kind.STEP,
}
_OVERSTATED = "no cached tokens are written with chat completions, so their share of the cost is overstated"
_STEPLESS = (
    "AgentOps writes no step of a graph: the instrumentation of your framework does "
    "(`openinference-instrumentation-langchain` for LangGraph)"
)

READERS: Mapping[str, Reader] = {
    "agentops.span.kind": kinds(_KINDS, 2),
    "agentops.entity.input": any_input,
    "agentops.entity.output": any_output,
    "langchain.llm.model": put("model"),
    "langchain.tool.name": put("tool"),
    "langchain.tool.input": any_input,
    "langchain.tool.output": any_output,
    "chain.inputs": any_input,
    "chain.outputs": unquoted(any_output),
}

SOURCES = (
    Source(
        "AgentOps OpenAI Agents",
        ("agent", "hand-offs", "tools"),
        ("tokens of each call: they are on the spans of the model's client", "guardrails"),
        ("openai-agents",),
    ),
    Source(
        "AgentOps",
        ("agent", "tools", "model and tokens", "errors"),
        ("LangGraph nodes", "cached and reasoning tokens with chat completions"),
        ("agentops", "openai"),
        _STEPLESS,
        overstated=_OVERSTATED,
    ),
)
CONVENTION = Convention(SOURCES, READERS)
