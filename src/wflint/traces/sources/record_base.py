"""What an adapter for JSON objects that are no OpenTelemetry looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from wflint.traces.draft import Draft

Document = Mapping[str, object]
"""One JSON object of a file."""


class RecordReader(Protocol):
    """Reads the objects of one format; it is made anew for each file."""

    def accepts(self, document: Document) -> bool:
        """Whether an object is of this format."""

    def read(self, document: Document, line: int) -> Iterator[Draft]:
        """The spans that are complete now."""

    def finish(self) -> Iterator[Draft]:
        """The spans that were waiting for more."""


def text(value: object) -> str:
    """A text, or nothing."""
    return value if isinstance(value, str) else ""


def mapping(value: object) -> Mapping[str, object]:
    """A mapping, empty where there is none."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> list[object]:
    """A list, empty where there is none."""
    return value if isinstance(value, list) else []
