"""Pauses that a step's own code catches: a pause is an exception, and whoever catches all of them catches it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.pauses import is_pause
from wflint.assembly.function_summary import FunctionSummary
from wflint.model.loss import Loss, LossKind
from wflint.source.code import Attribute, Call, ExceptHandler, Name, Raise, Try
from wflint.source.walking import body_of, nodes_in

ALL = frozenset({"Exception", "BaseException"})
"""Classes by which people catch whatever may come up."""


def swallowed_pauses(
    step: str, summary: FunctionSummary | None, pausing: frozenset[str], raised: frozenset[str]
) -> Iterator[Loss]:
    """The pauses in a `try` that catches what is `raised` there, or everything, and raises nothing."""
    stops = [call for call in summary.calls if is_pause(call, pausing)] if summary is not None else []
    body = body_of(summary.function.node) if summary is not None and stops else ()
    for node in nodes_in(body):
        caught = (
            next((each for each in node.handlers if _catches(each, raised)), None) if isinstance(node, Try) else None
        )
        if not isinstance(node, Try) or caught is None or any(isinstance(n, Raise) for n in nodes_in(caught.body)):
            continue
        inside = {each.at for each in nodes_in(node.body) if isinstance(each, Call)}
        for call in stops:
            if call.location.at in inside and call.certain:
                yield Loss(
                    LossKind.GUARD,
                    f'the pause of step "{step}"',
                    call.span,
                    "never happens: it is an exception, which the `except` around it catches",
                    "take it out of the `try`, or raise it again",
                    None,
                    step,
                )


def _catches(handler: ExceptHandler, raised: frozenset[str]) -> bool:
    """Whether a pause gets to a handler."""
    named = {
        n.id if isinstance(n, Name) else n.name for n in nodes_in([handler.kind]) if isinstance(n, Name | Attribute)
    }
    return handler.kind is None or not named.isdisjoint(ALL | raised)
