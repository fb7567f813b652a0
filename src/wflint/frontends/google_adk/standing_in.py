"""Callbacks that answer in the place of their agent, or its model, whatever the case: that never runs."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import part
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, alternatives
from wflint.frontends.google_adk.session import use_of
from wflint.model.loss import Loss, LossKind

CALLBACKS = {
    "before_agent_callback": ("never runs", "content", "the agent's answer"),
    "before_model_callback": ("never asks its model", "a response", "the model's answer"),
}
"""What is run before an agent, or its model, and in its place where it gives anything; how that is said."""


def standing_in(interp: Interpreter, agent: Object, name: str) -> Iterator[Loss]:
    """The one callback of a kind of an agent that always gives something."""
    for callback, (idle, what, taken_for) in CALLBACKS.items():
        given = part(agent, callback)
        summary = use_of(interp, given, agent.site).summary if given is not None else None
        if summary is not None and _always_answers(summary):
            place = summary.returns[0].location or summary.location
            yield Loss(
                LossKind.ROUTE,
                f'agent "{name}"',
                place.span,
                f"{idle}: its `{callback}` gives {what} in every case, which is taken for {taken_for}",
                "return None where it is to run",
                agent.site.span,
                name,
            )


def _always_answers(summary: FunctionSummary) -> bool:
    """Whether every way out of some code gives an object; code that fails on the way may do that on purpose."""
    ends = summary.complete and not summary.falls_through and bool(summary.returns)
    return ends and all(isinstance(one, Object) for site in summary.returns for one in alternatives(site.value))
