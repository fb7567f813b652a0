"""Calls in a loop over data that give the same in each of its rounds."""

from __future__ import annotations

from typing import Final

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import Location
from wflint.model.span import Span
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import nodes_in, stands_in

ELEMENT: Final = "[]"
"""The part of a way to what is read that stands for each thing in a list."""
COLLECTING: Final = frozenset({"append", "add", "extend", "insert"})
"""Methods that keep each answer: it may be asked for again on purpose."""
LEAVING: Final = (code.Return, code.Raise, code.BreakOrContinue, code.Try)
"""What makes a loop one of attempts."""


def same_each_round(summary: FunctionSummary, call: LibraryCall) -> Span | None:
    """The loop in the step's own code whose every round makes a call with the same, although it works on other data.

    Rounds that do not look at what they are for, keep each answer or end early ask again on purpose.
    """
    function, place = summary.function, call.location
    moving = any(ELEMENT in symbol.access_path for symbol in call.canonical.symbols)
    if call.within or moving or function.module is not place.module or not isinstance(function.node, code.FunctionDef):
        return None
    around = [
        one for one in nodes_in(function.node.body) if isinstance(one, code.For) and stands_in(one.body, place.at)
    ]
    inner = (one for one in around if not any(stands_in(one.body, other.at) for other in around))
    loop = next(inner, None)
    if loop is None or not _is_over_data(loop) or _is_kept(loop, place.at):
        return None
    return Location(place.module, loop.iterable.at).span


def _is_over_data(loop: code.For) -> bool:
    """Whether each round works on the next thing, and all rounds are made."""
    nodes = list(nodes_in(loop.body))
    targets = {node.id for node in nodes_in((loop.target,)) if isinstance(node, code.Name)}
    looks = any(isinstance(node, code.Name) and node.id in targets for node in nodes)
    return looks and not any(isinstance(node, LEAVING) for node in nodes)


def _is_kept(loop: code.For, place: TextRange) -> bool:
    """Whether the answer goes straight into a collection."""
    return any(
        isinstance(node, code.Call)
        and isinstance(node.func, code.Attribute)
        and node.func.name in COLLECTING
        and stands_in(node.args, place)
        for node in nodes_in(loop.body)
    )
