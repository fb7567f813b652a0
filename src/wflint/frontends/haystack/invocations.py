"""Where a pipeline is run, and what each component is given there."""

from __future__ import annotations

from dataclasses import dataclass

from wflint.evaluate.events import Event
from wflint.evaluate.values import Mapping, may_be_absent
from wflint.frontends.haystack.pipeline import End
from wflint.model.workflow import Invocation


@dataclass(frozen=True, slots=True)
class Call:
    """A run with the inputs that it passes; `closed` where these are all."""

    event: Event
    passed: frozenset[End]
    closed: bool

    def invocation(self) -> Invocation:
        """The call as the model knows it: the names of the inputs, whoever they are for."""
        keys = tuple(sorted({end.socket for end in self.passed if end.socket is not None}))
        return Invocation(keys, self.event.place.span, self.closed)


def calls_of(events: list[Event], components: frozenset[str]) -> tuple[Call, ...]:
    """The calls that run a pipeline of these components."""
    return tuple(_call(event, components) for event in events)


def _call(event: Event, components: frozenset[str]) -> Call:
    data = event.arguments.get("data", 0)
    if not isinstance(data, Mapping):
        return Call(event, frozenset(), closed=False)
    passed: set[End] = set()
    closed = data.closed and not event.arguments.open and event.shows(data)
    for key, value in data.known():
        if not isinstance(key, str) or may_be_absent(value):
            closed = False
        elif isinstance(value, Mapping) and key in components:
            inner = {name for name, given in value.known() if isinstance(name, str)}
            passed |= {End(key, name) for name in inner}
            closed = closed and value.closed and not any(may_be_absent(given) for _, given in value.known())
        elif key in components:
            closed = False
        else:
            passed.add(End("", key))
    return Call(event, frozenset(passed), closed)
