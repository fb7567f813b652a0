"""Where crews and flows are run, and what they are given there."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.events import Event
from wflint.evaluate.values import NONE, Mapping, Rest, Sequence, Value, may_be_absent, options_of
from wflint.model.workflow import Invocation


def invocations_of(events: list[Event], *, closed: bool) -> tuple[Invocation, ...]:
    """The runs among the events of one workflow; not `closed` where a hook may add to what is passed."""
    found: dict[object, Invocation] = {}
    for event in events:
        inputs = event.arguments.get("inputs", 1 if event.path.endswith((".train", ".test")) else 0)
        for given in _each(inputs):
            invocation = _invocation(event, given, closed=closed)
            found.setdefault((invocation.span, invocation.keys), invocation)
    return tuple(found.values())


def _each(inputs: Value | None) -> Iterator[Value]:
    """What is passed, one run at a time."""
    for option in options_of(inputs) if inputs is not None else (NONE,):
        if not isinstance(option, Sequence):
            yield option
            continue
        for item in option.content:
            yield from options_of(item.value if isinstance(item, Rest) else item)


def _invocation(event: Event, given: Value, *, closed: bool) -> Invocation:
    span, sure = event.place.span, closed and not event.arguments.open
    if isinstance(given, Mapping):
        keys = tuple(sorted(k for k, v in given.known() if isinstance(k, str) and not may_be_absent(v)))
        whole = given.closed and not any(may_be_absent(value) for value in given.content.values())
        return Invocation(keys, span, sure and whole)
    return Invocation((), span, sure and given == NONE)
