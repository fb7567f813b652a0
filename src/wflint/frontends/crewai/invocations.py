"""Where crews and flows are run, and what they are given there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from wflint.assembly.result_uses import UsedFields
from wflint.evaluate.events import Event
from wflint.evaluate.values import NONE, Mapping, Object, Place, Rest, Sequence, Value, may_be_absent, options_of
from wflint.model.workflow import Invocation

Taking = Callable[[Place], UsedFields]
"""What is used of the state of a flow that is made at a place."""


def invocations_of(events: list[Event], *, closed: bool) -> tuple[Invocation, ...]:
    """The runs among the events of one workflow; not `closed` where a hook may add to what is passed."""
    found: dict[object, Invocation] = {}
    for event in events:
        inputs = event.arguments.get("inputs", 1 if event.path.endswith((".train", ".test")) else 0)
        for given in _each(inputs):
            invocation = _invocation(event, given, closed=closed)
            found.setdefault((invocation.span, invocation.keys), invocation)
    return tuple(found.values())


def flow_invocations(events: list[Event], taking: Taking) -> tuple[Invocation, ...]:
    """The runs of a flow: its state also gets what the flow was made with, and what was set in it before."""
    found = [(event, invocation) for event in events for invocation in invocations_of([event], closed=True)]
    return tuple(dict.fromkeys(_used(event.subject, _with_state(event.subject, run), taking) for event, run in found))


def _used(flow: Value, invocation: Invocation, taking: Taking) -> Invocation:
    """The run with what the code that has made the flow uses of its state."""
    taken = taking(flow.place) if isinstance(flow, Object) and flow.place is not None else UsedFields()
    return replace(invocation, takes=taken.fields, takes_all_shown=taken.is_all)


def _with_state(flow: Value, invocation: Invocation) -> Invocation:
    if not isinstance(flow, Object):
        return invocation
    named = {name for name, _ in flow.arguments.keywords}
    keys = tuple(sorted({*invocation.keys, *named, *set_before(flow)}))
    return replace(invocation, keys=keys, closed=invocation.closed and not flow.arguments.open)


def set_before(flow: Object) -> tuple[str, ...]:
    """The fields of a flow's state that are set before it runs."""
    state = flow.content.get("state")
    return tuple(str(key) for key in state.content) if isinstance(state, Object) else ()


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
        return Invocation(keys, span, sure and whole and event.shows(given))
    return Invocation((), span, sure and given == NONE)
