"""Where agents are run in sessions that the source makes, and the state that those begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Mapping, Object, Value, may_be_absent, options_of
from wflint.frontends.google_adk.parts import part
from wflint.frontends.google_adk.table import APPEND, CREATE, RUN, RUNNERS
from wflint.model.workflow import Invocation


def invocations_of(interp: Interpreter, roots: list[Object]) -> tuple[Invocation, ...]:
    """The sessions in which some agents are run; none where it is not told whose session is whose."""
    runners = [made for made in interp.objects if made.path in RUNNERS]
    found = [
        invocation
        for runner in runners
        if any(option in roots for option in options_of(_agent(runner) or NONE))
        and not _is_shared(runner, runners)
        and not any(_adds_state(event, runner) for event in interp.events)
        for invocation in _sessions(interp.events, runner)
    ]
    return tuple({(invocation.span, invocation.keys): invocation for invocation in found}.values())


def _agent(runner: Object) -> Value | None:
    app = part(runner, "app")
    return part(runner, "agent") or (part(app, "root_agent") if isinstance(app, Object) else None)


def _is_shared(runner: Object, runners: Iterable[Object]) -> bool:
    """Whether the sessions may be another agent's."""
    service = _service(runner)
    return any(_service(other) is service and _agent(other) is not _agent(runner) for other in runners)


def _service(runner: Object) -> Value | None:
    return runner.content.get("session_service")


def _adds_state(event: Event, runner: Object) -> bool:
    """Whether a call puts something into a session that is not told here."""
    appended = event.path.endswith(APPEND) and event.subject is _service(runner)
    delta = event.arguments.open or event.arguments.get("state_delta") is not None
    return appended or (event.path.endswith(RUN) and event.subject is runner and delta)


def _sessions(events: Iterable[Event], runner: Object) -> Iterator[Invocation]:
    for event in events:
        if event.path.endswith(CREATE) and event.subject is _service(runner):
            for option in options_of(event.arguments.get("state") or NONE):
                yield _invocation(event, option)


def _invocation(event: Event, state: Value) -> Invocation:
    whole = not event.arguments.open and (state == NONE or isinstance(state, Mapping))
    if not isinstance(state, Mapping):
        return Invocation((), event.place.span, whole)
    keys = sorted(key for key, value in state.known() if isinstance(key, str) and not may_be_absent(value))
    hidden = not state.closed or any(may_be_absent(value) for value in state.content.values())
    return Invocation(tuple(keys), event.place.span, whole and not hidden and event.shows(state))
