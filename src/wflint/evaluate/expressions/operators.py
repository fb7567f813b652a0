"""`left operator right`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions.iteration import inner
from wflint.evaluate.python.entries import spread_into
from wflint.evaluate.python.joining import text_from
from wflint.evaluate.python.paths import PATH, below
from wflint.evaluate.python.texts import interpolated
from wflint.evaluate.types import element_type, is_type
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Const,
    ExternalAttribute,
    ExternalName,
    Function,
    Generic,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    join,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def binary(interp: Interpreter, operator: str, left: Value, right: Value, location: Location) -> Value:
    """`left operator right`, of each alternative where there are few and all are known."""
    pairs = [(a, b) for a in alternatives(left) for b in alternatives(right)]
    if 1 < len(pairs) <= MOST_PAIRS and all(isinstance(each, Const | Object) for pair in pairs for each in pair):
        return join(*(binary(interp, operator, a, b, location) for a, b in pairs))
    own = _of_objects(interp, operator, left, right, location)
    if own is not None:
        return own
    match operator:
        case "/" if isinstance(left, Object) and left.path == PATH:
            known: Value | None = below(interp, left, right, location)
        case "+":
            known = _added(interp, left, right, location)
        case "|":
            known = _either(interp, left, right, location)
        case "-" | "&" if isinstance(left, Sequence) and left.kind == "set":
            method = "difference" if operator == "-" else "intersection"
            known = interp.call(ExternalAttribute(left, method), Arguments((right,)), location)
        case "&" if isinstance(left, Object) and isinstance(right, Object):
            known = interp.call(ExternalName("operator.and_"), Arguments((left, right)), location)
        case "*":
            known = _repeated(interp, left, right)
        case "%" if isinstance(left, Const) and isinstance(left.value, str):
            known = interpolated(interp, left.value, right, location)
        case _:
            known = None
    if known is not None:
        return known
    match left, right:
        case Const(value=int() | float() as a), Const(value=int() | float() as b):
            return _arithmetic(operator, a, b)
        case _:
            return Unknown("computed", location, depends_on(left, right))


MOST_PAIRS = 9


def _of_objects(interp: Interpreter, operator: str, left: Value, right: Value, location: Location) -> Value | None:
    """What the class of one of two objects of the source says about an operator; None where neither says anything."""
    name = NAMES.get(operator)
    for value, other, method in ((left, right, f"__{name}__"), (right, left, f"__r{name}__")):
        found = value.cls.find(method) if isinstance(value, Object) and value.cls is not None and name else None
        if isinstance(found, Function):
            return interp.call(Bound(found, value), Arguments((other,)), location)
    return None


NAMES = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "@": "matmul",
    "&": "and",
    "|": "or",
    "^": "xor",
    "<<": "lshift",
    ">>": "rshift",
}
"""What the methods of operators are called."""


def _added(interp: Interpreter, left: Value, right: Value, location: Location) -> Value | None:
    match left, right:
        case Sequence(), Sequence():
            return interp.list_of([*left.content, *right.content], left.kind)
        case Sequence(), _:
            return interp.list_of([*left.content, RepeatedElement(_one_of(right, location))], left.kind)
        case _, Sequence():
            return interp.list_of([RepeatedElement(_one_of(left, location)), *right.content], right.kind)
        case (TrackedValue(type=type_), _) | (_, TrackedValue(type=type_)) if element_type(type_):
            return interp.list_of([RepeatedElement(_one_of(side, location)) for side in (left, right)])
        case (Const(value=str()) | Text(), _) | (_, Const(value=str()) | Text()):
            return text_from(interp, [left, right]) if _joins(left) and _joins(right) else None
        case _:
            return None


def _joins(value: Value) -> bool:
    """Whether a value can be part of a text by `+`, which a number cannot."""
    return not isinstance(value, Mapping) and not (isinstance(value, Const) and not isinstance(value.value, str))


def _either(interp: Interpreter, left: Value, right: Value, location: Location) -> Value:
    """`|`: of dicts a merged one, of types (as texts too) a union, of anything else a pipeline.

    A dict before an object of a library is the beginning of a pipeline.
    """
    if isinstance(left, Mapping) and not (isinstance(right, Object) and right.path is not None):
        merged = interp.dict_of(location)
        spread_into(merged, left, location)
        spread_into(merged, right, location)
        return merged
    if isinstance(left, Sequence) and left.kind == "set":
        return interp.call(ExternalAttribute(left, "union"), Arguments((right,)), location)
    if (is_type(left) or _is_forward(left)) and (is_type(right) or _is_forward(right)):
        return Generic(ExternalName("typing.Union"), (left, right))
    return interp.call(ExternalName("operator.pipe"), Arguments((left, right)), location)


def _is_forward(value: Value) -> bool:
    """Whether a value may be a type that is written as a text."""
    return isinstance(value, Const) and isinstance(value.value, str)


def _repeated(interp: Interpreter, left: Value, right: Value) -> Value | None:
    match left, right:
        case Sequence(content=items), Const(value=int(times)) if (
            left.closed and 0 <= times * len(items) <= interp.budget.size
        ):
            return interp.list_of(items * times, left.kind)
        case Sequence(content=[_, *_] as items), _ if not isinstance(right, Const):
            return interp.list_of([RepeatedElement(join(*map(inner, items)))], left.kind)
        case Const(value=int()), Sequence() | Const(value=str()):
            return _repeated(interp, right, left)
        case Const(value=str(text)), Const(value=int(times)):
            fits = len(text) * times <= interp.budget.characters
            return Const(text * times) if fits else Unknown("a text beyond the budget")
        case _:
            return None


def _one_of(value: Value, location: Location) -> Value:
    return (
        TrackedValue(value.root, (*value.access_path, "[]"), None, value.written_out)
        if isinstance(value, TrackedValue)
        else Unknown("an element", location, depends_on(value))
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
