"""Places and code, for the page."""

from __future__ import annotations

from wflint.writers.report.html.elements import Html, element
from wflint.writers.report.words import cut
from wflint.writers.wire import AnyLocation, CellLocation


def place(at: AnyLocation) -> str:
    """`path:line`, in a notebook with its cell."""
    cell = f":cell {at.cell}" if isinstance(at, CellLocation) else ""
    return f"{cut(at.path, 200)}{cell}:{at.line}"


def code(text: str) -> Html:
    """Text as code."""
    return element("code", text)
