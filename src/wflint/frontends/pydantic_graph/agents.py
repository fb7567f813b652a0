"""Agents of pydantic-ai, as steps of plain code that runs them."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import AgentRow
from wflint.assembly.coded_step import unread
from wflint.assembly.contracts.models import model_name
from wflint.assembly.sequences import elements
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, Sequence, last_of, text_of
from wflint.frontends.pydantic_graph.table import AGENT, TOLD_MORE, named
from wflint.model.workflow import Step, StepKind

AGENTS = AgentRow(told=("instructions", "system_prompt"), hiding=(TOLD_MORE,), bare=False)


def agent_steps(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """The step of an agent, called as it says or, as the framework does it, like its variable."""
    name = named(made.arguments.get("name")) or made.name
    if made.path != AGENT or name is None:
        return ()
    tools = made.content.get("tools") or made.arguments.get("tools")
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
