"""Calls that one run of a step may make several times."""

from __future__ import annotations

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import Function, Location
from wflint.source.code import Comprehension, For, While
from wflint.source.walking import holds, nodes_in


def is_repeated(summary: FunctionSummary, call: LibraryCall) -> bool:
    """Whether a call, or one on the way to it, stands in a loop."""
    codes = (summary.function, *(record.function for record in call.within))
    places = (*(record.location for record in call.within), call.location)
    return any(_is_in_loop(function, place) for function, place in zip(codes, places, strict=True))


def _is_in_loop(function: Function, place: Location) -> bool:
    return function.module is place.module and any(
        isinstance(node, For | While | Comprehension) and holds(node.at, place.at) for node in nodes_in([function.node])
    )
