"""Graphs as the source has them."""

from __future__ import annotations

from msgspec import Struct, field

from wflint.model.span import Span


class Way(Struct, frozen=True):
    """An edge of the graph: `keyword` the text its condition looks for; `group` what the target waits for together.

    `words` are those of which one has to be said for the condition to hold.
    `any` is true where the edge sets its target off by itself; what a node says of its activation changes nothing.
    """

    source: str
    target: str
    span: Span
    certain: bool
    conditional: bool
    keyword: str | None
    group: str | None
    any: bool
    words: tuple[str, ...] = ()


class Graph(Struct):
    """What the source says about a graph; `early` are the calls that name a node which is only added later."""

    nodes: dict[str, Span]
    ways: list[Way]
    early: list[tuple[str, Span]] = field(default_factory=list)
    entry: str | None = None
    entry_span: Span | None = None
    entry_open: bool = False
