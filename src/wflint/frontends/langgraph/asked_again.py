"""Routers that ask a model, or look up, what the step before them has just asked or looked up."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.calls import calls_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.frontends.langgraph.steps import ReadStep
from wflint.model.conduct import Called, CallKind
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind


def asked_again(read: ReadStep | None, router: FunctionSummary | None) -> Iterator[Loss]:
    """The calls of a router that its step makes too, with fields that the step leaves as they are."""
    step = read.step if read is not None else None
    if step is None or step.offers_open:
        return
    made = {call.identity: call for call in step.calls if _is_comparable(call)}
    written = {offer.name for offer in step.offers}
    changes = any(call.kind is CallKind.CHANGE for call in step.calls)
    for call in calls_of(router) if made and not changes else ():
        twin = made.get(call.identity) if _is_comparable(call) and call.within is None else None
        if twin is not None and written.isdisjoint(call.fields):
            fields = ", ".join(f'"{name}"' for name in call.fields)
            yield Loss(
                LossKind.REPEAT,
                f'the router after step "{step.id}"',
                call.span,
                f"calls `{call.callee}` with the same {fields} as the step itself has just done",
                "store the result in the state and read it there",
                twin.span,
                step.id,
            )


def _is_comparable(call: Called) -> bool:
    return call.identity is not None and call.certainty is Certainty.CERTAIN and bool(call.fields)
