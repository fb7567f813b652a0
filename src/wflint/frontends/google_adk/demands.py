"""What ADK asks of the arguments of its parts (google-adk 2.13)."""

from __future__ import annotations

from wflint.assembly.demands import Apart, AtLeast, Called, Demand, Demands, Needs, NoTexts, Worded
from wflint.assembly.own_classes import Inherited
from wflint.assembly.results import Results, Streamed
from wflint.frontends.google_adk.table import APP, MADE, RUNNERS

AROUND_AGENTS: tuple[Demand, ...] = tuple(
    Called(name=name, takes=1, says="a context", names=("callback_context",))
    for name in ("before_agent_callback", "after_agent_callback")
)
"""What is called around agents of all kinds."""
CALLBACKS: tuple[Demand, ...] = (
    *AROUND_AGENTS,
    Called(
        name="before_model_callback",
        takes=2,
        says="a context and the request",
        names=("callback_context", "llm_request"),
    ),
    Called(
        name="after_model_callback",
        takes=2,
        says="a context and the response",
        names=("callback_context", "llm_response"),
    ),
    Called(
        name="before_tool_callback",
        takes=3,
        says="the tool, its arguments, and a context",
        names=("tool", "args", "tool_context"),
    ),
    Called(
        name="after_tool_callback",
        takes=4,
        says="the tool, its arguments, a context, the answer",
        names=("tool", "args", "tool_context", "tool_response"),
    ),
)
"""What is called around models and tools."""

MESSAGE = NoTexts(name="new_message", alone=True, says="it is a `types.Content` with a role and parts")
COMPACTION = (("compaction_interval", "overlap_size"), ("token_threshold", "event_retention_size"))
"""Settings that go together."""

DEMANDS: Demands = {
    **dict.fromkeys(("google.SequentialAgent", "google.ParallelAgent", "google.LoopAgent"), AROUND_AGENTS),
    **{f"{runner}.{method}": (MESSAGE,) for runner in RUNNERS for method in ("run", "run_async")},
    "google.EventsCompactionConfig": tuple(
        Needs(name=one, other=other) for pair in COMPACTION for one, other in (pair, pair[::-1])
    ),
    **dict.fromkeys(("google.LlmAgent", "google.Agent"), CALLBACKS),
    APP: (
        Worded(
            name="name",
            form="(?!user$)[a-zA-Z][a-zA-Z0-9_-]*",
            says='it begins with a letter, has letters, digits, "_" and "-" only, and is not "user"',
        ),
    ),
    "google.Runner": (
        Needs(name="agent", other="app_name"),
        Apart(name="agent", other="app"),
        Apart(name="node", other="app"),
    ),
    MADE: (
        AtLeast(name="max_parallel_workers"),
        Needs(name="max_parallel_workers", other="parallel_worker"),
    ),
}
FIELDS = frozenset(
    {
        "name", "description", "parent_agent", "sub_agents", "before_agent_callback", "after_agent_callback",
        "input_schema", "output_schema", "state_schema", "retry_config", "timeout", "rerun_on_resume",
        "wait_for_output",
    }
)  # fmt: skip
"""What any agent declares."""
RESULTS: Results = {
    f"{runner}.run_async": (Streamed(instead="read its events in an `async for`"),) for runner in RUNNERS
}
"""What runs give back."""
INHERITED = (
    Inherited(
        base=("google.BaseAgent",),
        kind="agent",
        fields=FIELDS,
        methods=("_run_async_impl",),
        unless=("run_async", "run", "_run_impl", "run_node_impl"),
        otherwise="there it raises, so every run of it fails",
    ),
)
