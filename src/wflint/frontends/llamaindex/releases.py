"""What LlamaIndex workflows are installed as, and how teams are limited."""

from __future__ import annotations

from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("llama-index-workflows",))
CONNECTED = Held(PACKAGE, "2.17")
"""Workflows with steps that no event gets to are refused."""
LIMITS = (Limited(RunLimit(20, "max_iterations")),)
"""So many answers of agents a run of a team has where its call does not say otherwise."""
