"""Agents that run without a pipeline around them."""

from __future__ import annotations

from wflint.assembly.agents import AgentRow, model_in, more_tools, part
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object
from wflint.frontends.haystack.table import AGENT
from wflint.model.workflow import Step, StepKind

ROW = AgentRow(told=("system_prompt", "user_prompt"), hiding=("state_schema", "hooks"))


def agent_steps(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """An agent as a step, called like its variable: it has no name of its own."""
    if made.path != AGENT or made.cls is not None:
        return ()
    span = made.site.span
    step = Step(
        made.name or made.created_in or "agent",
        StepKind.AGENT,
        span,
        offers_open=True,
        needs_open=True,
        tools=ROW.tools(part(made, "tools")),
        conduct=ROW.conduct(part(made, "tools")),
        tools_open=more_tools(part(made, "tools")),
        model=model_in(part(made, "chat_generator"), "model", by_name=False),
        description=ROW.description(made),
        prompt=ROW.prompt(interp, made),
    )
    return (step,)
