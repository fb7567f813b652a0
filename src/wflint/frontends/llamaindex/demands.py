"""What LlamaIndex asks of the arguments of workflows and teams (llama-index-workflows 2.26, llama-index-core 0.14)."""

from __future__ import annotations

from wflint.assembly.demands import AtLeast, Containing, Demand, Demands, Filled, Gone, NoTexts, OneOf, Some
from wflint.assembly.own_classes import Inherited
from wflint.assembly.results import COROUTINE, Results, Waited
from wflint.frontends.llamaindex.releases import ADDED, COUNTED
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
ADDING = "add_workflows"
NO_ADDING = Gone(name="", held=ADDED, says="there is no such method: make the inner workflow a resource, or a field")
ASKED = Some(name="user_msg", position=0, others=("chat_history", "ctx", "start_event", "memory"))
DEMANDS: Demands = {
    **dict.fromkeys(("workflows.Workflow", "llama_index.Workflow"), WORKFLOW),
    **dict.fromkeys(("workflows.Workflow.run", "llama_index.Workflow.run"), RUN),
    **dict.fromkeys((f"workflows.Workflow.{ADDING}", f"llama_index.Workflow.{ADDING}"), (NO_ADDING,)),
    **{f"llama_index.{agent}.run": (ASKED,) for agent in ("FunctionAgent", "ReActAgent", "AgentWorkflow")},
    "workflows.Take": (AtLeast(name="n", position=0),),
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
