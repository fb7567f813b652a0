"""What pydantic-graph asks of the arguments of its parts (pydantic-graph 2.68)."""

from __future__ import annotations

from wflint.assembly.demands import Demands, Some
from wflint.frontends.pydantic_graph.table import JOIN

DEMANDS: Demands = {JOIN: (Some(name="initial", others=("initial_factory",), takes_none=True),)}
