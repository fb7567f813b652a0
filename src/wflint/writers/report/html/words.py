"""Figures and places in words, for the page."""

from __future__ import annotations

from wflint.writers.execution_wire import CostWire
from wflint.writers.report.html.elements import Html, element
from wflint.writers.wire import AnyLocation, CellLocation

LONGEST = 400
"""So many characters of a text from outside are shown."""


def cost(found: CostWire) -> str:
    """A cost: a figure where it is recorded, else a range."""
    if not found.high:
        return "no model call is known"
    return f"{found.typical:,.0f} recorded" if found.recorded else f"about {found.low:,.0f} to {found.high:,.0f}"


def place(at: AnyLocation) -> str:
    """`path:line`, in a notebook with its cell."""
    cell = f":cell {at.cell}" if isinstance(at, CellLocation) else ""
    return f"{cut(at.path, 200)}{cell}:{at.line}"


def code(text: str) -> Html:
    """Text as code."""
    return element("code", text)


def cut(text: str, most: int = LONGEST) -> str:
    """The beginning of a long text."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
