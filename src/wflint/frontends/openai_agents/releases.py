"""What the OpenAI Agents SDK is installed as, and how it limits runs."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("openai-agents",))
CHECKED = Held(PACKAGE, "0.22")
"""Output guardrails are refused where the service keeps what was said."""
FILTERED = Held(PACKAGE, "0.15")
"""So are filters of hand-offs."""
LIMITS = (Limited(RunLimit(10, "max_turns")),)
"""So many turns a run has where its call does not say otherwise."""
CHANGED = Changed(
    PACKAGE,
    older="0.6.9",
    newest="0.24.0",
    new=("agents.SandboxAgent",),
    new_arguments={
        "agents.RunConfig": (
            "output_guardrail_blocked_message reasoning_item_id_policy sandbox session_settings "
            "tool_error_formatter tool_execution tool_name_collision_policy tool_not_found_behavior"
        ),
    },
)
"""What only one of the two releases has that were looked at."""
