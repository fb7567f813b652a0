"""What LangGraph asks of the arguments of its calls (langgraph 1.2)."""

from __future__ import annotations

from wflint.assembly.demands import Above, AtLeast, Below, Demand, Demands, OneOf, Some, Threshold
from wflint.assembly.results import COROUTINE, Results, Streamed, Waited
from wflint.frontends.langgraph.releases import TIMEOUTS
from wflint.frontends.langgraph.table import COMPILED, TASK

DEMANDS: Demands = {"langgraph.StateGraph.add_node": (Above(name="timeout", held=TIMEOUTS),)}

RETRY: tuple[Demand, ...] = tuple(
    AtLeast(name=name, fewest=0) for name in ("max_retries", "initial_delay", "max_delay", "backoff_factor")
)
MIDDLEWARE: Demands = {
    "ModelCallLimitMiddleware": (
        Some(name="thread_limit", others=("run_limit",)),
        OneOf(name="exit_behavior", words=("end", "error")),
    ),
    "ToolCallLimitMiddleware": (
        Some(name="thread_limit", others=("run_limit",)),
        OneOf(name="exit_behavior", words=("continue", "end", "error")),
        Below(name="run_limit", other="thread_limit", equal=True),
    ),
    "SummarizationMiddleware": tuple(
        Threshold(name=name, counted=("tokens", "messages"), share="fraction") for name in ("trigger", "keep")
    ),
    "PIIMiddleware": (
        OneOf(
            name="pii_type",
            position=0,
            words=("email", "credit_card", "ip", "mac_address", "url"),
            unless="detector",
        ),
    ),
    "ToolRetryMiddleware": RETRY,
    "ModelRetryMiddleware": RETRY,
}
"""What pieces of middleware for agents ask, by the names of their classes."""

FUTURE = frozenset(
    {"add_done_callback", "cancel", "cancelled", "done", "exception", "remove_done_callback", "result", "running"}
)
"""Attributes of what a call of a task gives."""
STREAM = (Streamed(instead="read it in an `async for`"),)
RESULTS: Results = {
    f"{COMPILED}.ainvoke": (Waited(),),
    f"{COMPILED}.astream": STREAM,
    f"{TASK}.made.__call__": (Waited(before=FUTURE | COROUTINE, instead="call `result()`, or `await` it"),),
}
"""What runs give back."""
