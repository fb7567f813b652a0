"""`left operator right`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wflint.evaluate.displays import spread_into
from wflint.evaluate.joining import text_from
from wflint.evaluate.types import is_type
from wflint.evaluate.values import (
    Arguments,
    Const,
    Generic,
    Library,
    Mapping,
    Place,
    Rest,
    Sequence,
    Symbol,
    Text,
    Unknown,
    Value,
    sources_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def binary(interp: Interpreter, operator: str, left: Value, right: Value, place: Place) -> Value:
    """`left operator right`."""
    match operator, left, right:
        case "+", Const(value=str()) | Text(), Const(value=str()) | Text():
            return text_from(interp, [left, right])
        case "+", Const(value=str()) | Text(), _ if not isinstance(right, Sequence | Mapping):
            return Text((*_parts(left), right))
        case "+", _, Const(value=str()) | Text() if not isinstance(left, Sequence | Mapping):
            return Text((left, *_parts(right)))
        case "+", Sequence(), Sequence():
            return interp.list_of([*left.content, *right.content][: interp.budget.size], left.kind)
        case "+", Sequence(), _:
            return interp.list_of([*left.content, Rest(_one_of(right, place))], left.kind)
        case "+", _, Sequence():
            return interp.list_of([Rest(_one_of(left, place)), *right.content], right.kind)
        case "|", Mapping(), _:
            merged = interp.dict_of(place)
            spread_into(interp, merged, left, place)
            spread_into(interp, merged, right, place)
            return merged
        case "|", _, _ if is_type(left) and is_type(right):
            return Generic(Library("typing.Union"), (left, right))
        case "|", _, _:
            return interp.call(Library("operator.pipe"), Arguments((left, right)), place)
        case "*", Sequence(), Const(value=int(times)) if (
            left.closed and 0 <= times * len(left.content) <= interp.budget.size
        ):
            return interp.list_of(left.content * times, left.kind)
        case "%", Const(value=str()), _:
            return Text((left, right))
        case _, Const(value=int() | float() as a), Const(value=int() | float() as b):
            return _arithmetic(operator, a, b)
        case _:
            return Unknown("computed", place, sources_of(left, right))


def _parts(value: Value) -> tuple[Value, ...]:
    return value.parts if isinstance(value, Text) else (value,)


def _one_of(value: Value, place: Place) -> Value:
    return (
        Symbol(value.root, (*value.path, "[]"))
        if isinstance(value, Symbol)
        else Unknown("an element", place, sources_of(value))
    )


ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
}

LARGEST = 2**53


def _arithmetic(operator: str, left: float, right: float) -> Value:
    compute = ARITHMETIC.get(operator)
    if compute is None or max(abs(left), abs(right)) > LARGEST:
        return Unknown("computed")
    try:
        return Const(compute(left, right))
    except (ArithmeticError, ValueError):
        return Unknown("an impossible computation")
