"""What Agent Framework asks of the arguments of its parts (agent-framework-core 1.23)."""

from __future__ import annotations

from wflint.assembly.demands import Demands, Filled, Needs, OneOf, Some

MODES = ("full", "last_agent", "custom")
"""What an agent in a workflow is shown."""

DEMANDS: Demands = {
    "agent_framework.AgentExecutor": (
        OneOf(name="context_mode", words=MODES),
        Needs(name="context_mode", word="custom", other="context_filter"),
    ),
    "agent_framework.Executor": (Filled(name="id", position=0),),
    "agent_framework.Workflow.run": (Some(name="message", position=0, others=("responses", "checkpoint_id")),),
}
