"""Agents of CrewAI, as steps of plain code that kicks them off without a crew."""

from __future__ import annotations

from wflint.assembly.coded_step import unread
from wflint.assembly.sequences import known_text
from wflint.evaluate.values import Object, text_of
from wflint.frontends.crewai import parts
from wflint.frontends.crewai.table import AGENT
from wflint.model.workflow import Step, StepKind


def agent_steps(made: Object) -> tuple[Step, ...]:
    """The step of an agent, called by its role or else like its variable."""
    name = text_of(parts.given(made, "role")) or made.name
    if made.path != AGENT or name is None:
        return ()
    model, goal = parts.model_of(parts.given(made, "llm")), known_text(parts.given(made, "goal"))
    return (unread(Step(name.strip(), StepKind.AGENT, made.site.span, model=model, description=goal)),)
