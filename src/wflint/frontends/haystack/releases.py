"""What differs between releases of Haystack; found by running them."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("haystack-ai",), oldest="2")
ASKED = Held(PACKAGE, "3")
"""Variables of a prompt without which its builder does not run, where it is not told which; others are left empty."""
OWN_ROUTES = Held(PACKAGE, "3")
"""Names that a router of files has for what it does not sort are no kinds of files."""
WEIGHED = Held(PACKAGE, "3.1")
"""Joiners are refused that keep none of what they join, or weigh it by less than nothing."""
LIMITS = (
    Limited(RunLimit(100, "max_runs_per_component"), Held(PACKAGE, until="3"), beyond=1),
    Limited(RunLimit(100, "max_runs_per_component"), Held(PACKAGE, "3")),
)
"""So often a run has one component run where the pipeline says nothing; 2.x lets one more run."""
CHANGED = Changed(
    PACKAGE,
    older="2.31.0",
    newest="3.4.1",
    new=(
        "haystack.Pipeline.add_components",
        "haystack.Pipeline.close",
        "haystack.Pipeline.close_async",
        "haystack.Pipeline.connect_many",
        "haystack.Pipeline.run_async",
        "haystack.Pipeline.run_async_generator",
        "haystack.Pipeline.stream",
        "haystack.Pipeline.warm_up_async",
    ),
    gone=("haystack.AsyncPipeline",),
)
"""What only one of the two releases has that were looked at."""
