"""Comparisons, and whether values count as true: yes, no, or None where that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from wflint.evaluate.answers import comes_of_answer
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Comparison
from wflint.evaluate.expressions.complements import MIRRORED
from wflint.evaluate.keys import key_of
from wflint.evaluate.ranges import Sized
from wflint.evaluate.types import instance_of
from wflint.evaluate.values import (
    OTHER_KEYS,
    UNBOUND,
    Const,
    EnumMember,
    ExternalAttribute,
    ExternalName,
    Function,
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
    possibly_unbound,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


DEEPEST = 4
"""How many containers deep two values are compared."""


def truth(interp: Interpreter, value: Value) -> bool | None:
    """Whether a value counts as true; None where that is not known."""
    outcomes = {truth_of(option) for option in interp.possibilities(value)}
    return outcomes.pop() if len(outcomes) == 1 else None


def truth_of(value: Value) -> bool | None:
    """Whether one alternative counts as true."""
    match value:
        case Const(value=plain):
            return bool(plain)
        case Sequence():
            if any(not isinstance(item, RepeatedElement) and not possibly_unbound(item) for item in value.content):
                return True
            return None if value.content else False
        case Mapping(content=entries):
            if any(key != OTHER_KEYS and not possibly_unbound(inner) for key, inner in entries.items()):
                return True
            return None if entries else False
        case EnumMember(value=Const(value=plain)) if value.cls.of_texts or value.cls.of_numbers:
            return bool(plain)
        case Function() | Class() | EnumMember():
            return True
        case Object() if value.constructed:
            return None if value.cls is not None and _may_be_empty(value.cls) else True
        case Text(parts=parts) if any(isinstance(part, Const) and part.value for part in parts):
            return True
        case _:
            return None


def _may_be_empty(cls: Class) -> bool:
    """Whether objects of the class say themselves whether they count as true."""
    return any(cls.find(name) is not None for name in ("__bool__", "__len__")) or any(
        path.startswith(("builtins.", "collections.")) and path != "builtins.object" for path in cls.libraries()
    )


def compare(interp: Interpreter, operator: str, left: Value, right: Value, location: Location) -> bool | None:
    """`left operator right`; None where that is not known."""
    match operator:
        case "==" | "is":
            return equal(interp, left, right) if operator == "==" else _identical(interp, left, right)
        case "!=" | "is not":
            return _negated(compare(interp, "==" if operator == "!=" else "is", left, right, location))
        case "in" | "not in":
            _note_test(interp, left, right, location)
            outcome = contains(interp, right, left)
            return outcome if operator == "in" else _negated(outcome)
        case "<" | "<=" | ">" | ">=":
            pairs = ((a, b) for a in interp.possibilities(left) for b in interp.possibilities(right))
            return _agreed(_in_order(interp, operator, a, b) for a, b in pairs)
        case _:
            return None


def note_comparisons(interp: Interpreter, comparisons: list[Comparison]) -> None:
    """Write down comparisons that somebody looks at, and those of answers."""
    if interp.suspended_depth or (interp.recorder is None and not interp.api_calls):
        return
    seen = [replace(one, location=interp.visible(one.location)) for one in comparisons]
    if interp.recorder is not None:
        interp.recorder.comparisons += seen
    interp.output_uses.comparisons += (one for one in seen if any(map(comes_of_answer, (one.left, one.right))))


def _negated(outcome: bool | None) -> bool | None:  # noqa: FBT001 - an outcome
    return None if outcome is None else not outcome


def _agreed(outcomes: Iterable[bool | None]) -> bool | None:
    """The outcome of all alternatives; None where they differ."""
    found: bool | None = None
    for outcome in outcomes:
        if outcome is None or (found is not None and outcome is not found):
            return None
        found = outcome
    return found


def _note_test(interp: Interpreter, left: Value, right: Value, location: Location) -> None:
    key = text_of(left)
    if key is None:
        return
    for option in alternatives(right):
        if isinstance(option, TrackedValue):
            interp.record_access(TrackedValue(option.root, (*option.access_path, key)), "test", location)


def equal(interp: Interpreter, left: Value, right: Value) -> bool | None:
    """`left == right`."""
    rights = interp.possibilities(right)
    return _agreed(same(a, b, DEEPEST) for a in interp.possibilities(left) for b in rights)


def _identical(interp: Interpreter, left: Value, right: Value) -> bool | None:
    """`left is right`: as equality, except that containers that look alike may be two."""
    rights = interp.possibilities(right)
    return _agreed(_same_thing(a, b) for a in interp.possibilities(left) for b in rights)


def _same_thing(left: Value, right: Value) -> bool | None:
    match left, right:
        case Const(), Const():
            return left == right
        case (Sequence() | Mapping(), Sequence() | Mapping()) if left is not right:
            return None
        case _:
            return same(left, right, DEEPEST)


def same(left: Value, right: Value, depth: int = DEEPEST) -> bool | None:
    """`left == right` for one alternative of each."""
    a, b = _plain(left), _plain(right)
    if a is not None and b is not None:
        return a.value == b.value
    if left is right and not isinstance(left, Unknown | TrackedValue | Text | ExternalAttribute):
        return True
    match left, right:
        case (Sequence() | Mapping(), Sequence() | Mapping()):
            return _same_content(left, right, depth)
        case EnumMember(), EnumMember():
            return left == right
        case ExternalName(path=mine), ExternalName(path=theirs) if mine.startswith("builtins.") == theirs.startswith(
            "builtins."
        ):
            return mine == theirs if mine.startswith("builtins.") else None
        case (Class(), Class() | ExternalName()) | (ExternalName(), Class()):
            return False
        case (EnumMember() as member, Const()) | (Const(), EnumMember() as member):
            return None if member.cls.find("__eq__") is not None else False
        case (Const(value=plain), other) | (other, Const(value=plain)):
            return _same_as_plain(plain, other)
        case _:
            return None


def _same_as_plain(plain: str | float | None, other: Value) -> bool | None:
    """Whether a constant equals something that is no constant."""
    match other:
        case Function() | Class() | Sequence() | Mapping():
            return False
        case Text():
            return None if isinstance(plain, str) else False
        case Object() if plain is None and other.constructed:
            return False
        case ExternalName(path=path) if plain is None and "." not in path:
            return False
        case _:
            return None


def _same_content(left: Sequence | Mapping, right: Sequence | Mapping, depth: int) -> bool | None:
    match left, right:
        case Sequence(kind="list" | "tuple" as kind), Sequence(kind=other) if left.closed and right.closed and depth:
            if kind != other or len(left.content) != len(right.content):
                return False
            return _all_of([same(a, b, depth - 1) for a, b in zip(left.content, right.content, strict=True)])
        case Mapping(content=mine), Mapping(content=theirs) if left.closed and right.closed and depth:
            if any(possibly_unbound(inner) for inner in (*mine.values(), *theirs.values())):
                return None
            if mine.keys() != theirs.keys():
                return False
            return _all_of([same(inner, theirs[key], depth - 1) for key, inner in mine.items()])
        case (Sequence(), Mapping()) | (Mapping(), Sequence()):
            return False
        case _:
            return None


def _all_of(outcomes: list[bool | None]) -> bool | None:
    if False in outcomes:
        return False
    return None if None in outcomes else True


def _plain(value: Value) -> Const | None:
    match value:
        case Const():
            return value
        case EnumMember(value=Const() as inner) if value.cls.of_texts or value.cls.of_numbers:
            return inner
        case _:
            return None


def contains(interp: Interpreter, container: Value, element: Value) -> bool | None:
    """`element in container`."""
    elements_ = interp.possibilities(element)
    return _agreed(_holds(box, item) for box in interp.possibilities(container) for item in elements_)


def _holds(container: Value, element: Value) -> bool | None:
    match container:
        case Sequence(content=items):
            return _is_among(items, element)
        case Mapping() if (key := key_of(element)) is not None:
            held = container.content.get(key.plain)
            if held is None:
                return False if container.closed else None
            return None if possibly_unbound(held) else True
        case Const(value=str(text)) if (part := text_of(element)) is not None:
            return part in text
        case _:
            return None


def _is_among(items: list[Value], element: Value) -> bool | None:
    outcomes: list[bool | None] = []
    for item in items:
        if isinstance(item, RepeatedElement):
            outcomes.append(None)
            continue
        outcome = _agreed(same(option, element, DEEPEST) for option in alternatives(item) if option is not UNBOUND)
        outcomes.append(None if outcome and possibly_unbound(item) else outcome)
    if True in outcomes:
        return True
    return None if None in outcomes else False


def _in_order(interp: Interpreter, operator: str, left: Value, right: Value) -> bool | None:
    """`left < right` and the like: of an input, as far as earlier tests tell its size."""
    match left, right:
        case TrackedValue(), _ if (number := number_of(right)) is not None:
            return _as_told(interp, left, operator, number)
        case _, TrackedValue() if (number := number_of(left)) is not None:
            return _as_told(interp, right, MIRRORED[operator], number)
        case _:
            return _ordered(operator, left, right)


def _as_told(interp: Interpreter, symbol: TrackedValue, operator: str, number: float) -> bool | None:
    sizes = (one for one in interp.narrowing if isinstance(one, Sized) and one.symbol == symbol)
    outcomes = (one.implies(operator, number) for one in sizes)
    return next((outcome for outcome in outcomes if outcome is not None), None)


def number_of(value: Value) -> float | None:
    """The number that a value is, if it is one."""
    plain = _plain(value)
    return plain.value if plain is not None and isinstance(plain.value, int | float) else None


def _ordered(operator: str, left: Value, right: Value) -> bool | None:
    match _plain(left), _plain(right):
        case Const(value=int() | float() as a), Const(value=int() | float() as b):
            return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]
        case Const(value=str() as a), Const(value=str() as b):
            return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]
        case _:
            return None


def is_instance(interp: Interpreter, value: Value, wanted: Value) -> bool | None:
    """`isinstance(value, wanted)`."""
    return _agreed(instance_of(option, wanted, interp.library_model) for option in interp.possibilities(value))
