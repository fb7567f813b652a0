"""Messages whose class lists the values of the fields that conditions ask for: one is made for each way they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from msgspec import Struct

from wflint.assembly.contracts.literals import listed_values
from wflint.assembly.function_summary import summarize
from wflint.assembly.speculation import evaluate_isolated
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Comparison
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import annotation, bare, show
from wflint.evaluate.values import NONE, Arguments, Const, InputSource, Object, TrackedValue, Value, text_of

MOST_MESSAGES = 24


class Listed(Struct, frozen=True):
    """Every message of a class, as far as conditions tell them apart."""

    cls: Class
    messages: tuple[Object, ...]

    def wanted(self, interp: Interpreter, condition: Value | None) -> str:
        """The message that a condition asks for, as a label."""
        asked = sorted({f"{field}={value}" for field, value in _compared(interp, condition, self.cls)})
        return f"{self.cls.name}({', '.join(asked)})"


def messages_of(interp: Interpreter, gives: Sequence[Value], conditions: Sequence[Value | None]) -> Listed | None:
    """The messages of the one class that is sent; None where conditions ask for more than its listed fields."""
    cls = bare(gives[0]) if len(gives) == 1 else None
    asking = [condition for condition in conditions if condition is not None]
    if not isinstance(cls, Class) or not cls.declared() or NONE in asking or not asking:
        return None
    fields = {field for condition in asking for field, _ in _compared(interp, condition, cls)}
    values = {field: _listed(interp, cls, field) for field in sorted(fields)}
    if not values or not all(values.values()) or prod(map(len, values.values())) > MOST_MESSAGES:
        return None
    made = [
        evaluate_isolated(interp, cls, Arguments((), tuple(zip(values, chosen, strict=True))), cls.location)
        for chosen in product(*values.values())
    ]
    known = tuple(message for message in made if isinstance(message, Object))
    return Listed(cls, known) if len(known) == len(made) else None


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


def _listed(interp: Interpreter, cls: Class, field: str) -> tuple[Const, ...]:
    """The values that a field is declared to have; none where it may have any."""
    declared = cls.declared().get(field)
    if declared is None:
        return ()
    type_ = show(annotation(interp, declared.annotation, declared.scope, declared.location.module))
    return tuple(Const(value) for value in listed_values(type_) if isinstance(value, str))
