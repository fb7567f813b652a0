"""What differs between releases of CrewAI; found by running them."""

from __future__ import annotations

from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("crewai",))
RACES = Held(PACKAGE, "1.9")
"""Of methods that lead to one that waits for any of them, the first that is done cancels the others."""
TOLD = Held(PACKAGE, "0.19")
"""A task must say what is expected of it."""
LIMITS = (Limited(RunLimit(100, "max_method_calls"), Held(PACKAGE, "1.10")),)
"""So often a run of a flow calls one method where the flow does not say otherwise."""
