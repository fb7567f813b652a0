"""Who gets which message: the edges between the agents of a runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

from msgspec import Struct

from wflint.assembly.contracts.effects import certainty
from wflint.evaluate.interpreter import Interpreter
from wflint.frontends.autogen.core.agents import Agent, MessageHandler
from wflint.frontends.autogen.core.messages import Address, MessageType, Sent, shown
from wflint.frontends.autogen.core.running import Running
from wflint.frontends.autogen.core.steps import message_of
from wflint.model.grouping import grouped
from wflint.model.workflow import START, Aspect, Choice, Edge, EdgeKind


class Sending(Struct, frozen=True):
    """A message with who sends it; `decided` where its sender does not always send it, `handler` the code that does."""

    source: str
    sent: Sent
    decided: bool
    handler: MessageHandler | None = None


class Delivered(Struct, frozen=True):
    """A message that gets to an agent; `sure` where that is known of its class and its address."""

    target: str
    kind: MessageType
    sure: bool


def deliver(interp: Interpreter, running: Running) -> None:
    """Add the edges of all that is sent."""
    for call, sent in running.begun:
        _hand_on(interp, running, Sending(START, sent, decided=not call.certain))
    for sending in sendings(running):
        _hand_on(interp, running, sending)
    for name, agent in running.agents.items():
        if agent.open:
            span = running.draft.steps[name].span
            running.draft.open(f'the code of agent "{name}" is not known statically', span, Aspect.EDGES, name)
    _decide(running)


def sendings(running: Running) -> Iterator[Sending]:
    """What the agents send each other."""
    for name, agent in running.agents.items():
        several = len(agent.handlers) > 1
        for handler in agent.handlers:
            for sent in handler.sent:
                yield Sending(name, sent, several or handler.chooses or not sent.certain, handler)


def sent_in_runs(running: Running, begun: Iterable[Sending]) -> Iterator[Sending]:
    """What comes of what is sent from outside: that, and all that the handlers send to which some of it gets.

    Where nobody is seen to begin, an agent's only handler may be what a run begins with; of several nobody knows.
    """
    by_handler = grouped(sendings(running), lambda sending: id(sending.handler))
    pending, seen = list(begun), set[int]()
    if not running.is_entered:
        alone = [agent.handlers[0] for agent in running.agents.values() if len(agent.handlers) == 1]
        seen.update(map(id, alone))
        pending += [sending for handler in alone for sending in by_handler.get(id(handler), ())]
    while pending:
        sending = pending.pop()
        yield sending
        for way in delivered(running, sending):
            agent = running.agents.get(way.target)
            handler = agent.handler_of(way.kind, asked=sending.sent.is_asked) if agent is not None else None
            if handler is not None and id(handler) not in seen:
                seen.add(id(handler))
                pending += by_handler.get(id(handler), ())


def _hand_on(interp: Interpreter, running: Running, sending: Sending) -> None:
    sent = sending.sent
    targets = list(delivered(running, sending))
    kind = EdgeKind.CONDITIONAL if sending.decided else EdgeKind.DIRECT
    if kind is EdgeKind.DIRECT and len({each.target for each in targets}) > 1:
        kind = EdgeKind.FAN_OUT
    agent = running.agents.get(sending.source)
    for each in targets:
        edge = Edge(
            sending.source,
            each.target,
            kind,
            sent.location.span,
            certainty(each.sure and (not sending.decided or sending.source != START)),
            shown(each.kind),
            fan_out=sent.is_repeated,
            limited=sent.is_repeated and not sent.is_at_once,
            message=message_of(interp, agent, each.kind) if agent is not None else None,
        )
        running.draft.add_edge(edge, "message target")
    _tell_unknown(running, sending)


def delivered(running: Running, sending: Sending) -> Iterator[Delivered]:
    """The agents that a message gets to."""
    for address in sending.sent.addresses:
        one_topic = not address.returned or len(running.topics_of(sending.source)) == 1
        yield from _delivered_at(running, sending, address, sure=sending.sent.is_settled and one_topic)


def _delivered_at(running: Running, sending: Sending, address: Address, *, sure: bool) -> Iterator[Delivered]:
    """The agents that a message to one address gets to; one that nobody registered is a name of no step."""
    sent = sending.sent
    for name in _addressed(running, sending, address):
        agent = running.agents.get(name)
        if agent is not None:
            kinds = _taken(sent, agent.takes_all)
            yield from (Delivered(name, kind, sure) for kind in kinds if agent.takes_a(kind, asked=sent.is_asked))
        elif not running.is_shared and sent.kinds.types:
            yield Delivered(name, sent.kinds.types[0], sure)


def _addressed(running: Running, sending: Sending, address: Address) -> list[str]:
    """The agent types that an address stands for; what one publishes does not come back to it."""
    if not address.is_topic:
        return [address.type] if address.type is not None else []
    topics = running.topics_of(sending.source) if address.returned else [address.type]
    names = [name for topic in topics if topic is not None for name in running.subscribed(topic)]
    return [name for name in dict.fromkeys(names) if name != sending.source]


def _taken(sent: Sent, all_kinds: tuple[MessageType, ...]) -> tuple[MessageType, ...]:
    """The classes that a message may be of, as far as its receiver tells them apart."""
    return tuple(dict.fromkeys((*sent.kinds.types, *(all_kinds if sent.kinds.open else ()))))


def _tell_unknown(running: Running, sending: Sending) -> None:
    """What the source does not tell about a message."""
    sent, who = sending.sent, sending.source
    for address in sent.addresses:
        hidden = address.type is None and not (address.returned and running.topics_of(who))
        if hidden:
            what = "the topic" if address.is_topic else "the receiver"
            running.draft.open(f"{what} of a message is not known statically", sent.location.span, Aspect.EDGES, who)
    if sent.kinds.open:
        running.draft.open("the class of a message is not known statically", sent.location.span, Aspect.EDGES, who)


def _decide(running: Running) -> None:
    """An agent that need not send a message decides by itself whether anybody follows."""
    draft = running.draft
    decided = grouped((way for way, edge in draft.edges.items() if edge.kind is EdgeKind.CONDITIONAL), itemgetter(0))
    for source, agent in running.agents.items():
        ways = decided.get(source)
        if ways:
            step = draft.steps[source]
            span = step.definition or step.span
            together = tuple(dict.fromkeys(_together(running, source, agent)))
            choice = Choice(source, source, span, span, closed=True, exclusive=False, is_goto=True, together=together)
            draft.choose(choice, ways)


def _together(running: Running, source: str, agent: Agent) -> Iterator[tuple[str, ...]]:
    """Who may be sent something in one run of an agent: a run is one of one handler."""
    for handler in agent.handlers:
        always: list[str] = []
        others: list[list[str]] = []
        for sent in handler.sent:
            sending = Sending(source, sent, decided=True)
            ways = [[each.target for each in _delivered_at(running, sending, a, sure=True)] for a in sent.addresses]
            if sent.certain and len(ways) == 1:
                always += ways[0]
            else:
                others += ways
        whole = [name for each in others for name in each] if len(handler.sent) > 1 else []
        for chosen in (*(others or [[]]), whole):
            if always or chosen:
                yield tuple(dict.fromkeys((*always, *chosen)))
