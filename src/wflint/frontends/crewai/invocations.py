"""Where crews and flows are run, and what they are given there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from wflint.assembly.chains.going_on import goes_on
from wflint.assembly.invocations import distinct, passing
from wflint.assembly.result_uses import UsedFields
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import NONE, Location, Mapping, Object, RepeatedElement, Sequence, Value, alternatives
from wflint.frontends.crewai.table import TRYING
from wflint.model.workflow import Invocation

Taking = Callable[[Location], UsedFields]
"""What is used of the state of a flow that is made at a place."""


def invocations_of(api_calls: list[ApiCall], *, closed: bool) -> tuple[Invocation, ...]:
    """The runs among the events of one workflow; not `closed` where a hook may add to what is passed."""
    found: list[Invocation] = []
    for api_call in api_calls:
        inputs = api_call.get("inputs", 1 if api_call.method in TRYING else 0)
        known = closed and not api_call.arguments.open
        runs = (passing(api_call, given) for given in _each(inputs))
        found += (replace(run, closed=known and run.closed) for run in runs)
    return distinct(found)


def flow_invocations(
    api_calls: list[ApiCall], taking: Taking, *, closed: bool, kept: bool = False
) -> tuple[Invocation, ...]:
    """The runs of a flow: its state also gets what the flow was made with, and what was set in it before.

    Not `closed` where a hook may add to what is passed; `kept` where the state outlives the flow, under its id.
    """
    found = [
        (api_call, replace(run, goes_on=kept and goes_on(api_call, _identity(api_call))))
        for api_call in api_calls
        for run in invocations_of([api_call], closed=closed)
    ]
    return tuple(
        dict.fromkeys(_used(api_call.subject, _with_state(api_call.subject, run), taking) for api_call, run in found)
    )


def _identity(api_call: ApiCall) -> Value | None:
    """The id of the state that a run takes up."""
    inputs = api_call.get("inputs", 0)
    return inputs.content.get("id") if isinstance(inputs, Mapping) else None


def _used(flow: Value, invocation: Invocation, taking: Taking) -> Invocation:
    """The run with what the code that has made the flow uses of its state."""
    taken = taking(flow.location) if isinstance(flow, Object) and flow.location is not None else UsedFields()
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
    for option in alternatives(inputs) if inputs is not None else (NONE,):
        if not isinstance(option, Sequence):
            yield option
            continue
        for item in option.content:
            yield from alternatives(item.value if isinstance(item, RepeatedElement) else item)
