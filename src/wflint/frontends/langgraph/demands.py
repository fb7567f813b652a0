"""What LangGraph asks of the arguments of its calls (langgraph 1.2)."""

from __future__ import annotations

from wflint.assembly.demands import Above, AtLeast, Demand, Demands, OneOf, Some
from wflint.frontends.langgraph.releases import TIMEOUTS

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
    ),
    "ToolRetryMiddleware": RETRY,
    "ModelRetryMiddleware": RETRY,
}
"""What pieces of middleware for agents ask, by the names of their classes."""
