"""What Agent Framework is installed as, and how it limits runs."""

from __future__ import annotations

from wflint.assembly.releases import Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("agent-framework-core", "agent-framework"))
LIMITS = (Limited(RunLimit(100, "max_iterations")),)
"""So many supersteps a run has where the builder is not told otherwise."""
