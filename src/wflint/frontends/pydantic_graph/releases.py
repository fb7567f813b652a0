"""What differs between releases of pydantic-graph; found by running them."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Held, Package

PACKAGE = Package(("pydantic-graph", "pydantic-ai-slim", "pydantic-ai"), oldest="1")
UNLISTED = Held(PACKAGE, "2")
"""Releases that make no graph of a list of node classes any more: `Graph(nodes=[...])`."""
CHANGED = Changed(
    PACKAGE,
    older="1.107.10",
    newest="2.68.0",
    new=("pydantic_graph.BuiltGraph.run_sync",),
    gone=("pydantic_graph.Graph.initialize",),
)
"""What only one of the two releases has that were looked at."""
