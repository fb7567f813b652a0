"""Where agents are run in sessions that the source makes, and the state that those begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from wflint.assembly.agents import part
from wflint.assembly.invocations import distinct, passing
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Object, Value, alternatives
from wflint.frontends.google_adk.table import APPEND, CREATE, RUN, RUNNERS
from wflint.model.workflow import Invocation


def invocations_of(interp: Interpreter, roots: Sequence[Object]) -> tuple[Invocation, ...]:
    """The sessions in which some agents are run; none where it is not told whose session is whose."""
    runners = [made for made in interp.objects if made.path in RUNNERS]
    found = [
        invocation
        for runner in runners
        if any(option in roots for option in alternatives(_agent(runner) or NONE))
        and not _is_shared(runner, runners)
        and not any(_adds_state(api_call, runner) for api_call in interp.api_calls)
        for invocation in _sessions(interp.api_calls, runner)
    ]
    return distinct(found)


def _agent(runner: Object) -> Value | None:
    app = part(runner, "app")
    return part(runner, "agent") or (part(app, "root_agent") if isinstance(app, Object) else None)


def _is_shared(runner: Object, runners: Iterable[Object]) -> bool:
    """Whether the sessions may be another agent's."""
    service = _service(runner)
    return any(_service(other) is service and _agent(other) is not _agent(runner) for other in runners)


def _service(runner: Object) -> Value | None:
    return runner.content.get("session_service")


def _adds_state(api_call: ApiCall, runner: Object) -> bool:
    """Whether a call puts something into a session that is not told here."""
    appended = api_call.path.endswith(APPEND) and api_call.subject is _service(runner)
    delta = api_call.arguments.open or api_call.get("state_delta") is not None
    return appended or (api_call.path.endswith(RUN) and api_call.subject is runner and delta)


def _sessions(api_calls: Iterable[ApiCall], runner: Object) -> Iterator[Invocation]:
    for api_call in api_calls:
        if api_call.path.endswith(CREATE) and api_call.subject is _service(runner):
            for option in alternatives(api_call.get("state") or NONE):
                yield _invocation(api_call, option)


def _invocation(api_call: ApiCall, state: Value) -> Invocation:
    invocation = passing(api_call, state)
    return replace(invocation, closed=invocation.closed and not api_call.arguments.open)
