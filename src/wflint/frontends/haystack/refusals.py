"""What pipelines refuse while they are built and when they are run (haystack-ai 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.sequences import is_unset
from wflint.evaluate.values import Object
from wflint.frontends.haystack.invocations import Call
from wflint.frontends.haystack.pipeline import Connection, End, PipelineDraft
from wflint.frontends.haystack.ready_made import required_in_vain
from wflint.frontends.haystack.refused_components import refused_component
from wflint.frontends.haystack.releases import ASKED
from wflint.frontends.haystack.sockets import Socket
from wflint.frontends.haystack.table import SUPER
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind

BUILD = "the pipeline does not build"
RUN = "the run fails: a component returns a dict of its outputs"


def refused_parts(pipeline: PipelineDraft) -> Iterator[Fault]:
    """Names that no component may have, components that are added twice, and connections that cannot be made."""
    for name, (made, span) in pipeline.added.items():
        if "." in name or name == "_debug":
            yield Fault(FaultKind.RESERVED_NAME, name, span)
        if (where := pipeline.components[name].no_dict) is not None:
            yield _refused(f'what component "{name}" returns', where, span, RUN)
        yield from refused_component(pipeline.interp, name, made, span, pipeline.settings_of(made))
    firsts: dict[Object, tuple[str, Span]] = {}
    for name, (made, span) in pipeline.added.items():
        if isinstance(made, Object) and made.location is not None:
            first, before = firsts.setdefault(made, (name, span))
            if before != span:
                yield _refused(f'one component as "{first}" and "{name}"', span, before)
    for connection in pipeline.connections:
        yield from _connection(pipeline, connection)
    for name, span in pipeline.early:
        if name in pipeline.added:
            yield _refused(f'a connection of "{name}" before it is added', span, pipeline.added[name][1])


Owners = dict[Object, tuple[Object, Span]]
"""The pipeline that a component was added to first, and where."""


def shared_parts(pipeline: PipelineDraft, made: Object, owners: Owners) -> Iterator[Fault]:
    """Components that another pipeline has already."""
    for name, (part, span) in pipeline.added.items():
        if not isinstance(part, Object) or part.location is None or part.speculative or made.speculative:
            continue
        owner, before = owners.setdefault(part, (made, span))
        if owner is not made and owner.site != made.site and before != span:
            yield _refused(f'component "{name}", which another pipeline has already', span, before)


def merged_outputs(pipeline: PipelineDraft, made: Object) -> Iterator[Fault]:
    """Two outputs of one name of a pipeline that is a component and does not say what they are called outside."""
    wrappers = [each for each in pipeline.interp.objects if each.path == SUPER and each.location is not None]
    taken = {connection.sender for connection in pipeline.connections}
    known = not pipeline.draft.unresolved and not any(each.outputs_open for each in pipeline.components.values())
    for wrapper in wrappers if known else ():
        plain = (
            wrapper.cls is None and not wrapper.arguments.open and is_unset(wrapper.arguments.get("output_mapping", 2))
        )
        if wrapper.arguments.get("pipeline", 0) is not made or not plain:
            continue
        firsts: dict[str, str] = {}
        for name, component in pipeline.components.items():
            for socket in component.outputs:
                first = firsts.setdefault(socket.name, name) if End(name, socket.name) not in taken else name
                if first != name:
                    subject = f'the output "{socket.name}" of a nested pipeline'
                    why = f'both "{first}" and "{name}" have it: name them with `output_mapping`'
                    yield _refused(subject, wrapper.site.span, pipeline.added[name][1], why)


def _connection(pipeline: PipelineDraft, connection: Connection) -> Iterator[Fault]:
    """A connection to itself, of a component that declares no output, or one that may mean several."""
    source = pipeline.components.get(connection.sender.component)
    target = pipeline.components.get(connection.receiver.component)
    if connection.certain and connection.sender.component == connection.receiver.component:
        yield _refused(f'a connection of "{connection.sender.component}" to itself', connection.span)
    elif source is None or not connection.certain:
        return
    elif source.silent:
        place = pipeline.added[connection.sender.component][1]
        text = f'a connection from "{connection.sender.component}", whose `run` declares no output types'
        yield _refused(text, connection.span, place)
    elif target is not None and not (source.outputs_open or target.inputs_open):
        outputs = _meant(source.outputs, connection.sender.socket)
        inputs = _meant(target.inputs, connection.receiver.socket)
        alike = [(one, other) for one in outputs for other in inputs if one.type and one.type == other.type]
        if len(alike) > 1 and not {socket.name for socket in outputs} & {socket.name for socket in inputs}:
            first, second = connection.sender.component, connection.receiver.component
            pairs = " and ".join(f"{first}.{one.name} to {second}.{other.name}" for one, other in alike[:2])
            yield _refused(f'a connection from "{first}" to "{second}" that may be {pairs}', connection.span)


def _meant(sockets: tuple[Socket, ...], name: str | None) -> list[Socket]:
    return [socket for socket in sockets if name in (None, socket.name)]


def _refused(text: str, span: Span, other: Span | None = None, why: str = BUILD) -> Fault:
    return Fault(FaultKind.REFUSED, text, span, other, why)


def refused_inputs(pipeline: PipelineDraft, passed: frozenset[End], span: Span) -> Iterator[Fault]:
    """What a run is given for components or inputs that are not there, or that take one value and are connected."""
    taken = {connection.receiver for connection in pipeline.connections}
    for end in sorted(passed, key=lambda end: (end.component, end.socket or "")):
        component = pipeline.components.get(end.component)
        named = f'"{end.component}.{end.socket}"' if end.socket else f'"{end.component}"'
        if not end.component or (component is not None and component.inputs_open):
            continue
        socket = next((s for s in component.inputs if s.name == end.socket), None) if component is not None else None
        if end.socket is not None and socket is None:
            yield Fault(FaultKind.REFUSED, f"the input {named} of a run", span, detail="there is no such input")
        elif socket is not None and not socket.many and end in taken:
            yield Fault(FaultKind.REFUSED, f"the input {named} of a run", span, detail="it is connected already")


def strangers(call: Call, names: frozenset[str | None]) -> Iterator[Fault]:
    """The names that a run passes inputs to and that are none of `names`; a name of an input alone is none of these."""
    for name, span in (each for each in call.strangers if each[0] not in names):
        detail = "the pipeline has no component of that name"
        yield Fault(FaultKind.REFUSED, f'the inputs of "{name}" in a run', span, detail=detail)


def starved(pipeline: PipelineDraft, passed: frozenset[End]) -> Iterator[Fault]:
    """A component that waits for what only comes after it, so that no component can begin."""
    feeding: dict[End, list[str]] = {}
    for connection in pipeline.connections:
        feeding.setdefault(connection.receiver, []).append(connection.sender.component)
    running: set[str] = set()
    while new := {
        n for n in pipeline.components if n not in running and _can_run(pipeline, n, passed, feeding, running)
    }:
        running |= new
    blocked = [name for name in pipeline.components if name not in running]
    waits = [wait for name in blocked if (wait := _wait(pipeline, name, passed, feeding, running)) is not None]
    if waits and len(waits) == len(blocked):
        name, socket, sender, _ = max(waits, key=lambda wait: wait[3])
        why = f'"{name}.{socket}" is fed by "{sender}" alone, which runs only after it'
        yield Fault(FaultKind.REFUSED, "every run: all components wait", pipeline.added[name][1], detail=why)


Feeding = dict[End, list[str]]


def _can_run(pipeline: PipelineDraft, name: str, passed: frozenset[End], feeding: Feeding, running: set[str]) -> bool:
    component = pipeline.components[name]
    if component.inputs_open:
        return True
    required = [socket for socket in component.inputs if socket.required and not socket.implied]
    given = [_is_given(End(name, socket.name), passed, feeding, running) for socket in required]
    senders = [sender for end, names in feeding.items() if end.component == name for sender in names]
    told = any(end.component in (name, "") for end in passed)
    return all(given) and (bool(required) or told or not senders or not running.isdisjoint(senders))


def _is_given(end: End, passed: frozenset[End], feeding: Feeding, running: set[str]) -> bool:
    if end in passed or End("", end.socket) in passed:
        return True
    return not running.isdisjoint(feeding.get(end, ()))


def _wait(
    pipeline: PipelineDraft, name: str, passed: frozenset[End], feeding: Feeding, running: set[str]
) -> tuple[str, str, str, int] | None:
    """What a blocked component waits for, from whom, and how much it has; None where nobody feeds it."""
    required = [s for s in pipeline.components[name].inputs if s.required and not s.implied]
    lacking = [s.name for s in required if not _is_given(End(name, s.name), passed, feeding, running)]
    if not lacking or any(End(name, socket) not in feeding for socket in lacking):
        return None
    return name, lacking[0], feeding[End(name, lacking[0])][0], len(required) - len(lacking)


def unfed(pipeline: PipelineDraft, passed: frozenset[End]) -> Iterator[Fault]:
    """The inputs that a component does not run without, that nobody is connected to and the call does not pass.

    An end without a component stands for an input that is passed by its own name, to whoever has it.
    """
    connected = {connection.receiver for connection in pipeline.connections}
    fed = connected | passed
    sockets: dict[str, set[str | None]] = {}
    for end in connected:
        sockets.setdefault(end.component, set()).add(end.socket)
    if not pipeline.components.keys() >= {end.component for end in connected}:
        return  # a connection to a name that no component has may be meant to feed any
    for name, (made, place) in pipeline.added.items():
        others = {End(owner, socket) for owner in (name, "") for socket in ("template", "template_variables")}
        for lacked in required_in_vain(made) if isinstance(made, Object) and others.isdisjoint(fed) else ():
            why = "neither its template nor its `variables` have it: the run fails"
            yield Fault(FaultKind.REFUSED, f'the required variable "{lacked}" of "{name}"', place, detail=why)
    for name, component in pipeline.components.items():
        known = {socket.name for socket in component.inputs}
        if not sockets.get(name, set()) <= known:
            continue  # what the connection is meant to feed cannot be told
        for socket in component.inputs:
            ends = {End(name, socket.name), End("", socket.name)}
            if socket.required and ends.isdisjoint(fed):
                detail = "no connection feeds it and no run passes it"
                place = pipeline.added[name][1]
                fault = Fault(FaultKind.UNFED_INPUT, f"{name}.{socket.name}", place, detail=detail, step=name)
                yield from ASKED.fault(pipeline.interp, fault) if socket.implied else (fault,)
