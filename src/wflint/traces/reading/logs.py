"""OTLP logs: what was said to models and what came back, as events beside the spans.

A record names its span, and what it tells is put down there. It is no span and no call: the counts in it repeat those
of the span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Raw, Struct

from wflint.traces.draft import Draft, Flag
from wflint.traces.sources import LOGS as LOG_SOURCE
from wflint.traces.values import NONE, value_of

_EVENTS = {
    "gen_ai.user.message": Flag.INPUT,
    "gen_ai.system.message": Flag.INPUT,
    "gen_ai.assistant.message": Flag.INPUT,
    "gen_ai.tool.message": Flag.INPUT,
    "gen_ai.content.prompt": Flag.INPUT,
    "gen_ai.choice": Flag.OUTPUT,
    "gen_ai.content.completion": Flag.OUTPUT,
    "exception": Flag.EXCEPTION,
}
"""What is there where an event of a name is."""
_TELLING = {
    "gen_ai.input.messages": Flag.INPUT,
    "gen_ai.system_instructions": Flag.INPUT,
    "gen_ai.tool.call.arguments": Flag.INPUT,
    "gen_ai.prompt": Flag.INPUT,
    "gen_ai.output.messages": Flag.OUTPUT,
    "gen_ai.tool.call.result": Flag.OUTPUT,
    "gen_ai.completion": Flag.OUTPUT,
    "exception.type": Flag.EXCEPTION,
}
"""Attributes of a record that say something about its span."""
_NAME_KEY = "event.name"
_EMPTY = (b"", b"{}", b"null", b'{"stringValue":""}')


class _Attribute(Struct, gc=False):
    key: str = ""
    value: Raw = NONE


class _Record(Struct, gc=False):
    traceId: str = ""  # noqa: N815 (the wire's names)
    spanId: str = ""  # noqa: N815
    eventName: str = ""  # noqa: N815
    body: Raw = NONE
    attributes: list[_Attribute] = []


class _ScopeLogs(Struct, gc=False):
    logRecords: list[_Record] = []  # noqa: N815


class _ResourceLogs(Struct, gc=False):
    scopeLogs: list[_ScopeLogs] = []  # noqa: N815


class Logs(Struct, gc=False):
    """One export request of logs."""

    resourceLogs: list[_ResourceLogs] = []  # noqa: N815


LOGS = msgspec.json.Decoder(Logs)


def notes_of(logs: Logs, line: int) -> Iterator[Draft]:
    """For each record about a span, what it adds to the span."""
    for resource in logs.resourceLogs:
        for scoped in resource.scopeLogs:
            for record in scoped.logRecords:
                if record.spanId and (flags := _told_by(record)):
                    yield Draft(
                        record.traceId, record.spanId, source=LOG_SOURCE.name, flags=flags | Flag.NOTE, line=line
                    )


def _told_by(record: _Record) -> int:
    """What a record says of its span, as flags."""
    event, body = record.eventName, bytes(record.body)
    names = []
    for attribute in record.attributes:
        if attribute.key == _NAME_KEY:
            event = event or str(value_of(attribute.value))
        elif bytes(attribute.value) not in _EMPTY:
            names.append(attribute.key)
    if body not in _EMPTY:
        names.extend(name for name in _TELLING if f'"{name}"'.encode() in body)
    return flags_of(event, names) if names or body not in _EMPTY else 0


def flags_of(event: str, names: Iterable[str]) -> int:
    """What an event of a name, with attributes of some names, says of its span."""
    flags = _EVENTS.get(event, 0)
    for name in names:
        flags |= _TELLING.get(name, 0)
    return flags
