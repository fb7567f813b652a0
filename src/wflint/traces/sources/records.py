"""The adapters for JSON objects that are no OpenTelemetry, and the sources they read."""

from __future__ import annotations

from wflint.traces.sources import exports, langgraph_stream, langsmith, openai_agents

SOURCES = (
    openai_agents.SOURCE,
    langsmith.SOURCE,
    langgraph_stream.TASKS,
    langgraph_stream.EVENTS,
    exports.LANGFUSE,
)
