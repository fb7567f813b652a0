"""Pauses that a step's own code catches: a pause is an exception, and whoever catches all of them catches it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.assembly.contracts.pauses import is_pause
from wflint.frontends.langgraph.steps import PAUSES, ReadStep
from wflint.model.loss import Loss, LossKind
from wflint.source.code import Attribute, Call, ExceptHandler, Name, Raise, Try
from wflint.source.walking import body_of, nodes_in

CATCHING = frozenset({"Exception", "BaseException", "GraphInterrupt", "GraphBubbleUp"})


def swallowed_pauses(read: Mapping[str, ReadStep]) -> Iterator[Loss]:
    """The pauses in a `try` that catches everything and raises nothing."""
    for name, step in read.items():
        summary = step.summary
        stops = [call for call in summary.calls if is_pause(call, PAUSES)] if summary is not None else []
        body = body_of(summary.function.node) if summary is not None and stops else ()
        for node in nodes_in(body):
            caught = next((each for each in node.handlers if _catches(each)), None) if isinstance(node, Try) else None
            if not isinstance(node, Try) or caught is None or any(isinstance(n, Raise) for n in nodes_in(caught.body)):
                continue
            inside = {each.at for each in nodes_in(node.body) if isinstance(each, Call)}
            for call in stops:
                if call.location.at in inside and call.certain:
                    yield Loss(
                        LossKind.GUARD,
                        f'the pause of step "{name}"',
                        call.span,
                        "never happens: it is an exception, which the `except` around it catches",
                        "take it out of the `try`, or raise it again",
                        None,
                        name,
                    )


def _catches(handler: ExceptHandler) -> bool:
    """Whether a pause gets to a handler."""
    named = {
        n.id if isinstance(n, Name) else n.name for n in nodes_in([handler.kind]) if isinstance(n, Name | Attribute)
    }
    return handler.kind is None or not named.isdisjoint(CATCHING)
