"""Which labels of edges are results."""

from __future__ import annotations

from enum import StrEnum


class EdgeResults(StrEnum):
    """Which labels of edges become results of their own in SARIF."""

    ALL = "all"
    """Every edge's."""
    DYNAMIC = "dynamic"
    """Those of edges that should be watched."""
    NONE = "none"
    """None: the graphs of the run still carry them."""
