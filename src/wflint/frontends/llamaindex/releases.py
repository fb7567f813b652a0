"""What LlamaIndex workflows are installed as, and how teams are limited."""

from __future__ import annotations

from wflint.assembly.releases import Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("llama-index-workflows",))
LIMITS = (Limited(RunLimit(20, "max_iterations")),)
"""So many answers of agents a run of a team has where its call does not say otherwise."""
