"""What code keeps for the run through its context, and asks it for."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.values import NONE, text_of
from wflint.model.kept_value import KeptValue


def kept_values(summary: FunctionSummary, setting: tuple[str, ...], asking: tuple[str, ...]) -> Iterator[KeptValue]:
    """Every such call by the names of its methods, the key before all other arguments."""
    for call in summary.calls:
        is_set = call.method in setting
        if is_set or call.method in asking:
            key = text_of(call.get("key", 0) or NONE)
            copes = not is_set and call.get("default", 1) not in (None, NONE)
            yield KeptValue(key, call.span, is_set, call.certain, copes)
