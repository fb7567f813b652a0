"""Helicone: the requests of its interface and exports, a call each."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.record_base import Document, mapping, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import count, fill, usage_in

SOURCE = Source(
    "Helicone",
    ("inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    ("step, unless sessions have paths", "runs, unless requests have a session"),
    advice="a log of requests knows no step; send the headers Helicone-Session-Id and Helicone-Session-Path, which "
    "ends with the step's name, or add the instrumentation of your framework",
)
_REQUEST = {"request_id", "request_created_at", "response_status"}
_SESSION, _PATH = "Helicone-Session-Id", "Helicone-Session-Path"
_BAD = 400
"""The first status of HTTP that says that a request has failed."""
_NO_STATUS = -1


class HeliconeReader:
    """An object is a request with its response."""

    def accepts(self, document: Document) -> bool:
        return document.keys() >= _REQUEST

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        call = text(document["request_id"])
        about = {**mapping(document.get("properties")), **mapping(document.get("request_properties"))}
        session = text(about.get(_SESSION))
        draft = Draft(trace=session or call, span=call, kind=Kind.MODEL, source=SOURCE.name, line=line)
        draft.session, draft.step = session, text(about.get(_PATH)).rstrip("/").rpartition("/")[2]
        draft.is_client = bool(draft.step)
        draft.name = "request"
        draft.model = text(document.get("response_model")) or text(document.get("request_model"))
        draft.start = nanoseconds(document["request_created_at"])
        draft.end = nanoseconds(document.get("response_created_at"))
        response = document.get("response_body")
        fill(draft, usage_in(response))
        if draft.input == UNKNOWN:
            fill(draft, document)
            draft.cached = count(document.get("prompt_cache_read_tokens"))
        look_at_input(draft, document.get("request_body"))
        draft.result = response
        _say_error(draft, document)
        yield draft

    def finish(self) -> Iterator[Draft]:
        return iter(())


def _say_error(draft: Draft, document: Document) -> None:
    status = document.get("response_status")
    if isinstance(status, int) and (status >= _BAD or status <= _NO_STATUS):
        draft.flags |= Flag.FAILED | Flag.EXCEPTION
        told = mapping(mapping(document.get("response_body")).get("error"))
        draft.error = error_name(told.get("message")) or f"HTTP {status}"
