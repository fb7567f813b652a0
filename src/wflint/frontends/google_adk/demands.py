"""What ADK asks of the arguments of its parts (google-adk 2.13)."""

from __future__ import annotations

from wflint.assembly.demands import Apart, AtLeast, Demands, Needs, Worded
from wflint.frontends.google_adk.table import APP, MADE

DEMANDS: Demands = {
    APP: (
        Worded(
            name="name",
            form="(?!user$)[a-zA-Z][a-zA-Z0-9_-]*",
            says='it begins with a letter, has letters, digits, "_" and "-" only, and is not "user"',
        ),
    ),
    "google.Runner": (
        Needs(name="agent", other="app_name"),
        Apart(name="agent", other="app"),
        Apart(name="node", other="app"),
    ),
    MADE: (
        AtLeast(name="max_parallel_workers"),
        Needs(name="max_parallel_workers", other="parallel_worker"),
    ),
}
