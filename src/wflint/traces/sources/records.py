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
    langfuse,
    langgraph_stream,
    langsmith,
    litellm,
    openai_agents,
    opik,
    weave,
)
from wflint.traces.sources.record_base import Attributes, RecordReader

SOURCES = (
    openai_agents.SOURCE,
    langsmith.SOURCE,
    langgraph_stream.TASKS,
    langgraph_stream.EVENTS,
    langfuse.SOURCE,
    adk_events.SOURCE,
    autogen_log.SOURCE,
    crewai_events.SOURCE,
    datadog.SOURCE,
    opik.SOURCE,
    weave.SOURCE,
    weave.LLAMAINDEX,
    braintrust.SOURCE,
    braintrust.ADK,
    litellm.SOURCE,
    helicone.SOURCE,
)


def readers_of(file: str, attributes: Attributes) -> tuple[RecordReader, ...]:
    """Readers for the objects of a file, the first one that accepts an object reads it."""
    return (
        weave.WeaveReader(),
        langfuse.LangfuseReader(attributes),
        opik.OpikReader(attributes),
        braintrust.BraintrustReader(),
        openai_agents.OpenAIAgentsReader(),
        langsmith.LangSmithReader(),
        langgraph_stream.TasksReader(file),
        langgraph_stream.EventsReader(),
        autogen_log.AutoGenLogReader(file),
        datadog.DatadogReader(),
        litellm.LiteLLMReader(),
        helicone.HeliconeReader(),
        adk_events.AdkEventsReader(),
        crewai_events.CrewAIEventsReader(),
        exports.SpansReader(attributes),
    )
