"""From the calls on a pipeline to its graph: components, connections, and what the framework would refuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft
from wflint.assembly.unmodelled import open_unmodelled
from wflint.evaluate.contents import item_if_there
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    NONE,
    Mapping,
    Object,
    Sequence,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.frontends.haystack.components import Component, component_of
from wflint.frontends.haystack.contracts import needs_of, offer_of
from wflint.frontends.haystack.fitting import fit
from wflint.frontends.haystack.prompts import asks, is_asked, is_told_all, told_by
from wflint.frontends.haystack.refused_connections import crowded, stray_sockets
from wflint.frontends.haystack.table import SETTING
from wflint.model.contract import Origin
from wflint.model.prompt import Prompt
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Choice, Edge, EdgeKind, FaultKind, FieldMapping, Route, Step, StepKind


class End(Struct, frozen=True):
    """One end of a connection: a component, and its socket where it is named."""

    component: str
    socket: str | None


class Connection(Struct, frozen=True):
    """Two sockets that are connected."""

    sender: End
    receiver: End
    span: Span
    certain: bool


Ways = dict[End, End]
"""An output that has to come, with the input of the component in question that waits for it in the end."""


class Awaited(Struct, frozen=True):
    """What components that are in no loop wait for of those that choose, by name, and the ones that lead to each."""

    ways: dict[str, Ways]
    above: dict[str, set[str]]


class PipelineDraft(Struct):
    """A pipeline on its way to a workflow; `added` are the values that the components came from.

    Each stands with where it is added, or where it is made, if the place adds several; `adding` says how many.
    `early` are components that a connection names before they are added.
    `settings` are what is set on objects after they are made, by object, in the calls that have been `looked_at`.
    `lenient` is true where the pipeline may not check the types of connections. `awaited` is known once it is folded.
    """

    interp: Interpreter
    draft: Draft
    components: dict[str, Component] = field(default_factory=dict)
    added: dict[str, tuple[Value, Span]] = field(default_factory=dict)
    adding: Counter[Span] = field(default_factory=Counter)
    connections: list[Connection] = field(default_factory=list)
    early: list[tuple[str, Span]] = field(default_factory=list)
    settings: dict[int, list[ApiCall]] = field(default_factory=dict)
    looked_at: int = 0
    lenient: bool = False
    awaited: Awaited = Awaited({}, {})

    def settle(self) -> None:
        """Give all connections the sockets that the framework would pick, once all components are known."""
        self.connections = [_settled(self, connection) for connection in self.connections]

    def arriving(self) -> dict[str, list[Connection]]:
        """The connections by the component that they lead to."""
        found: dict[str, list[Connection]] = {}
        for connection in self.connections:
            found.setdefault(connection.receiver.component, []).append(connection)
        return found

    def takes_one(self, name: str) -> bool:
        """Whether a component passes on one of the values that get to it."""
        made = self.added[name][0]
        return isinstance(made, Object) and last_of(made.path or "") in TAKING_ONE

    def settings_of(self, made: Value) -> list[ApiCall]:
        """What is set on an object after it is made."""
        for api_call in islice(self.interp.api_calls, self.looked_at, None):
            if api_call.method in SETTING:
                self.settings.setdefault(id(api_call.subject), []).append(api_call)
        self.looked_at = len(self.interp.api_calls)
        return self.settings.get(id(made), [])


def fold(pipeline: PipelineDraft, api_calls: list[ApiCall]) -> None:
    """Everything that was done to a pipeline."""
    open_unmodelled(pipeline.draft, api_calls, pipeline.interp.library_model)
    pipeline.adding = Counter(call.span for call in api_calls if call.method == "add_component")
    for api_call in api_calls:
        match api_call.method:
            case "add_component":
                _add(pipeline, api_call)
            case "add_components":
                _add_many(pipeline, api_call)
            case "connect":
                _connect(pipeline, api_call, api_call.get("sender", 0), api_call.get("receiver", 1))
            case "connect_many":
                _connect_many(pipeline, api_call)
            case _:
                pass
    pipeline.settle()
    _steps(pipeline)
    _edges(pipeline)
    _joins(pipeline)
    crowded(pipeline)


UNKNOWN_ENDS = "the ends of a connection are not known statically"

# -------------------------------------------------------------------------------------------------- components


def _add(pipeline: PipelineDraft, api_call: ApiCall) -> None:
    given, instance = api_call.get("name", 0), api_call.get("instance", 1)
    span = api_call.span
    names = [text_of(option) for option in pipeline.interp.possibilities(given)] if given is not None else [None]
    if None in names or instance is None:
        pipeline.draft.open("a component's name is not known statically", span, Aspect.STEPS)
    for name in names:
        if name is not None and instance is not None:
            _added(pipeline, name, instance, api_call)


def _add_many(pipeline: PipelineDraft, api_call: ApiCall) -> None:
    """Components by name, all at once."""
    for option in alternatives(api_call.get("components", 0) or NONE):
        if not isinstance(option, Mapping) or not option.closed:
            pipeline.draft.open("the components are not known statically", api_call.span, Aspect.STEPS)
        for name, instance in option.known() if isinstance(option, Mapping) else ():
            if isinstance(name, str):
                _added(pipeline, name, instance, api_call)


def _added(pipeline: PipelineDraft, name: str, instance: Value, api_call: ApiCall) -> None:
    span, several = api_call.span, pipeline.adding[api_call.span] > 1
    if name in pipeline.added:
        old, place = pipeline.added[name]
        if api_call.certain and old is not instance and place != span and not several:
            pipeline.draft.fault(FaultKind.DUPLICATE_STEP, name, span, place)
        return
    options = [option for option in alternatives(instance) if isinstance(option, Object)]
    chosen = options[0] if options else instance
    component = component_of(pipeline.interp, chosen, api_call.location, pipeline.settings_of(chosen))
    if len(options) > 1:
        component = replace(component, inputs_open=True, outputs_open=True, choosing=True)
    pipeline.components[name] = component
    pipeline.added[name] = (instance, chosen.site.span if isinstance(chosen, Object) and several else span)


def _steps(pipeline: PipelineDraft) -> None:
    """The components as steps; those with several senders wait for all that can still come."""
    arriving = pipeline.arriving()
    prompting: set[str] = set()
    for name, component in pipeline.components.items():
        _, span = pipeline.added[name]
        senders = {connection.sender.component for connection in arriving.get(name, ())}
        fed = {connection.receiver.socket for connection in arriving.get(name, ())}
        asking = [c.sender.component for c in arriving.get(name, ()) if asks(c.receiver.socket)]
        prompt = _prompt(pipeline, component, asking)
        prompting |= set(asking)
        filling = [each.sender.component for builder in asking for each in arriving.get(builder, ())]
        coded = any(
            one not in pipeline.components or pipeline.components[one].definition is not None for one in filling
        )
        told_all = not coded and is_told_all(pipeline.added[name][0], prompt)
        pipeline.draft.steps[name] = Step(
            name,
            component.kind,
            span,
            definition=component.definition,
            offers=tuple(
                replace(offer, from_model=offer.origins == FREE and told_all)
                for offer in (offer_of(socket, component, span) for socket in component.outputs)
            ),
            needs=tuple(needs_of(component, fed, span)),
            offers_open=component.outputs_open,
            needs_open=component.inputs_open,
            workflow=_nested(component),
            model=component.model,
            deferred=len(senders) > 1,
            takes_one=pipeline.takes_one(name),
            calls=component.calls,
            template_gaps=component.template_gaps,
            typed_inputs=component.typed_inputs,
            conduct=component.conduct,
            side_effects=component.side_effects,
            idle_tools=component.idle_tools,
            description=component.description or _asked(pipeline, component, senders),
            prompt=prompt,
        )
    for name in prompting & pipeline.components.keys():
        if pipeline.components[name].definition is None:
            pipeline.draft.steps[name] = replace(pipeline.draft.steps[name], fills_prompt=True)


FREE = (Origin.MODEL_TEXT,)


TAKING_ONE = frozenset({"BranchJoiner"})
"""Components of the library that pass on one of the values that they get."""


def _asked(pipeline: PipelineDraft, component: Component, senders: set[str]) -> str:
    """What a model is asked: the text of the prompt builder that feeds it."""
    known = [pipeline.components[name] for name in sorted(senders) if name in pipeline.components]
    return next((c.description for c in known if c.description), "") if component.kind is StepKind.AGENT else ""


def _prompt(pipeline: PipelineDraft, component: Component, senders: list[str]) -> Prompt | None:
    known = [(pipeline.components[name], *pipeline.added[name]) for name in senders if name in pipeline.components]
    return told_by(*known[0]) if is_asked(component) and len(known) == len(senders) == 1 else None


def _nested(component: Component) -> str | None:
    inner = component.pipeline
    return str(inner.location.span) if inner is not None and inner.location is not None else None


# ------------------------------------------------------------------------------------------------- connections


def _connect(pipeline: PipelineDraft, api_call: ApiCall, sender: Value | None, receiver: Value | None) -> None:
    span = api_call.span
    senders, receivers = list(_ends(pipeline, sender)), list(_ends(pipeline, receiver))
    if None in senders or None in receivers:
        known = [] if None in senders else [end.component for end in senders if end is not None]
        pipeline.draft.open(UNKNOWN_ENDS, span, Aspect.EDGES, *known)
    certain = api_call.certain and len(senders) == 1 and len(receivers) == 1
    pairs = ((first, second) for first in senders if first for second in receivers if second)
    pipeline.connections.extend(Connection(first, second, span, certain) for first, second in pairs)
    if certain:
        ends = {end.component for end in (*senders, *receivers) if end}
        pipeline.early += [(name, span) for name in sorted(ends) if name not in pipeline.added]


def _connect_many(pipeline: PipelineDraft, api_call: ApiCall) -> None:
    listed = api_call.get("connections", 0)
    for item in listed.content if isinstance(listed, Sequence) else ():
        pair = item_if_there(item)
        if isinstance(pair, Sequence) and len(pair.content) == 2:  # noqa: PLR2004 - a sender and a receiver
            _connect(pipeline, api_call, pair.content[0], pair.content[1])
        else:
            pipeline.draft.open(UNKNOWN_ENDS, api_call.span, Aspect.EDGES)
    if not isinstance(listed, Sequence):
        pipeline.draft.open("the connections are not known statically", api_call.span, Aspect.EDGES)


def _ends(pipeline: PipelineDraft, value: Value | None) -> Iterator[End | None]:
    """The ends that `"component.socket"` may mean; None for one that cannot be told."""
    for option in pipeline.interp.possibilities(value) if value is not None else (None,):
        text = text_of(option)
        if text is None:
            yield None
        else:
            component, _, socket = text.partition(".")
            yield End(component, socket or None)


def _edges(pipeline: PipelineDraft) -> None:
    pairs: dict[tuple[str, str], list[Connection]] = {}
    for connection in pipeline.connections:
        pairs.setdefault((connection.sender.component, connection.receiver.component), []).append(connection)
        stray_sockets(pipeline, connection)
    choices: dict[str, int] = {}
    connected = {connection.sender for connection in pipeline.connections}
    for (source, target), ways in pairs.items():
        component = pipeline.components.get(source)
        if component is not None and component.choosing and source not in choices:
            choices[source] = _choice(pipeline, source, component, connected)
        for number, way in enumerate(ways):
            pipeline.draft.add_edge(
                Edge(
                    source,
                    target,
                    EdgeKind.CONDITIONAL if component is not None and component.router else EdgeKind.DIRECT,
                    way.span,
                    certainty(way.certain),
                    label=way.sender.socket,
                    choice=choices.get(source),
                    field_map=_carried(pipeline, ways) if number == 0 else (),
                ),
                "connection target",
            )


def _joins(pipeline: PipelineDraft) -> None:
    """A component waits for every input that it does not run without, so for all who feed one of these alone."""
    arriving = pipeline.arriving()
    for name, component in pipeline.components.items():
        waited = {socket.name for socket in component.inputs if socket.required and not socket.implied}
        feeding: dict[str, list[str]] = {}
        for connection in arriving.get(name, ()):
            if connection.receiver.socket in waited:
                feeding.setdefault(connection.receiver.socket, []).append(connection.sender.component)
        sources = tuple(dict.fromkeys(senders[0] for senders in feeding.values() if len(senders) == 1))
        if len(sources) > 1:
            pipeline.draft.wait(sources, name, pipeline.added[name][1])


def _carried(pipeline: PipelineDraft, ways: list[Connection]) -> tuple[FieldMapping, ...]:
    return tuple(
        FieldMapping(way.sender.socket, way.receiver.socket, _fits(pipeline, way))
        for way in ways
        if way.sender.socket is not None and way.receiver.socket is not None
    )


def _fits(pipeline: PipelineDraft, way: Connection) -> bool:
    """Whether the types of two sockets may go together."""
    source, target = (pipeline.components.get(end.component) for end in (way.sender, way.receiver))
    outputs, inputs = source.outputs if source is not None else (), target.inputs if target is not None else ()
    given = [socket for socket in outputs if socket.name == way.sender.socket]
    taken = [socket for socket in inputs if socket.name == way.receiver.socket]
    return not way.certain or pipeline.lenient or all(fit(one, other) for one in given for other in taken)


def _choice(pipeline: PipelineDraft, source: str, component: Component, connected: set[End]) -> int:
    """What a component leaves out decides where the pipeline goes on; it ends where nobody takes what is left.

    An output that its code never returns ends nothing, where each return is seen to give somebody something.
    """
    span = pipeline.added[source][1]
    given = [socket for socket in component.outputs if socket.name not in component.never_given]
    routes = tuple(Route(socket.name, socket.span or span) for socket in given)
    several = not component.router
    taken = {socket.name for socket in component.outputs if End(source, socket.name) in connected}
    always = component.always and all(socket.name in taken for socket in component.outputs)
    always = always or (bool(component.together) and all(not taken.isdisjoint(keys) for keys in component.together))
    return pipeline.draft.choose(
        Choice(source, source, span, component.definition, routes, closed=always, exclusive=not several, is_goto=True)
    )


def _settled(pipeline: PipelineDraft, connection: Connection) -> Connection:
    """The connection with the sockets that the framework would pick where they are not named."""
    sender, receiver = connection.sender, connection.receiver
    source, target = pipeline.components.get(sender.component), pipeline.components.get(receiver.component)
    outputs = source.outputs if source is not None and not source.outputs_open else ()
    inputs = target.inputs if target is not None and not target.inputs_open else ()
    if sender.socket is None and len(outputs) == 1:
        sender = End(sender.component, outputs[0].name)
    if receiver.socket is None:
        given = [socket for socket in outputs if socket.name == sender.socket]
        taking = [socket for socket in inputs if all(fit(one, socket) for one in given)] or list(inputs)
        alike = [socket for socket in taking if socket.name == sender.socket]
        needed = [socket for socket in taking if socket.required]
        found = alike or (taking if len(taking) == 1 else needed if len(needed) == 1 else [])
        if len(found) == 1:
            receiver = End(receiver.component, found[0].name)
    if sender.socket is None and receiver.socket in {socket.name for socket in outputs}:
        sender = End(sender.component, receiver.socket)
    return replace(connection, sender=sender, receiver=receiver)
