"""What Agent Framework asks of the arguments of its parts (agent-framework-core 1.23)."""

from __future__ import annotations

from wflint.assembly.demands import Apart, Called, Demands, Filled, Needs, OneOf, Some
from wflint.assembly.own_classes import Inherited
from wflint.assembly.results import Results, Waited, Whole
from wflint.frontends.agent_framework.table import AGENTS, WORKFLOW

MODES = ("full", "last_agent", "custom")
"""What an agent in a workflow is shown."""

DEMANDS: Demands = {
    "agent_framework.AgentExecutor": (
        OneOf(name="context_mode", words=MODES),
        Needs(name="context_mode", word="custom", other="context_filter"),
    ),
    "agent_framework.Executor": (Filled(name="id", position=0),),
    "agent_framework.Workflow.run": (
        Some(name="message", position=0, others=("responses", "checkpoint_id")),
        Apart(name="message", position=0, other="responses"),
        Apart(name="message", position=0, other="checkpoint_id"),
    ),
    "agent_framework.WorkflowBuilder.add_edge": (
        Called(name="condition", position=2, takes=1, says="the message alone"),
    ),
    "agent_framework.WorkflowBuilder.add_multi_selection_edge_group": (
        Called(name="selection_func", position=2, takes=2, says="the message and the ids of the targets"),
    ),
}
STREAM = ("stream",)
GIVEN = frozenset(
    {"get_final_state", "get_intermediate_outputs", "get_outputs", "get_request_info_events", "status_timeline"}
)
RESULTS: Results = {
    **{f"{agent}.run": (Waited(unless=STREAM),) for agent in AGENTS},
    f"{WORKFLOW}.run": (
        Waited(unless=STREAM),
        Whole(name="list of events", parts=GIVEN | frozenset(dir(list)), instead="call `get_outputs()`", unless=STREAM),
    ),
}
"""What runs give back."""
INHERITED = (
    Inherited(base=("agent_framework.Executor",), kind="executor", prepares="id", call="super().__init__(id=...)"),
)
