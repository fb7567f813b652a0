"""What LlamaIndex workflows are installed as, and how teams are limited."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Beside, Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(
    ("llama-index-workflows",), beside=Beside(("llama-index-core", "llama-index"), before="0.14", until="2")
)
CONNECTED = Held(PACKAGE, "2.17")
"""Workflows with steps that no event gets to are refused."""
COUNTED = Held(PACKAGE, "2.24")
"""A number of runs at a time that is none is refused; earlier releases pass over it."""
ADDED = Held(PACKAGE, "2.0")
"""Workflows are added to no other one any more."""
STORED = Held(PACKAGE, "2.0")
"""A context keeps values in its store only."""
WAITS = Held(PACKAGE, "2.9")
"""A wait for an event is an exception that leaves the step, which is run again once the event is there."""
ONE_STATE = Held(PACKAGE, "2.14")
"""The classes of a workflow's state are made from each other; earlier releases take one of them for all steps."""
LIMITS = (Limited(RunLimit(20, "max_iterations")),)
"""So many answers of agents a run of a team has where its call does not say otherwise."""
CHANGED = Changed(
    PACKAGE,
    older="1.3.0",
    newest="2.26.1",
    new=(
        "llama_index.catch_error",
        "workflows.catch_error",
    ),
)
"""What only one of the two releases has that were looked at."""
