"""What AutoGen asks of the arguments of its parts (autogen-agentchat 0.7)."""

from __future__ import annotations

from wflint.assembly.demands import Demand, Demands, Listed, NoTexts, Template
from wflint.frontends.autogen.table import AGENTS, ASSISTANT, RUNNING, SELECTOR, TEAMS

SUMMARY = ("tool_name", "arguments", "result", "is_error")
TASK: tuple[Demand, ...] = (NoTexts(name="task", says="a list of them holds messages, not texts"),)
DEMANDS: Demands = {
    **{f"{one}.{method}": TASK for one in (*TEAMS, *AGENTS) for method in RUNNING},
    ASSISTANT: (Listed(name="memory"), Template(name="tool_call_summary_format", names=SUMMARY)),
    SELECTOR: (Template(name="selector_prompt", names=("roles", "participants", "history")),),
}
