"""What differs between releases of Haystack; found by running them."""

from __future__ import annotations

from wflint.assembly.releases import Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("haystack-ai",), oldest="2")
LIMITS = (Limited(RunLimit(100, "max_runs_per_component")),)
"""So often a run has one component run where the pipeline does not say otherwise."""
