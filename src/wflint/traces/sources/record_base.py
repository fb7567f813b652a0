"""What an adapter for JSON objects that are no OpenTelemetry looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from wflint.traces.draft import Draft

Document = Mapping[str, object]
"""One JSON object of a file."""


Attributes = Callable[[Draft, Mapping[str, object]], None]
"""Reads the attributes of an OpenTelemetry span."""
_MOST_OPEN = 50_000


class RecordReader(Protocol):
    """Reads the objects of one format; it is made anew for each file."""

    def accepts(self, document: Document) -> bool:
        """Whether an object is of this format."""

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        """The spans that are complete now."""

    def finish(self) -> Iterator[Draft]:
        """The spans that were waiting for more."""


class OpenDrafts:
    """Spans of a format that tells of one in several records: they are complete when the file is."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: dict[str, Draft] = {}

    def of(self, span: str, line: int) -> Draft:
        """The draft of a span, begun where its first record stands."""
        draft = self._open.get(span)
        if draft is None:
            draft = self._open[span] = Draft(span=span, source=self._source, line=line)
        return draft

    def __contains__(self, span: str) -> bool:
        return span in self._open

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._open.values())

    def overflow(self) -> Iterator[Draft]:
        """Those that came first, where more wait than fit."""
        while len(self._open) > _MOST_OPEN:
            yield self._open.pop(next(iter(self._open)))

    def close(self) -> Iterator[Draft]:
        """All that are left."""
        yield from self._open.values()
        self._open.clear()


def text(value: object) -> str:
    """A text, or nothing."""
    return value if isinstance(value, str) else ""


def mapping(value: object) -> Mapping[str, object]:
    """A mapping, empty where there is none."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> list[object]:
    """A list, empty where there is none."""
    return value if isinstance(value, list) else []
