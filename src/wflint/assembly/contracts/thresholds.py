"""Comparisons of a field with a number: what bounds a loop, where it bounds anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import Comparison
from wflint.evaluate.values import Const, TrackedValue, Value, alternatives
from wflint.model.conduct import Threshold

MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}
"""What an ordering says with its sides swapped."""


def thresholds_of(summary: FunctionSummary | None, named: Named | None = None) -> tuple[Threshold, ...]:
    """Such comparisons of fields of the input; none where a side is anything but a field, a number or a setting.

    `named` tells which field a value is, where the input itself is not what holds the fields.
    """
    if summary is None or not summary.complete:
        return ()
    return tuple(dict.fromkeys(_thresholds(summary, named or (lambda value: _own(value, summary)))))


Named = Callable[[Value], str | None]


def _thresholds(summary: FunctionSummary, named: Named) -> Iterator[Threshold]:
    for one in summary.comparisons:
        if one.operator not in MIRRORED:
            continue
        left, right = _field(one.left, named), _field(one.right, named)
        if left is not None and right is not None:
            yield Threshold((left, right), one.operator, one.location.span)
        elif left is not None:
            yield from _against(left, one.operator, one.right, one)
        elif right is not None:
            yield from _against(right, MIRRORED[one.operator], one.left, one)


def _against(field: str, operator: str, other: Value, comparison: Comparison) -> Iterator[Threshold]:
    number = _number(other)
    if number is not None or _is_setting(other):
        yield Threshold((field,), operator, comparison.location.span, number)


def _is_setting(value: Value) -> bool:
    """Whether a value is a part of what all steps of a run are given alike."""
    return isinstance(value, TrackedValue) and value.root.kind == SETTINGS and bool(value.access_path)


SETTINGS: Final = "deps"
"""What an input is called that people give for the whole run."""


def _field(value: Value, named: Named) -> str | None:
    """The field that a side is, be it with a default."""
    options = [option for option in alternatives(value) if _number(option) is None]
    return named(options[0]) if len(options) == 1 else None


def _own(value: Value, summary: FunctionSummary) -> str | None:
    match value:
        case TrackedValue(root=root, access_path=(name,)) if root is summary.root:
            return name
        case _:
            return None


def _number(value: Value) -> float | None:
    if isinstance(value, Const) and isinstance(value.value, int | float) and not isinstance(value.value, bool):
        return float(value.value)
    return None
