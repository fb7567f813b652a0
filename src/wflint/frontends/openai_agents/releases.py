"""What the OpenAI Agents SDK is installed as, and how it limits runs."""

from __future__ import annotations

from wflint.assembly.releases import Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("openai-agents",))
LIMITS = (Limited(RunLimit(10, "max_turns")),)
"""So many turns a run has where its call does not say otherwise."""
