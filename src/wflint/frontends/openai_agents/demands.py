"""What the OpenAI Agents SDK asks of the arguments of runs (openai-agents 0.24)."""

from __future__ import annotations

from wflint.assembly.demands import Apart, AtLeast, Called, Demand, Demands, Filled, NoObjects, OneOf
from wflint.assembly.results import Results, Streamed, Waited
from wflint.frontends.openai_agents.table import AGENTS, AS_TOOL

RUN: tuple[Demand, ...] = tuple(
    Apart(name="session", other=other) for other in ("conversation_id", "previous_response_id")
)

CLIENTS = ("openai.AsyncOpenAI", "openai.OpenAI", "openai.AsyncAzureOpenAI", "openai.AzureOpenAI")
AGENT: tuple[Demand, ...] = (
    NoObjects(name="model", paths=CLIENTS, says="it is a name, or a model that is made with the client"),
)
TOOL: tuple[Demand, ...] = (
    Called(name="custom_output_extractor", position=2, takes=1, says="the result of the run", waited=True),
)

DEMANDS: Demands = {
    **{f"agents.Runner.{method}": RUN for method in ("run", "run_sync", "run_streamed")},
    **dict.fromkeys(AGENTS, AGENT),
    **{f"{agent}.{AS_TOOL}": TOOL for agent in AGENTS},
    "agents.RunConfig": (
        Called(name="session_input_callback", takes=2, says="what was said and what is new"),
        Called(name="call_model_input_filter", takes=1, says="what the model is to be told"),
        Filled(name="output_guardrail_blocked_message"),
        OneOf(name="tool_name_collision_policy", words=("warn", "error")),
    ),
    "agents.ToolExecutionConfig": (AtLeast(name="max_function_tool_concurrency"),),
}
RESULTS: Results = {
    "agents.Runner.run": (Waited(),),
    "agents.Runner.run_streamed": (Streamed(instead="read `result.stream_events()` in an `async for`"),),
}
"""What runs give back."""
