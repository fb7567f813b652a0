"""Runs of one thing that code starts side by side, for frameworks that refuse the second of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.assembly.contracts.started_together import GATHERING
from wflint.evaluate.events import ApiCall
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import Call, ExprT, Node, StmtT, TextRange
from wflint.source.walking import body_of, called_name, holds, nodes_in

Code = tuple[StmtT, ...] | tuple[ExprT, ...]


def refused_pairs(runs: Iterable[ApiCall], what: str) -> Iterator[Fault]:
    """The runs of `what` that are arguments of one `gather(...)`, the second of which is refused."""
    apart = {(run.span.path, run.location.at): run for run in runs}
    by_code: dict[int, tuple[Code, list[ApiCall]]] = {}
    for run in apart.values():
        body = _code_around(run)
        by_code.setdefault(id(body), (body, []))[1].append(run)
    for body, inside in by_code.values():
        gathered = [node.at for node in nodes_in(body) if _gathers(node)] if len(inside) > 1 else []
        found = next((pair for at in gathered if (pair := _held(inside, at)) is not None), None)
        if found is not None:
            why = "the second one is refused while the first one is under way"
            yield Fault(FaultKind.REFUSED, f"two runs of {what} at once", found[1].span, found[0].span, why)


def _code_around(run: ApiCall) -> Code:
    frame = next((each for each in reversed(run.stack) if each.function is not None), None)
    function = frame.function if frame is not None else None
    return body_of(function.node) if function is not None else run.location.module.body


def _gathers(node: Node) -> bool:
    return isinstance(node, Call) and called_name(node) in GATHERING


def _held(runs: list[ApiCall], at: TextRange) -> tuple[ApiCall, ApiCall] | None:
    """The first two runs within a stretch of text."""
    inside = sorted((run for run in runs if holds(at, run.location.at)), key=lambda run: run.location.at)
    return (inside[0], inside[1]) if len(inside) > 1 else None
