"""Messages whose class lists the values of the fields that conditions ask for: one is made for each way they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import prod

from msgspec import Struct

from wflint.assembly.contracts.effects import read_set
from wflint.assembly.contracts.literals import listed_values
from wflint.assembly.contracts.thresholds import thresholds_of
from wflint.assembly.function_summary import summarize
from wflint.assembly.speculation import evaluate_isolated
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Comparison
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import annotation, bare, show
from wflint.evaluate.values import NONE, Arguments, Const, InputSource, Object, TrackedValue, Value, text_of
from wflint.model.conduct import Threshold

MOST_MESSAGES = 24


class Listed(Struct, frozen=True):
    """Every message of a class, as far as conditions tell them apart; where numbers are compared they are `sampled`."""

    cls: Class
    messages: tuple[Object, ...]
    sampled: bool = False

    def wanted(self, interp: Interpreter, condition: Value | None) -> str:
        """The message that a condition asks for, as a label."""
        asked = {f"{field}={value}" for field, value in _compared(interp, condition, self.cls)}
        asked |= {f"{one.fields[0]} {one.operator} {one.at:g}" for one in _bounds(interp, condition, self.cls)}
        left = " that no case before takes" if self.sampled else ""
        return f"{self.cls.name}({', '.join(sorted(asked))}){left}"

    def lies_between(self, interp: Interpreter, message: Object, conditions: Sequence[Value | None]) -> bool:
        """Whether the one number of a message lies between the ones that conditions compare it with."""
        bounds = [one for condition in conditions for one in _bounds(interp, condition, self.cls)]
        fields = {one.fields[0] for one in bounds}
        known = [one.at for one in bounds if one.at is not None]
        if len(fields) != 1 or not known:
            return False
        (field,) = fields
        held = message.content.get(field)
        number = held.value if isinstance(held, Const) else None
        if not isinstance(number, int | float) or not min(known) <= number <= max(known):
            return False
        return _declared(interp, self.cls, field) == "float" or float(number).is_integer()


def messages_of(interp: Interpreter, gives: Sequence[Value], conditions: Sequence[Value | None]) -> Listed | None:
    """The messages of the one class that is sent; None where conditions ask for more than its listed fields."""
    cls = bare(gives[0]) if len(gives) == 1 else None
    asking = [condition for condition in conditions if condition is not None]
    if not isinstance(cls, Class) or not cls.declared() or NONE in asking or not asking:
        return None
    fields = {field for condition in asking for field, _ in _compared(interp, condition, cls)}
    values = {field: _listed(interp, cls, field) for field in sorted(fields)}
    sampled = dict(_sampled(interp, asking, cls))
    values |= sampled
    if not _reads(interp, asking, cls) <= values.keys():
        return None
    if not values or not all(values.values()) or prod(map(len, values.values())) > MOST_MESSAGES:
        return None
    made = [
        evaluate_isolated(interp, cls, Arguments((), tuple(zip(values, chosen, strict=True))), cls.location)
        for chosen in product(*values.values())
    ]
    known = tuple(message for message in made if isinstance(message, Object))
    return Listed(cls, known, bool(sampled)) if len(known) == len(made) else None


def _compared(interp: Interpreter, condition: Value | None, cls: Class) -> Iterator[tuple[str, str]]:
    """The fields of a message that a condition compares with fixed texts, each with the text."""
    location = cls.location
    summary = summarize(interp, condition, cls, location) if condition is not None else None
    for comparison in summary.comparisons if summary is not None else ():
        yield from _sides(comparison, summary.root) if summary is not None else ()


def _sides(comparison: Comparison, root: InputSource) -> Iterator[tuple[str, str]]:
    for fixed, given in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        text = text_of(fixed)
        match given:
            case TrackedValue(root=of, access_path=(field,)) if of is root and text is not None:
                yield field, text
            case _:
                pass


def _reads(interp: Interpreter, conditions: Sequence[Value], cls: Class) -> set[str]:
    """All fields of a message that conditions look at: a default says nothing of what others will be."""
    summaries = (summarize(interp, condition, cls, cls.location) for condition in conditions)
    return {need.name for one in summaries if one is not None for need in read_set(one, interp)}


def _sampled(interp: Interpreter, conditions: Sequence[Value], cls: Class) -> Iterator[tuple[str, tuple[Const, ...]]]:
    """The fields of a message that conditions compare with numbers, each with numbers around and between those."""
    bounds: dict[str, set[float]] = {}
    for condition in conditions:
        for threshold in _bounds(interp, condition, cls):
            if threshold.at is not None:
                bounds.setdefault(threshold.fields[0], set()).add(threshold.at)
    for field, named in sorted(bounds.items()):
        known = sorted(named)
        between = [(one + other) / 2 for one, other in pairwise(known)]
        yield field, tuple(Const(value) for value in sorted((known[0] - 1, *known, *between, known[-1] + 1)))


def _bounds(interp: Interpreter, condition: Value | None, cls: Class) -> Iterator[Threshold]:
    """The comparisons of a condition with numbers."""
    summary = summarize(interp, condition, cls, cls.location) if condition is not None else None
    for threshold in thresholds_of(summary):
        if threshold.at is not None and _declared(interp, cls, threshold.fields[0]) in ("int", "float"):
            yield threshold


def _listed(interp: Interpreter, cls: Class, field: str) -> tuple[Const, ...]:
    """The values that a field is declared to have; none where it may have any."""
    return tuple(Const(value) for value in listed_values(_declared(interp, cls, field)) if isinstance(value, str))


def _declared(interp: Interpreter, cls: Class, field: str) -> str | None:
    """The type of a field, as it is declared."""
    declared = cls.declared().get(field)
    if declared is None:
        return None
    return show(annotation(interp, declared.annotation, declared.scope, declared.location.module))
