"""What differs between releases of Haystack; found by running them."""

from __future__ import annotations

from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("haystack-ai",), oldest="2")
ASKED = Held(PACKAGE, "3")
"""Variables of a prompt without which its builder does not run, where it is not told which; others are left empty."""
LIMITS = (
    Limited(RunLimit(100, "max_runs_per_component"), Held(PACKAGE, until="3"), beyond=1),
    Limited(RunLimit(100, "max_runs_per_component"), Held(PACKAGE, "3")),
)
"""So often a run has one component run where the pipeline says nothing; 2.x lets one more run."""
