"""Agents of pydantic-ai, as steps of plain code that runs them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.agents import AgentRow, more_tools
from wflint.assembly.coded_step import unread
from wflint.assembly.contracts.models import asks, model_name
from wflint.assembly.function_summary import FunctionSummary
from wflint.assembly.sequences import elements
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Object, Sequence, Value, alternatives, last_of, text_of
from wflint.frontends.pydantic_graph.table import AGENT, ASKING, TOLD_MORE, named
from wflint.model.workflow import Step, StepKind

AGENTS = AgentRow(told=("instructions", "system_prompt"), hiding=(TOLD_MORE,), bare=False)


def agent_steps(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """The step of an agent, called as it says or, as the framework does it, like its variable."""
    name = named(made.arguments.get("name")) or made.name
    if made.path != AGENT or name is None:
        return ()
    tools = _listed(made)
    step = Step(
        name,
        StepKind.AGENT,
        made.site.span,
        tools=(*AGENTS.tools(tools), *_answering(made)),
        conduct=AGENTS.conduct(tools),
        model=model_name(made),
        description=AGENTS.description(made),
        prompt=AGENTS.prompt(interp, made),
    )
    return (unread(step),)


def with_tools(step: Step, summary: FunctionSummary) -> Step:
    """A step of code with the tools of the agents that it runs; they may have more than is seen."""
    ran = [call.receiver for call in summary.calls if call.method in ASKING and asks(call)]
    made = [option for value in ran if value is not None for option in alternatives(value)]
    agents = [option for option in dict.fromkeys(made) if isinstance(option, Object) and option.path == AGENT]
    if not agents:
        return step
    known = len(agents) == len(set(made)) and not any(map(_has_more, agents))
    told = (name for agent in agents for name in (*AGENTS.tools(_listed(agent)), *_answering(agent)))
    return replace(step, tools=tuple(dict.fromkeys(told)), tools_open=not known)


MORE = ("toolsets", "mcp_servers", "builtin_tools", "capabilities", "prepare_tools")
"""What may give an agent tools, or take them away, beside those that are listed."""


def _has_more(agent: Object) -> bool:
    given = (agent.arguments.get(name) for name in MORE)
    more = any(value not in (None, NONE) for value in given)
    return more or agent.arguments.open or more_tools(_listed(agent))


def _listed(agent: Object) -> Value | None:
    return agent.content.get("tools") or agent.arguments.get("tools")


ANSWERING = "ToolOutput"
"""A form of answers that the model gives by calling a tool, `ToolOutput(City)`; the tool's name if nothing is said."""
ANSWER_TOOL = "final_result"


def _answering(made: Object) -> Iterator[str]:
    """The tools that an agent answers by, where it says that it does."""
    given = made.arguments.get("output_type")
    forms = [entry.value for entry in elements(given)] if isinstance(given, Sequence) else [given]
    for form in forms:
        if isinstance(form, Object) and last_of(form.path) == ANSWERING:
            yield text_of(form.arguments.get("name")) or ANSWER_TOOL
