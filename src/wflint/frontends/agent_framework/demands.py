"""What Agent Framework asks of the arguments of its parts (agent-framework-core 1.23)."""

from __future__ import annotations

from wflint.assembly.demands import Above, Apart, AtLeast, Below, Called, Demand, Demands, Filled, Needs, OneOf, Some
from wflint.assembly.own_classes import Inherited
from wflint.assembly.results import Results, Waited, Whole
from wflint.frontends.agent_framework.table import AGENTS, BUILT, WORKFLOW

MODES = ("full", "last_agent", "custom")
"""What an agent in a workflow is shown."""

RUN: tuple[Demand, ...] = (
    Some(name="message", position=0, others=("responses", "checkpoint_id")),
    Apart(name="message", position=0, other="responses"),
    Apart(name="message", position=0, other="checkpoint_id"),
)

DEMANDS: Demands = {
    "agent_framework.AgentExecutor": (
        OneOf(name="context_mode", words=MODES),
        Needs(name="context_mode", word="custom", other="context_filter"),
    ),
    "agent_framework.Executor": (Filled(name="id", position=0),),
    "agent_framework.SlidingWindowStrategy": (AtLeast(name="keep_last_groups"),),
    "agent_framework.SummarizationStrategy": (Above(name="target_count"),),
    "agent_framework.TruncationStrategy": (
        Above(name="max_n"),
        Above(name="compact_to"),
        Below(name="compact_to", other="max_n", equal=True),
    ),
    "agent_framework.WorkflowBuilder": (AtLeast(name="max_iterations"),),
    f"{WORKFLOW}.run": RUN,
    f"{BUILT}.run": RUN,
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
ANSWERED = (
    Waited(unless=STREAM),
    Whole(name="list of events", parts=GIVEN | frozenset(dir(list)), instead="call `get_outputs()`", unless=STREAM),
)
RESULTS: Results = {
    **{f"{agent}.run": (Waited(unless=STREAM),) for agent in AGENTS},
    **dict.fromkeys((f"{WORKFLOW}.run", f"{BUILT}.run"), ANSWERED),
}
"""What runs give back."""
INHERITED = (
    Inherited(base=("agent_framework.Executor",), kind="executor", prepares="id", call="super().__init__(id=...)"),
)
