"""What AutoGen asks of the arguments of its parts (autogen-agentchat 0.7)."""

from __future__ import annotations

from wflint.assembly.demands import Demands, Listed
from wflint.frontends.autogen.table import ASSISTANT

DEMANDS: Demands = {ASSISTANT: (Listed(name="memory"),)}
