"""What AutoGen asks of the arguments of its parts (autogen-agentchat 0.7)."""

from __future__ import annotations

from wflint.assembly.demands import Demands, Listed, Template
from wflint.frontends.autogen.table import ASSISTANT, SELECTOR

SUMMARY = ("tool_name", "arguments", "result", "is_error")
DEMANDS: Demands = {
    ASSISTANT: (Listed(name="memory"), Template(name="tool_call_summary_format", names=SUMMARY)),
    SELECTOR: (Template(name="selector_prompt", names=("roles", "participants", "history")),),
}
