"""Messages that nobody gets, and answers that nobody hears: runtimes drop them without a word."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.effects import certainty
from wflint.frontends.autogen.core.agents import Agent
from wflint.frontends.autogen.core.delivering import Sending, delivered, sendings, sent_in_runs
from wflint.frontends.autogen.core.messages import MessageType, shown
from wflint.frontends.autogen.core.running import Running
from wflint.frontends.autogen.core.unanswered import unanswered
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import START


def losses_of(running: Running) -> Iterator[Loss]:
    """What is dropped, where every agent is known and no other code sees the messages."""
    if running.is_whole and not running.intercepts:
        begun = [Sending(START, sent, decided=False) for _, sent in running.begun]
        for sending in sent_in_runs(running, begun):
            yield from _undelivered(running, sending)
        if not running.draft.unresolved:
            yield from _unheard(running, (*begun, *sendings(running)))
            yield from unanswered(running)
    for name, agent in running.agents.items():
        yield from _hidden(name, agent)


def _undelivered(running: Running, sending: Sending) -> Iterator[Loss]:
    sent = sending.sent
    address = sent.addresses[0]
    if not sent.is_settled or address.type is None or any(True for _ in delivered(running, sending)):
        return
    kind, who = shown(sent.kinds.types[0]), "the caller" if sending.source == START else f'agent "{sending.source}"'
    names = running.subscribed(address.type) if address.is_topic else [address.type]
    others = [name for name in names if name != sending.source or not address.is_topic]
    agents = [running.agents.get(name) for name in others]
    if any(agent is None or agent.open or agent.takes_note for agent in agents):
        return
    subject = f"the {kind} that {who} {'publishes' if address.is_topic else 'sends'}"
    if not address.is_topic:
        reason = f'is dropped, and its answer is None: agent "{address.type}" has no handler for {kind}'
        advice, other = f"give it a handler for {kind}", running.draft.steps[address.type].definition
    elif others:
        listed = " and ".join(f'"{name}"' for name in others)
        reason = f'is dropped: of topic "{address.type}", {listed} {"has" if len(others) == 1 else "have"} no handler'
        advice, other = f"give an agent a handler for {kind}", running.draft.steps[others[0]].definition
    else:
        reason = f'is dropped: no other agent is subscribed to topic "{address.type}"'
        advice, other = "subscribe one, or publish to another topic", None
    step = None if sending.source == START else sending.source
    certain = certainty(step is None or not address.is_topic or _is_handled(running, sent.kinds.types[0]))
    yield Loss(LossKind.ROUTE, subject, sent.location.span, reason, advice, other, step, certain)


def _is_handled(running: Running, kind: MessageType) -> bool:
    """Whether some agent has a handler for a class; results may be published for nobody to begin with."""
    return any(kind in agent.takes_all for agent in running.agents.values())


def _unheard(running: Running, sendings: tuple[Sending, ...]) -> Iterator[Loss]:
    """What handlers return although their messages are only published, and nobody waits for an answer."""
    ways = [(way.target, way.kind, each.sent.is_asked) for each in sendings for way in delivered(running, each)]
    for name, agent in running.agents.items():
        coming = [(agent.handler_of(kind, asked=asked), asked) for target, kind, asked in ways if target == name]
        for handler in agent.handlers:
            answer = handler.answer if not handler.only_confirms else None
            if answer is not None and {asked for taker, asked in coming if taker is handler} == {False}:
                yield Loss(
                    LossKind.ROUTE,
                    f'what agent "{name}" returns',
                    answer.span,
                    "is dropped: its message is published, and nobody waits for an answer to that",
                    "publish it, or let the sender use send_message",
                    step=name,
                )


def _hidden(name: str, agent: Agent) -> Iterator[Loss]:
    """Handlers whose messages another one takes, which comes first by its name."""
    for handler in agent.handlers:
        firsts = [agent.handler_of(kind, asked=asked) for kind in handler.takes.types for asked in handler.ways]
        if firsts and handler not in firsts and all(first is not None and not first.chooses for first in firsts):
            first = firsts[0]
            assert first is not None
            yield Loss(
                LossKind.ROUTE,
                f'handler "{handler.function.name}" of agent "{name}"',
                handler.function.location.span,
                f'never runs: "{first.function.name}" takes the same messages and comes first, as the framework asks '
                "them in the order of their names",
                "tell the two apart with `match=`, or make one of them",
                first.function.location.span,
                name,
            )
