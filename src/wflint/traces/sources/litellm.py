"""LiteLLM: the payloads of its logging callbacks, and the rows of its proxy's spend log: a call each."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.traces.content import error_name, look_at_input
from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.sources.base import Source
from wflint.traces.sources.record_base import Document, mapping, text
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill, usage_in

SOURCE = Source(
    "LiteLLM",
    ("inputs and outputs", "model and tokens", "cached tokens", "reasoning tokens", "errors"),
    ("step", "runs, unless a trace id is passed on"),
    advice="a log of calls knows no step; add the instrumentation of your framework",
)
_CALL = {"call_type", "prompt_tokens", "completion_tokens", "startTime"}
_TOOLS = ("embedding", "rerank", "image", "transcription", "speech", "moderation")
"""Beginnings of types of calls that ask no language model."""


class LiteLLMReader:
    """An object is a call."""

    def accepts(self, document: Document) -> bool:
        return document.keys() >= _CALL

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        call = text(document.get("litellm_call_id")) or text(document.get("request_id")) or text(document.get("id"))
        draft = Draft(span=call, source=SOURCE.name, line=line)
        draft.trace = text(document.get("trace_id")) or text(document.get("session_id")) or call
        draft.session, draft.model = text(document.get("session_id")), text(document.get("model"))
        draft.name = text(document["call_type"])
        draft.kind = Kind.TOOL if draft.name.removeprefix("a").startswith(_TOOLS) else Kind.MODEL
        draft.start, draft.end = nanoseconds(document["startTime"]), nanoseconds(document.get("endTime"))
        response = document.get("response")
        fill(draft, usage_in(response) or document)
        if draft.input == UNKNOWN:
            fill(draft, document)
        look_at_input(draft, document.get("messages"))
        draft.result = response
        _say_error(draft, document)
        yield draft

    def finish(self) -> Iterator[Draft]:
        return iter(())


def _say_error(draft: Draft, document: Document) -> None:
    error = mapping(document.get("error_information"))
    if document.get("status") == "failure":
        draft.flags |= Flag.FAILED | Flag.EXCEPTION
        draft.error = text(error.get("error_class")) or error_name(document.get("error_str"))
