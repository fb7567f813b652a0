"""Calls that one run of a step may make several times."""

from __future__ import annotations

from wflint.assembly.contracts.retry_schemes import Level, levels_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall
from wflint.source.code import Comprehension, For, While
from wflint.source.walking import around


def stands_in_loop(summary: FunctionSummary, call: LibraryCall) -> bool:
    """Whether a call, or one on the way to it, stands in a loop."""
    return any(map(_is_in_loop, levels_of(summary.function, call)))


def _is_in_loop(level: Level) -> bool:
    function, place = level
    return function.module is place.module and any(
        isinstance(node, For | While | Comprehension) for node in around([function.node], place.at)
    )
