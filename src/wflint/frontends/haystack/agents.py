"""Agents that run without a pipeline around them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.agents import AgentRow, model_in, more_tools, part
from wflint.assembly.sequences import elements
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, Sequence, text_of
from wflint.frontends.haystack.table import AGENT
from wflint.model.conduct import UnknownTool
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
        conduct=replace(ROW.conduct(part(made, "tools")), unknown_tools=tuple(unknown_exits(made))),
        tools_open=more_tools(part(made, "tools")),
        model=model_in(part(made, "chat_generator"), "model", by_name=False),
        description=ROW.description(made),
        prompt=ROW.prompt(interp, made),
    )
    return (step,)


TEXT = "text"
"""The exit of an agent that ends with the first answer in words."""


def unknown_exits(agent: Object) -> Iterator[UnknownTool]:
    """The tools after which an agent is to stop, and of which it has none: it goes on until its steps are used up."""
    tools, listed = part(agent, "tools"), part(agent, "exit_conditions")
    known = ROW.tools(tools)
    if not known or more_tools(tools) or agent.arguments.open:
        return
    for entry in elements(listed):
        name = text_of(entry.value)
        if name is not None and entry.certain and name not in (TEXT, *known):
            place = listed.location if isinstance(listed, Sequence) else None
            yield UnknownTool(name, "the tool that ends a run", known, (place or agent.site).span)
