"""What differs between releases of ADK; found by running them."""

from __future__ import annotations

from wflint.assembly.releases import Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("google-adk",), oldest="1")
LIMITS = (Limited(RunLimit(500, "max_llm_calls", models_only=True)),)
"""So many calls of models a run has where its configuration does not say otherwise."""
