"""What differs between releases of LangGraph; found by running them."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("langgraph",))
TIMEOUTS = Held(PACKAGE, "1.1.10")
"""Time limits of steps, which no plain function may have; earlier releases pass over the argument."""
OPENED = Held(PACKAGE, "0.2")
"""Savers that are entered with `with` before they are used; earlier releases make them at once."""
SAVERS = Held(PACKAGE, "1.0.6")
"""What is no saver is refused as one where a graph is compiled; earlier releases fail only where they use it."""
LIMITS = (
    Limited(RunLimit(25, "recursion_limit"), Held(PACKAGE, until="1.0.6")),
    Limited(RunLimit(10_000, "recursion_limit"), Held(PACKAGE, "1.0.6", "1.1.4")),
    Limited(RunLimit(10_007, "recursion_limit"), Held(PACKAGE, "1.1.4")),
)
"""So many supersteps a run has where nobody says otherwise."""
CHANGED = Changed(
    PACKAGE,
    older="0.6.11",
    newest="1.2.24",
    new=(
        "langgraph.MessageGraph.set_node_defaults",
        "langgraph.Overwrite",
        "langgraph.StateGraph.set_node_defaults",
    ),
)
"""What only one of the two releases has that were looked at."""
