"""Connections that the framework refuses: to a socket that nobody has, and two to a socket that takes one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.frontends.haystack.sockets import Socket
from wflint.model.workflow import FaultKind

if TYPE_CHECKING:
    from wflint.frontends.haystack.pipeline import Connection, End, PipelineDraft


def stray_sockets(pipeline: PipelineDraft, connection: Connection) -> None:
    """Sockets that a component, all of whose sockets are known, does not have."""
    source, target = (pipeline.components.get(end.component) for end in (connection.sender, connection.receiver))
    if source is not None and not source.outputs_open:
        _stray(pipeline, connection, connection.sender, source.outputs, "output")
    if target is not None and not target.inputs_open:
        _stray(pipeline, connection, connection.receiver, target.inputs, "input")


def _stray(pipeline: PipelineDraft, connection: Connection, end: End, sockets: tuple[Socket, ...], kind: str) -> None:
    names = [socket.name for socket in sockets]
    if end.socket is None or end.socket in names or not connection.certain:
        return
    part = f"the {kind} {end.socket} of component {end.component}"
    detail = f"a connection names it, but the component has {', '.join(names)}" if names else "a connection names it"
    _, place = pipeline.added[end.component]
    pipeline.draft.fault(FaultKind.MISSING_PART, part, connection.span, place, detail)


def crowded(pipeline: PipelineDraft) -> None:
    """An input that two senders feed, although it takes one value."""
    fed: dict[End, Connection] = {}
    for settled in pipeline.connections:
        component = pipeline.components.get(settled.receiver.component)
        sockets = component.inputs if component is not None and not component.inputs_open else ()
        single = any(socket.name == settled.receiver.socket and not socket.many for socket in sockets)
        first = fed.setdefault(settled.receiver, settled)
        if not single or first is settled or not (first.certain and settled.certain) or first.sender == settled.sender:
            continue
        crowded = f"{settled.receiver.component}.{settled.receiver.socket}"
        detail = f'both "{first.sender.component}" and "{settled.sender.component}" are connected to it'
        pipeline.draft.fault(FaultKind.SECOND_SENDER, crowded, settled.span, first.span, detail)
