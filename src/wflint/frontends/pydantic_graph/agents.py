"""Agents of pydantic-ai, as steps of plain code that runs them."""

from __future__ import annotations

from wflint.assembly.contracts.models import model_name
from wflint.assembly.sequences import elements, known_text
from wflint.evaluate.values import Function, Object, Value
from wflint.frontends.pydantic_graph.table import AGENT, named
from wflint.model.workflow import Step, StepKind

TELLING = ("instructions", "system_prompt")


def agent_steps(made: Object) -> tuple[Step, ...]:
    """The step of an agent, called as it says or, as the framework does it, like its variable."""
    name = named(made.arguments.get("name")) or made.name
    if made.path != AGENT or made.location is None or name is None:
        return ()
    told = (known_text(made.arguments.get(key)) for key in TELLING)
    step = Step(
        id=name,
        kind=StepKind.AGENT,
        span=made.location.span,
        offers_open=True,
        needs_open=True,
        tools=tuple(
            tool
            for entry in elements(made.content.get("tools") or made.arguments.get("tools"))
            for tool in _tool(entry.value)
        ),
        model=model_name(made),
        description=next((text for text in told if text), ""),
    )
    return (step,)


def _tool(value: Value) -> tuple[str, ...]:
    """The name of a tool: that of its function."""
    match value:
        case Function(name=name):
            return (name,)
        case Object(arguments=arguments):
            named_ = named(arguments.get("name"))
            wrapped = arguments.get("function", 0)
            return (named_,) if named_ else _tool(wrapped) if wrapped is not None else ()
        case _:
            return ()
