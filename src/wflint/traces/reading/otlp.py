"""OTLP/JSON: documents of `resourceSpans`, and single spans, into drafts.

Attributes are left as bytes until somebody asks for them: most are content that nobody looks at.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Raw, Struct

from wflint.traces.content import error_name, exception_name
from wflint.traces.draft import Draft, Flag
from wflint.traces.finishing import finish
from wflint.traces.reading.logs import flags_of
from wflint.traces.sources import event_readers, readers, source_of
from wflint.traces.sources.base import Reader, any_input, any_output
from wflint.traces.times import nanoseconds
from wflint.traces.values import NONE, decoded, plain, value_of

_NO_STATUS = len("{}")
"""Bytes of an object or a list with nothing in it."""
_PLAIN = (b'{"code":1}', b"{}")
"""Statuses that say nothing of a failure."""
_BASE64 = len("AAAAAAAAAAE=")
_SHORT = 1_000
_MOST_VALUES = 4_096
"""Short values repeat from span to span: so many are kept decoded."""


class Attribute(Struct, gc=False):
    """A name, and a value that is decoded on demand."""

    key: str = ""
    value: Raw = NONE


class SpanObject(Struct, gc=False):
    """A span of OTLP/JSON."""

    traceId: str = ""  # noqa: N815 (the wire's names)
    spanId: str = ""  # noqa: N815
    parentSpanId: str | None = ""  # noqa: N815
    name: str = ""
    startTimeUnixNano: str | int = 0  # noqa: N815
    endTimeUnixNano: str | int = 0  # noqa: N815
    attributes: list[Attribute] = []
    events: Raw = NONE
    links: Raw = NONE
    status: Raw = NONE


class Scope(Struct, gc=False, frozen=True):
    """Who wrote the spans."""

    name: str = ""
    version: str | None = ""


_NO_SCOPE = Scope()


class ScopeSpans(Struct, gc=False):
    """The spans of one instrumentation."""

    spans: list[SpanObject] = []
    scope: Scope = _NO_SCOPE


class ResourceSpans(Struct, gc=False):
    """The spans of one process; the older name of the inner list is accepted."""

    scopeSpans: list[ScopeSpans] = []  # noqa: N815
    instrumentationLibrarySpans: list[ScopeSpans] = []  # noqa: N815


class Export(Struct, gc=False):
    """One export request."""

    resourceSpans: list[ResourceSpans] = []  # noqa: N815


EXPORT = msgspec.json.Decoder(Export)
SPAN = msgspec.json.Decoder(SpanObject)
SPANS = msgspec.json.Decoder(list[SpanObject])


class SpanDecoder:
    """Turns span objects into drafts; `versions` are those of the instrumentations it has seen."""

    def __init__(self) -> None:
        self._statuses: dict[bytes, bool] = {}
        self._values: dict[bytes, object] = {}
        self._names: dict[Scope, str] = {}
        self._scope, self._name = Scope("", None), ""
        self._reads_for, self._find = "", readers("").get
        self.versions: dict[str, str] = {}

    def source(self, scope: Scope) -> str:
        """The name of the source that writes under a scope; most often it is the same as before."""
        if scope == self._scope:
            return self._name
        name = self._names.get(scope)
        if name is None:
            name = self._names[scope] = source_of(scope.name).name
            if scope.version or name not in self.versions:
                self.versions[name] = scope.version or ""
        self._scope, self._name = scope, name
        return name

    def draft(self, span: SpanObject, source: str, line: int) -> Draft:
        """One span."""
        try:
            start, end = int(span.startTimeUnixNano), int(span.endTimeUnixNano)
        except ValueError:
            start, end = nanoseconds(span.startTimeUnixNano), nanoseconds(span.endTimeUnixNano)
        draft = Draft(span.traceId, span.spanId, span.parentSpanId or "", span.name, start, end, source, line=line)
        if len(span.spanId) == _BASE64:
            draft.trace, draft.span, draft.parent = map(_in_hex, (draft.trace, draft.span, draft.parent))
        self._read_attributes(draft, span.attributes)
        status = bytes(span.status)
        if status and status not in _PLAIN:
            self._say_status(draft, status)
        if len(span.events) > _NO_STATUS:
            _say_events(draft, bytes(span.events))
        if len(span.links) > _NO_STATUS:
            draft.links = tuple(_links(bytes(span.links)))
        return finish(draft)

    def _read_attributes(self, draft: Draft, attributes: list[Attribute]) -> None:
        source = draft.source
        if source != self._reads_for:
            self._reads_for, self._find = source, readers(source).get
        find, values = self._find, self._values
        for attribute in attributes:
            read = find(attribute.key)
            if read is None:
                continue
            raw = attribute.value
            if read is any_input:
                draft.given = raw
            elif read is any_output:
                draft.returned = raw
            elif len(raw) > _SHORT:
                read(draft, value_of(raw))
            else:
                short = bytes(raw)
                value = values.get(short, values)
                if value is values:
                    if len(values) > _MOST_VALUES:
                        values.clear()
                    value = values[short] = value_of(raw)
                read(draft, value)

    def read(self, draft: Draft, attributes: Mapping[str, object]) -> None:
        """Attributes of a span that is no OTLP, as a mapping of plain values."""
        known = readers(draft.source)
        for key, value in attributes.items():
            read: Reader | None = known.get(key)
            if read is not None:
                read(draft, value)

    def _say_status(self, draft: Draft, status: bytes) -> None:
        failed = self._statuses.get(status)
        if failed is None:
            failed = _has_failed(status)
            if len(self._statuses) < 1_000:  # noqa: PLR2004 (statuses with messages differ)
                self._statuses[status] = failed
        if failed:
            draft.flags |= Flag.FAILED
            draft.error = draft.error or _message(status)


def _in_hex(name: str) -> str:
    """An id as protobuf's own JSON writes bytes, in the form that everybody else writes."""
    try:
        return b64decode(name, validate=True).hex()
    except ValueError:
        return name


def _message(status: bytes) -> str:
    """What a status says, without what varies."""
    found = decoded(status)
    return error_name(found.get("message")) if isinstance(found, dict) else ""


def _has_failed(status: bytes) -> bool:
    if not status or b"code" not in status:
        return False
    found = decoded(status)
    code = found.get("code") if isinstance(found, dict) else None
    return code in (2, "2", "STATUS_CODE_ERROR", "ERROR")


def _say_events(draft: Draft, events: bytes) -> None:
    known = event_readers()
    found = decoded(events)
    for event in found if isinstance(found, list) else ():
        if not isinstance(event, dict):
            continue
        name, attributes = str(event.get("name")), event.get("attributes")
        told = {
            str(item.get("key")): plain(item.get("value"))
            for item in (attributes if isinstance(attributes, list) else ())
            if isinstance(item, dict)
        }
        draft.flags |= flags_of(name, told)
        if name == "exception":
            draft.flags |= Flag.FAILED
            draft.error = exception_name(told) or draft.error
        elif name in known:
            known[name](draft, told)


def _links(links: bytes) -> Iterator[str]:
    found = decoded(links)
    for link in found if isinstance(found, list) else ():
        if isinstance(link, dict) and isinstance(link.get("spanId"), str):
            name = link["spanId"]
            yield _in_hex(name) if len(name) == _BASE64 else name
