"""Where a run of a pipeline begins: a loop is entered from outside through what the run passes."""

from __future__ import annotations

from wflint.frontends.haystack.invocations import Call
from wflint.frontends.haystack.pipeline import End, PipelineDraft
from wflint.model.strong_parts import strong_parts


def begins_with(pipeline: PipelineDraft, calls: tuple[Call, ...]) -> tuple[str, ...]:
    """The components that nobody feeds, and those in a loop that need nothing of what the loop feeds them."""
    senders: dict[str, set[str]] = {name: set() for name in pipeline.components}
    for connection in pipeline.connections:
        senders.setdefault(connection.receiver.component, set()).add(connection.sender.component)
    parts = strong_parts(senders, ((before, name) for name, feeding in senders.items() for before in feeding))
    loop_of = {name: frozenset(part) for part in parts for name in part}
    return tuple(
        name
        for name in pipeline.components
        if not senders[name] or (senders[name] <= loop_of[name] and _is_ready(pipeline, name, calls))
    )


def _is_ready(pipeline: PipelineDraft, name: str, calls: tuple[Call, ...]) -> bool:
    """Whether it can run before its loop has fed it; a run that is not seen may pass a joiner its one value."""
    component = pipeline.components[name]
    fed = {connection.receiver.socket for connection in pipeline.connections if connection.receiver.component == name}
    waited = [socket for socket in component.inputs if socket.required and socket.name in fed and not socket.implied]
    known = bool(calls) and all(call.closed for call in calls)
    passed = frozenset[End]().union(*(call.passed for call in calls))
    if component.inputs_open:
        return False
    if not known:
        return not waited or pipeline.takes_one(name)
    return all(not passed.isdisjoint({End(name, socket.name), End("", socket.name)}) for socket in waited)
