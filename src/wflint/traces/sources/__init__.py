"""The sources of traces: one tuple of conventions, and which source a scope belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from wflint.traces.sources import (
    agentops,
    autogen,
    frameworks,
    genai,
    haystack,
    llamaindex,
    observers,
    openinference,
    openllmetry,
    platforms,
    records,
)
from wflint.traces.sources.base import EventReader, Reader, Source

CONVENTIONS = (
    platforms.CONVENTION,
    observers.CONVENTION,
    agentops.CONVENTION,
    openinference.CONVENTION,
    openllmetry.CONVENTION,
    frameworks.CONVENTION,
    autogen.CONVENTION,
    haystack.CONVENTION,
    llamaindex.CONVENTION,
    genai.CONVENTION,
)
"""Later ones overrule earlier ones where two read the same attribute."""

UNFAMILIAR = Source(
    "OTLP",
    ("spans",),
    ("an instrumentation that is known here",),
    advice="this instrumentation is not known: names and `gen_ai.*` attributes are read, nothing else",
    overstated="this instrumentation is not known and writes no cached tokens: where there were any, their share of "
    "the cost is overstated",
)
"""Spans of a scope that nobody here knows."""

_BESIDE = (
    "httpx",
    "requests",
    "urllib",
    "urllib3",
    "aiohttp_client",
    "aiohttp_server",
    "asgi",
    "wsgi",
    "fastapi",
    "flask",
    "django",
    "starlette",
    "tornado",
    "grpc",
    "sqlalchemy",
    "asyncpg",
    "psycopg",
    "psycopg2",
    "pymongo",
    "redis",
    "sqlite3",
    "dbapi",
    "asyncio",
    "threading",
    "logging",
    "celery",
    "botocore",
    "boto3sqs",
)
BESIDE = Source(
    "OpenTelemetry",
    ("timings", "errors"),
    ("model calls: these spans are of clients, servers and databases", "steps"),
    tuple(f"opentelemetry.instrumentation.{name}" for name in _BESIDE),
)
"""Spans of what is around models: they tell nothing of calls and steps."""

LOGS = Source("OTLP logs", ("inputs and outputs",), ("tokens: they are on the spans", "steps"))
"""Records beside spans, which add to them."""

SOURCES = (
    *(source for convention in CONVENTIONS for source in convention.sources),
    *records.SOURCES,
    BESIDE,
    LOGS,
    UNFAMILIAR,
)


@cache
def readers(source: str) -> Mapping[str, Reader]:
    """What to do with each attribute that means something; several conventions may be on one span."""
    common = {name: read for convention in CONVENTIONS for name, read in convention.readers.items()}
    return {**common, **named(source).readers}


@cache
def event_readers() -> Mapping[str, EventReader]:
    """What to do with each event on a span that means something."""
    return {name: read for convention in CONVENTIONS for name, read in convention.events.items()}


@cache
def source_of(scope: str) -> Source:
    """The source that writes under an instrumentation scope: the one with the longest beginning of its name."""
    fits = [(len(start), source) for source in SOURCES for start in source.scopes if scope.startswith(start)]
    return max(fits, key=lambda pair: pair[0])[1] if fits else UNFAMILIAR


@cache
def named(name: str) -> Source:
    """The source of a name."""
    return next((source for source in SOURCES if source.name == name), UNFAMILIAR)
