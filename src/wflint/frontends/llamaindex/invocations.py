"""Where a workflow is run, and what it is given there."""

from __future__ import annotations

from wflint.evaluate.events import Event
from wflint.evaluate.values import Arguments, Object, options_of
from wflint.model.workflow import Invocation

OPTIONS = frozenset({"ctx", "start_event", "stepwise", "checkpoint_callback"})
"""Arguments of `run` that are no fields of the start event."""


def invocations_of(events: list[Event]) -> tuple[Invocation, ...]:
    """The calls that start a workflow afresh; one with a context may go on with an earlier run."""
    found: dict[object, Invocation] = {}
    for event in events:
        invocation = _invocation(event)
        found.setdefault((invocation.span, invocation.keys), invocation)
    return tuple(found.values())


def _invocation(event: Event) -> Invocation:
    span = event.place.span
    start = event.arguments.get("start_event")
    for option in options_of(start) if start is not None else ():
        if isinstance(option, Object):
            return Invocation(_keys(option.arguments), span, closed=not option.arguments.open)
    closed = start is None and not event.arguments.open and event.arguments.get("ctx") is None
    return Invocation(_keys(event.arguments), span, closed)


def _keys(arguments: Arguments) -> tuple[str, ...]:
    return tuple(sorted(name for name, _ in arguments.keywords if name not in OPTIONS))
