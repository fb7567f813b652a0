"""What the words of the report mean, and how much it knows, for every form of it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.writers.execution_wire import CostWire
from wflint.writers.report.document import ReportDocument, WeightsWire
from wflint.writers.summary import count

LONGEST = 400
"""So many characters of a text from outside are shown."""


def words(weights: WeightsWire) -> Iterator[str]:
    """A sentence for each word that a reader may not know."""
    yield (
        f"ET, effective tokens: an input token counts {weights.input:g}, one of the cache {weights.cached:g}, an "
        f"output token {weights.output:g}; told from the source where no run is recorded, within a wide range."
    )
    yield "To watch: edges whose target may not get what it needs."
    yield "Whole contracts: steps that say both what they need and what they offer."
    yield "Tokens held: what one orchestrator has to read to judge the edges to watch."


def covered(document: ReportDocument) -> str:
    """How much of what the source makes is recovered, in a sentence."""
    found = document.coverage
    if not found.sites and not document.workflows:
        return "Nothing that makes a workflow was seen."
    return (
        f"{found.recovered} of {count(found.sites, 'construction site')} recovered, {found.steps_known:.0%} of the "
        f"steps known, {count(found.edges_open, 'open edge')}."
    )


def spent(cost: CostWire) -> str:
    """A cost in effective tokens: a figure where it is recorded, else a range."""
    if not cost.high:
        return "no model call is known"
    return f"{cost.typical:,.0f} recorded" if cost.recorded else f"about {cost.low:,.0f} to {cost.high:,.0f}"


def cut(text: str, most: int = LONGEST) -> str:
    """The beginning of a long text, at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
