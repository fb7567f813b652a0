"""Comparisons of fields and answers with labels, and labels that an answer never is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate import types
from wflint.evaluate.events import Comparison
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import InputSource, TrackedValue, Value, alternatives, text_of
from wflint.model.conduct import LabelTest, UnlistedLabel

EQUAL = frozenset({"==", "!="})
"""Comparisons that ask whether something is a label."""

DEEPEST = 2
"""So deep within the input lies what labels are known of: a field, or a part of one."""


def label_tests(summary: FunctionSummary | None) -> tuple[LabelTest, ...]:
    """The labels that code compares fields of its input with, and parts of fields."""
    if summary is None:
        return ()
    found = (
        LabelTest(".".join(symbol.access_path), label, one.location.span)
        for one in summary.comparisons
        for symbol, label in _compared(one)
        if symbol.root is summary.root and 1 <= len(symbol.access_path) <= DEEPEST and "[]" not in symbol.access_path
    )
    return tuple(dict.fromkeys(found))


def unlisted_labels(
    interp: Interpreter, comparisons: Iterable[Comparison], answer: InputSource
) -> Iterator[UnlistedLabel]:
    """The labels that code compares parts of an answer with, and that the types of those do not list.

    What code compares with the parts of several answers has to be strange to all of them.
    """
    asked = [(one, symbol, label) for one in comparisons for symbol, label in _compared(one) if label]
    fits = {(one.location, label) for one, symbol, label in asked if not _strange(interp, symbol, label)}
    for one, symbol, label in asked:
        name = next((part for part in reversed(symbol.access_path) if part != "[]"), "")
        if symbol.root is answer and name and (one.location, label) not in fits:
            yield UnlistedLabel(name, label, _strange(interp, symbol, label), one.location.span)


def _strange(interp: Interpreter, symbol: TrackedValue, label: str) -> tuple[str, ...]:
    """All the labels that a part may be, where they are known and this one is none of them."""
    listed = [text_of(each) for each in types.literals(interp, symbol.type)]
    known = tuple(each for each in listed if each is not None)
    return known if len(known) == len(listed) and label not in known else ()


def _compared(one: Comparison) -> Iterator[tuple[TrackedValue, str]]:
    if one.operator in EQUAL:
        for side, other in ((one.left, one.right), (one.right, one.left)):
            label = text_of(other)
            if label is not None:
                yield from ((symbol, label) for symbol in _symbols(side))


def _symbols(value: Value) -> Iterator[TrackedValue]:
    options = alternatives(value)
    return (option for option in options if isinstance(option, TrackedValue) and len(options) == 1)
