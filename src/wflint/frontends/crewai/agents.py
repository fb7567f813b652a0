"""Agents of CrewAI, as steps of plain code that kicks them off without a crew."""

from __future__ import annotations

from wflint.assembly.sequences import known_text
from wflint.evaluate.values import Object, text_of
from wflint.frontends.crewai import parts
from wflint.frontends.crewai.table import AGENT
from wflint.model.workflow import Step, StepKind


def agent_steps(made: Object) -> tuple[Step, ...]:
    """The step of an agent, called by its role or else like its variable."""
    role = parts.given(made, "role")
    name = (text_of(role) if role is not None else None) or made.name
    if made.path != AGENT or name is None:
        return ()
    step = Step(
        id=name.strip(),
        kind=StepKind.AGENT,
        span=made.site.span,
        offers_open=True,
        needs_open=True,
        model=parts.model_of(parts.given(made, "llm")),
        description=known_text(parts.given(made, "goal")),
    )
    return (step,)
