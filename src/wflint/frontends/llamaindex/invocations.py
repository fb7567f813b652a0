"""Where a workflow is run, and what it is given there."""

from __future__ import annotations

from wflint.assembly.invocations import distinct, tried_again
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Arguments, Object, alternatives
from wflint.model.workflow import Invocation

OPTIONS = frozenset({"ctx", "start_event", "stepwise", "checkpoint_callback"})
"""Arguments of `run` that are no fields of the start event."""


def invocations_of(api_calls: list[ApiCall]) -> tuple[Invocation, ...]:
    """The calls that start a workflow afresh; one with a context may go on with an earlier run."""
    return distinct(map(_invocation, api_calls))


def _invocation(api_call: ApiCall) -> Invocation:
    span, again = api_call.span, tried_again(api_call)
    start = api_call.get("start_event")
    for option in alternatives(start):
        if isinstance(option, Object):
            return Invocation(_keys(option.arguments), span, closed=not option.arguments.open, retry_schemes=again)
    closed = start is None and not api_call.arguments.open and api_call.get("ctx") is None
    return Invocation(_keys(api_call.arguments), span, closed, retry_schemes=again)


def _keys(arguments: Arguments) -> tuple[str, ...]:
    return tuple(sorted(name for name, _ in arguments.keywords if name not in OPTIONS))
