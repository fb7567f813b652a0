"""Answers that a sender reads a part of, of handlers that give none: what comes back is None."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.held_results import HeldResult, held_in, held_result
from wflint.assembly.signatures import gives_nothing
from wflint.evaluate.events import ApiCall
from wflint.frontends.autogen.core.agents import MessageHandler
from wflint.frontends.autogen.core.delivering import Sending, delivered, sendings
from wflint.frontends.autogen.core.running import Running
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import START
from wflint.source import code
from wflint.source.walking import body_of, nodes_in


def unanswered(running: Running) -> Iterator[Loss]:
    """Every part that is read of such an answer, where all who take the message are known to give none."""
    begun = ((Sending(START, sent, decided=False), call) for call, sent in running.begun)
    for sending, call in (*begun, *((each, None) for each in sendings(running))):
        if not sending.sent.is_asked or not sending.sent.is_settled:
            continue
        takers = list(_takers(running, sending))
        if not takers or not all(gives_nothing(handler.function) for _, handler in takers):
            continue
        held = _held(sending, call)
        read = _part_read(held) if held is not None else None
        if read is not None:
            name, handler = takers[0]
            yield Loss(
                LossKind.ABSENT,
                f'"{read.name}"',
                sending.sent.location.module.span(read.at),
                f'is read of what agent "{name}" answers, but its handler "{handler.function.name}" returns nothing: '
                "the answer is None",
                "return the answer in the handler",
                handler.function.location.span,
                None if sending.source == START else sending.source,
            )


def _takers(running: Running, sending: Sending) -> Iterator[tuple[str, MessageHandler]]:
    """The handlers that a message comes to, each with its agent."""
    for way in delivered(running, sending):
        agent = running.agents.get(way.target)
        handler = agent.handler_of(way.kind, asked=True) if agent is not None and not agent.open else None
        if handler is None:
            return
        yield way.target, handler


def _held(sending: Sending, call: ApiCall | None) -> HeldResult | None:
    if call is not None:
        return held_result(call)
    function = sending.handler.function if sending.handler is not None else None
    inside = function is not None and function.module is sending.sent.location.module
    return held_in(body_of(function.node), sending.sent.location.at) if function is not None and inside else None


def _part_read(held: HeldResult) -> code.Attribute | None:
    """The first part of the answer that is read, where nothing asks before whether there is one."""
    if not held.is_awaited or any(map(held.holds, _tested(held))):
        return None
    parts = [node for node in held.nodes if isinstance(node, code.Attribute) and held.holds(node.value)]
    return min(parts, key=lambda node: node.at) if parts else None


def _tested(held: HeldResult) -> Iterator[code.ExprT]:
    """What code tests as a whole, compares with None, or asks the class of."""
    for node in held.nodes:
        match node:
            case code.If(test=test) | code.IfExp(test=test) | code.While(test=test):
                yield from _whole(test)
            case code.Assert(test=test):
                yield from _whole(test)
            case code.Compare(left=left):
                yield left
            case code.Call(func=code.Name(id="isinstance" | "hasattr" | "getattr"), args=(asked, *_)):
                yield asked
            case code.Try(body=body, handlers=(_, *_)):
                yield from (each for each in nodes_in(body) if isinstance(each, code.Name))
            case _:
                pass


def _whole(test: code.ExprT) -> Iterator[code.ExprT]:
    match test:
        case code.Boolean(left=left, right=right):
            yield from _whole(left)
            yield from _whole(right)
        case code.Unary(operand=operand):
            yield from _whole(operand)
        case _:
            yield test
