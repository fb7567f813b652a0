"""The adapters for JSON objects that are no OpenTelemetry, and the sources they read."""

from __future__ import annotations

from wflint.traces.sources import (
    adk_events,
    autogen_log,
    braintrust,
    crewai_events,
    datadog,
    exports,
    helicone,
    langgraph_stream,
    langsmith,
    litellm,
    openai_agents,
    opik,
    weave,
)

SOURCES = (
    openai_agents.SOURCE,
    langsmith.SOURCE,
    langgraph_stream.TASKS,
    langgraph_stream.EVENTS,
    exports.LANGFUSE,
    adk_events.SOURCE,
    autogen_log.SOURCE,
    crewai_events.SOURCE,
    datadog.SOURCE,
    opik.SOURCE,
    weave.SOURCE,
    braintrust.SOURCE,
    litellm.SOURCE,
    helicone.SOURCE,
)
