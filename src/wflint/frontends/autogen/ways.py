"""Graphs as the source has them."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.span import Span


class Way(Struct, frozen=True):
    """An edge of the graph: `keyword` the text its condition looks for; `group` what the target waits for together."""

    source: str
    target: str
    span: Span
    certain: bool
    conditional: bool
    keyword: str | None
    group: str | None
    any: bool


class Graph(Struct):
    """What the source says about a graph; `any` are the nodes that start with the first message that gets there."""

    nodes: dict[str, Span]
    ways: list[Way]
    any: set[str]
    entry: str | None = None
    entry_span: Span | None = None
    entry_open: bool = False
