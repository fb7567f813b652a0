"""What the OpenAI Agents SDK asks of the arguments of runs (openai-agents 0.24)."""

from __future__ import annotations

from wflint.assembly.demands import Apart, Demand, Demands

RUN: tuple[Demand, ...] = tuple(
    Apart(name="session", other=other) for other in ("conversation_id", "previous_response_id")
)

DEMANDS: Demands = {f"agents.Runner.{method}": RUN for method in ("run", "run_sync", "run_streamed")}
