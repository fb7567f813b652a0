"""What pydantic-graph asks of the arguments of its parts (pydantic-graph 2.68)."""

from __future__ import annotations

from wflint.assembly.demands import Demands, NoMaker, Some
from wflint.assembly.results import Results, Waited
from wflint.frontends.pydantic_graph.table import AGENT, BUILT, GRAPH, JOIN

DEMANDS: Demands = {
    JOIN: (
        Some(name="initial", others=("initial_factory",), takes_none=True),
        NoMaker(name="initial", instead="initial_factory"),
    )
}
RESULTS: Results = {f"{one}.run": (Waited(),) for one in (BUILT, GRAPH, AGENT)}
"""What runs give back."""
