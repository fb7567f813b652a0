"""What the calls of Microsoft's Agent Framework mean to the interpreter."""

from __future__ import annotations

from enum import StrEnum

from wflint.assembly.census.constructors import Constructor, Form, calls
from wflint.assembly.chains.questions import Asking
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct, fluent, unmodelled
from wflint.assembly.functional import run_task
from wflint.assembly.making import Decorating, Making
from wflint.evaluate.library import CallModel, CallSite, LibraryModel, ModelApi
from wflint.evaluate.values import Object, Value, last_of
from wflint.model.patterns import pattern


class BuilderKind(StrEnum):
    """What a builder makes of its participants."""

    GRAPH = "graph"
    """The graph that its edges say."""
    SEQUENTIAL = "sequential"
    """One after the other."""
    CONCURRENT = "concurrent"
    """All at the same time, gathered at the end."""
    HANDOFF = "handoff"
    """Agents that give the conversation away."""
    MANAGED = "managed"
    """A manager that picks who speaks next."""


ROOTS = ("agent_framework", "agent_framework_orchestrations")
KINDS = {
    "WorkflowBuilder": BuilderKind.GRAPH,
    "SequentialBuilder": BuilderKind.SEQUENTIAL,
    "ConcurrentBuilder": BuilderKind.CONCURRENT,
    "HandoffBuilder": BuilderKind.HANDOFF,
    "GroupChatBuilder": BuilderKind.MANAGED,
    "MagenticBuilder": BuilderKind.MANAGED,
}
METHODS = (
    # graphs
    "add_edge", "add_chain", "add_fan_out_edges", "add_fan_in_edges", "add_switch_case_edge_group",
    "add_multi_selection_edge_group", "set_start_executor", "register_executor", "register_agent", "add_agent",
    # participants
    "participants", "register_participants", "participant_factories", "add_handoff", "set_coordinator",
    "with_start_agent", "with_aggregator", "register_aggregator", "with_custom_aggregator",
    # managers
    "set_manager", "with_manager", "with_standard_manager", "set_prompt_based_manager", "set_select_speakers_func",
    "with_select_speaker_func", "select_speakers", "with_orchestrator", "with_agent_orchestrator",
    # everything else
    "set_max_iterations", "with_checkpointing", "with_request_info", "with_termination_condition", "with_max_rounds",
    "with_plan_review", "with_human_input_on_stall", "with_interaction_mode", "with_autonomous_mode",
    "enable_return_to_previous", "request_prompt", "with_request_handler", "with_output_from",
    "with_intermediate_outputs", "on_event", "on_exception", "auto_register_handoff_tools",
)  # fmt: skip
"""What builders of all versions can be told; each gives the builder back."""
EXECUTORS = (
    "Executor", "AgentExecutor", "WorkflowExecutor", "RequestInfoExecutor", "FunctionExecutor", "_CallbackAggregator",
)  # fmt: skip
CASES = ("Case", "Default")
RUNNING = ("run", "run_stream", "run_streaming")
WORKFLOW = "agent_framework.Workflow"
AGENTS = tuple(
    f"agent_framework.{name}"
    for name in (
        "Agent", "ChatAgent", "FoundryAgent", "A2AAgent", "CopilotStudioAgent", "GitHubCopilotAgent", "ClaudeAgent",
    )
)  # fmt: skip
AS_TOOL = "as_tool"
AS_AGENT = f"{WORKFLOW}.as_agent"
FUNCTION = "agent_framework.workflow"
STEP = "agent_framework.step"
FUNCTIONS = Decorating(f"{FUNCTION}.made", "func")
"""`@workflow`, with or without arguments."""
BUILD = f"{FUNCTIONS.path}.build"
BUILT = "agent_framework.FunctionalWorkflow"
"""What `build()` makes of such a function."""
STEPS = Decorating(f"{STEP}.made", "func", run=run_task)
"""`@step`, with or without arguments."""
MADE = "agent_framework.executor.made"
MARKED = "agent_framework.executor"
CLIENTS = pattern(
    r"agent_framework(?:_\w+)?\.(?:\w+\.)*\w*(?:(?:Chat|Responses|Completion|Assistants|Agent)Client|Agents?Provider|AssistantProvider)"
)
"""Clients of models, which code may ask without an agent, and providers of agents."""
ASKING = ("get_response", "get_streaming_response")
GIVING = ("as_agent", "create_agent", "get_agent")
"""Methods of clients and providers that make an agent."""


def kind_of(made: Object) -> BuilderKind | None:
    """What kind of builder this is, None if it is none."""
    return KINDS.get(last_of(made.path)) if (made.path or "").partition(".")[0] in ROOTS else None


CONSTRUCTORS = (
    *(constructor for root in ROOTS for constructor in calls(root, *KINDS)),
    Constructor(ROOTS[0], "workflow", Form.DECORATOR),
)
"""What constructs a workflow."""


def _kept_in(call: CallSite, _agent: Object) -> Value | None:
    """What a run of an agent keeps what is said in."""
    return call.get("session") or call.get("thread")


def table() -> LibraryModel:
    """The table of Agent Framework."""
    calls: dict[str, CallModel] = {}
    for root in ROOTS:
        for builder in KINDS:
            path = f"{root}.{builder}"
            calls |= {path: construct, f"{path}.build": Making(WORKFLOW, followed=True), f"{path}.*": unmodelled}
            calls |= {f"{path}.{method}": fluent for method in METHODS}
        for executor in EXECUTORS:
            calls |= {f"{root}.{executor}": construct, f"{root}.{executor}.__init__": Making(held=(("id", 0),)).begin}
        calls |= {f"{root}.{case}": construct for case in CASES}
    texts = Running("result", texts=("text",), prints_text=True, kept_in=_kept_in)
    calls |= {f"{kind}.{method}": texts for kind in AGENTS for method in RUNNING}
    calls |= {f"{WORKFLOW}.{method}": Running("result") for method in RUNNING}
    calls |= dict.fromkeys(AGENTS, construct)
    calls |= {AS_AGENT: Making(), **Decorating(MADE, "func").rows(MARKED)}
    calls |= {**FUNCTIONS.rows(FUNCTION), **STEPS.rows(STEP)}
    calls[BUILD] = Making(BUILT, followed=True)
    for path in (FUNCTIONS.path, BUILT):
        calls |= {f"{path}.as_agent": Making(), **{f"{path}.{method}": Running("result") for method in RUNNING}}
    return LibraryModel(
        roots=frozenset(ROOTS),
        calls=calls,
        constructors=frozenset(f"{root}.{builder}" for root in ROOTS for builder in KINDS),
        agents=frozenset(AGENTS),
        models=(
            ModelApi(
                CLIENTS,
                dict.fromkeys(ASKING, Asking("agent-framework")),
                wrappers=dict.fromkeys(GIVING, Making(AGENTS[0])),
            ),
        ),
    )
