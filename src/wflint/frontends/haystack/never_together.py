"""Components that require outputs of which another one only ever gives one: they never run, and nothing is said."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from wflint.frontends.haystack.components import Component
from wflint.frontends.haystack.pipeline import Awaited, Connection, End, PipelineDraft, Ways
from wflint.model.loss import Loss, LossKind


def never_together(pipeline: PipelineDraft) -> Iterator[Loss]:
    """The first component of each way that waits for two outputs which one component gives instead of each other."""
    awaited = pipeline.awaited
    told: set[str] = set()
    for name in (each for each in pipeline.components if each in awaited.ways):
        found = _pair(pipeline, awaited.ways[name])
        if found is None or awaited.above[name] & told:
            continue
        told.add(name)
        (one, first), (other, second) = found
        span = pipeline.added[name][1]
        giving = f'"{one.component}" gives "{one.socket}" or "{other.socket}", never both'
        waited = f'"{first.socket}" waits for one of them and "{second.socket}" for the other'
        yield Loss(
            LossKind.JOIN,
            f'component "{name}"',
            span,
            f"never runs: {giving}, and {waited}",
            "give one of its inputs a default, or join the branches before it",
            pipeline.added[one.component][1],
            name,
        )


def awaited_in(pipeline: PipelineDraft) -> Awaited:
    """What each component that is in no loop waits for of those that choose, and the components above it.

    Nothing, where no component is seen to choose or not all connections are known.
    """
    if not any(len(component.together) > 1 for component in pipeline.components.values()):
        return Awaited({}, {})
    if pipeline.draft.unresolved or not all(connection.certain for connection in pipeline.connections):
        return Awaited({}, {})
    arriving = pipeline.arriving()
    above = {name: _above(arriving, name) for name in pipeline.components}
    once = sorted((name for name in above if name not in above[name]), key=lambda name: len(above[name]))
    choosing = {name for name in once if len(pipeline.components[name].together) > 1}
    awaited: dict[str, Ways] = {}
    for name in once:  # those before it come first: they have fewer above them
        awaited[name] = _awaited(pipeline.components[name], arriving.get(name, ()), awaited, choosing)
    return Awaited(awaited, above)


def _pair(pipeline: PipelineDraft, ways: Ways) -> tuple[tuple[End, End], tuple[End, End]] | None:
    """Two of some outputs that never come together."""
    ends = sorted(ways, key=lambda end: (end.component, end.socket or ""))
    for number, one in enumerate(ends):
        for other in ends[number + 1 :]:
            if one.component == other.component and _are_apart(pipeline, one, other):
                return (one, ways[one]), (other, ways[other])
    return None


def _are_apart(pipeline: PipelineDraft, one: End, other: End) -> bool:
    together = pipeline.components[one.component].together
    known = {socket for outputs in together for socket in outputs}
    both = {one.socket, other.socket}
    return both <= known and not any(both <= set(outputs) for outputs in together)


def _awaited(
    component: Component, arriving: Iterable[Connection], before: Mapping[str, Ways], choosing: Container[str]
) -> Ways:
    """The outputs of those that choose without which a component never runs, its own and those of the ones before it.

    What comes from a loop may come again, as another output: nothing is said of it.
    """
    found: Ways = {}
    for socket in component.inputs if not component.inputs_open else ():
        ways = [way for way in arriving if way.receiver.socket == socket.name]
        if socket.required and not socket.implied and len(ways) == 1:
            sender, own = ways[0].sender, ways[0].receiver
            chosen = (sender,) if sender.component in choosing else ()
            for end in (*before.get(sender.component, ()), *chosen):
                found.setdefault(end, own)
    return found


def _above(arriving: dict[str, list[Connection]], name: str) -> set[str]:
    """The components from which a way leads to one."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        senders = {way.sender.component for way in arriving.get(waiting.pop(), ())} - found
        found |= senders
        waiting += senders
    return found
