"""Whether a step can take what the one before it sends: the framework refuses edges between types that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.type_fit import LIST, PLAIN, known_kind, never_fits
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.types import show
from wflint.evaluate.values import NONE, Const, Generic, Location, Object, Text, Value, alternatives, text_of
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.participants import is_agent
from wflint.frontends.agent_framework.refusals import is_plain
from wflint.model.contract import Certainty
from wflint.model.grouping import grouped
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import START, EdgeKind, Fault, FaultKind


def unhandled(building: Building) -> Iterator[Fault]:
    """The edges along which nothing can come that the target has a handler for; joins hand on lists."""
    yield from _unlisted(building)
    for (source, target), edge in building.draft.edges.items():
        sender, receiver = building.read.get(source), building.read.get(target)
        sure = edge.certainty is Certainty.CERTAIN and edge.kind is not EdgeKind.FAN_IN
        if not sure or sender is None or receiver is None or not sender.gives or not receiver.handles:
            continue
        if all(never_fits(given, taken) for given in sender.gives for taken in receiver.handles):
            sent = " or ".join(dict.fromkeys(show(given) or "it" for given in sender.gives))
            detail = f'step "{source}" sends {sent}'
            part = f"a handler of {target} for {sent}"
            yield Fault(FaultKind.MISSING_PART, part, edge.span, receiver.step.definition, detail)


def unheard(building: Building) -> Iterator[Loss]:
    """The messages that no step which an edge leads to has a handler for; a join hands on lists of what it is sent."""
    leaving = grouped(building.draft.edges.values(), lambda edge: edge.source)
    for source, sender in building.read.items():
        edges = leaving.get(source, [])
        receivers = [building.read.get(edge.target) for edge in edges]
        if not edges or building.draft.unresolved or any(edge.kind is EdgeKind.FAN_IN for edge in edges):
            continue
        taken = [type_ for receiver in receivers if receiver is not None for type_ in receiver.handles]
        if not all(receiver is not None and receiver.handles for receiver in receivers):
            continue
        if any(_may_inherit_handlers(building.values.get(edge.target)) for edge in edges):
            continue
        for sent in sender.sent if any(_may_take(type_, one.value) for one in sender.sent for type_ in taken) else ():
            if sent.target is None and not any(_may_take(type_, sent.value) for type_ in taken):
                targets = " or ".join(dict.fromkeys(f'"{edge.target}"' for edge in edges))
                yield Loss(
                    LossKind.ROUTE,
                    f'a message of step "{source}"',
                    sent.location.span,
                    f"is dropped: {targets}, where its edges lead, takes no {_shown(sent.value)}",
                    "add an edge to a step that takes it, or a handler for it",
                    edges[0].span,
                    source,
                )


def _may_inherit_handlers(value: Value | None) -> bool:
    """Whether an executor's class is made of more than the source shows and the framework's own base."""
    return isinstance(value, Object) and value.cls is not None and not is_plain(value.cls)


def _may_take(taken: Value, message: Value) -> bool:
    return any(not _never_takes(taken, option) for option in alternatives(message))


def _shown(message: Value) -> str:
    """What kind of thing a message is that no handler takes."""
    if isinstance(message, Object) and message.cls is not None:
        return message.cls.name
    return "text" if text_of(message) is not None or isinstance(message, Text) else "such message"


def unfit_agent(building: Building, wrapped: Location) -> Iterator[Fault]:
    """A start that takes no list of messages, where the whole workflow is wrapped as an agent."""
    starts = [building.read[way[1]] for way in building.draft.edges if way[0] == START and way[1] in building.read]
    for start in starts if len(starts) == 1 else ():
        if start.handles and all(_takes_no_message_list(taken) for taken in start.handles):
            part = f"a handler of {start.step.id} for list[Message]"
            detail = "a workflow as an agent begins with the messages of the conversation"
            yield Fault(FaultKind.MISSING_PART, part, wrapped.span, start.step.definition, detail)


def unfit_message(building: Building, api_call: ApiCall) -> Iterator[Fault]:
    """A message that the workflow is run with and its start has no handler for."""
    starts = [building.read[way[1]] for way in building.draft.edges if way[0] == START and way[1] in building.read]
    message = api_call.get("message", 0)
    if message is None or len(starts) != 1:
        return
    for start in starts:
        if start.handles and all(_never_takes(taken, message) for taken in start.handles):
            taken = " or ".join(dict.fromkeys(show(type_) or "it" for type_ in start.handles))
            subject, detail = "the message of a run", f'step "{start.step.id}" takes {taken}'
            yield Fault(FaultKind.REFUSED, subject, api_call.span, start.step.definition, detail)


def _never_takes(taken: Value, message: Value) -> bool:
    if isinstance(message, Text) or (isinstance(message, Const) and message != NONE):
        kind = "text" if isinstance(message, Text) else PLAIN.get(type(message.value).__name__)
        return isinstance(known_kind(taken), Class) or known_kind(taken) not in (None, kind)
    return isinstance(message, Object) and message.cls is not None and never_fits(message.cls, taken)


def _takes_no_message_list(taken: Value) -> bool:
    """Whether a type is known to be no list, or a list of plain values or of the source's own classes."""
    if known_kind(taken) != LIST:
        return known_kind(taken) is not None
    element = taken.arguments[0] if isinstance(taken, Generic) and taken.arguments else None
    return element is not None and known_kind(element) is not None


def _unlisted(building: Building) -> Iterator[Fault]:
    """The joins that lead to a step which takes no list of what is sent."""
    for join in building.draft.joins:
        agent = next((name for name in join.sources if is_agent(building.values.get(name))), None)
        if agent is not None and is_agent(building.values.get(join.target)):
            part = f"a handler of {join.target} for list[AgentExecutorResponse]"
            detail = f'a join hands on a list of the answers of "{agent}" and others, and no agent takes one'
            yield Fault(FaultKind.MISSING_PART, part, join.span, detail=detail)
            continue
        receiver = building.read.get(join.target)
        senders = [building.read.get(name) for name in join.sources]
        given = [type_ for sender in senders if sender is not None for type_ in sender.gives]
        if receiver is None or not receiver.handles or not given or None in senders:
            continue
        if all(_takes_no_list(taken, given) for taken in receiver.handles):
            sent = " | ".join(dict.fromkeys(show(type_) or "it" for type_ in given))
            part = f"a handler of {join.target} for list[{sent}]"
            detail = "a join hands on a list of the messages of all its sources"
            yield Fault(FaultKind.MISSING_PART, part, join.span, receiver.step.definition, detail)


def _takes_no_list(taken: Value, given: list[Value]) -> bool:
    """Whether a type is known to be no list, or a list of nothing of that kind."""
    if known_kind(taken) != LIST:
        return known_kind(taken) is not None
    element = taken.arguments[0] if isinstance(taken, Generic) and taken.arguments else None
    return element is not None and all(never_fits(type_, element) for type_ in given)
