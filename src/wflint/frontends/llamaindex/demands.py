"""What LlamaIndex asks of the arguments of workflows and teams (llama-index-workflows 2.26, llama-index-core 0.14)."""

from __future__ import annotations

from wflint.assembly.demands import AtLeast, Containing, Demand, Demands, Filled, NoTexts, OneOf
from wflint.assembly.own_classes import Inherited
from wflint.assembly.results import COROUTINE, Results, Waited
from wflint.frontends.llamaindex.releases import COUNTED
from wflint.frontends.llamaindex.results import HANDLER

CHECKS = ("reachability", "dead_end", "terminal_event")
"""The checks of a workflow that it may be told to leave out."""
WORKFLOW: tuple[Demand, ...] = (
    AtLeast(name="num_concurrent_runs", held=COUNTED),
    OneOf(name="skip_graph_checks", words=CHECKS),
)
RUN: tuple[Demand, ...] = (NoTexts(name="start_event", position=0, alone=True, says="pass values by their names"),)
TEAM: tuple[Demand, ...] = (
    Filled(name="agents", position=0),
    Containing(name="handoff_prompt", parts=("{agent_info}",)),
    Containing(name="handoff_output_prompt", parts=("{to_agent}", "{reason}")),
    Containing(name="state_prompt", parts=("{state}", "{msg}")),
)
DEMANDS: Demands = {
    **dict.fromkeys(("workflows.Workflow", "llama_index.Workflow"), WORKFLOW),
    **dict.fromkeys(("workflows.Workflow.run", "llama_index.Workflow.run"), RUN),
    "llama_index.AgentWorkflow": TEAM,
}
RESULTS: Results = {
    f"{one}.run": (Waited(before=HANDLER | COROUTINE),)
    for one in ("workflows.Workflow", "llama_index.Workflow", "llama_index.AgentWorkflow")
}
"""What runs give back."""
INHERITED = (
    Inherited(
        base=("workflows.Workflow", "llama_index.Workflow"),
        kind="workflow",
        prepares="settings",
        call="super().__init__(...)",
    ),
)
