"""Whether a value fits a pattern of a `match`, and what the pattern binds then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions import attributes, comparing
from wflint.evaluate.expressions.items import element, item
from wflint.evaluate.python.entries import leave_out
from wflint.evaluate.tracked import element_of
from wflint.evaluate.types import instance_of
from wflint.evaluate.values import (
    OTHER_KEYS,
    Const,
    EnumMember,
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
    bound_part,
    join,
    possibly_unbound,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope

Bindings = tuple[tuple[str, Value], ...]


class Fit(Struct, frozen=True):
    """Whether a value fits, None where that is not known; `bound` are the names that it gives values to if it does."""

    outcome: bool | None
    bound: Bindings = ()


MISFIT = Fit(outcome=False)


def fit(interp: Interpreter, value: Value, pattern: code.PatternT, scope: Scope) -> Fit:
    """Whether one alternative of the subject fits the pattern."""
    match pattern:
        case code.ValuePattern(value=expression):
            return Fit(comparing.equal(interp, value, interp.evaluate(expression, scope)))
        case code.CapturePattern(pattern=inner, name=name):
            found = Fit(outcome=True) if inner is None else fit(interp, value, inner, scope)
            return found if name is None else Fit(found.outcome, (*found.bound, (name, value)))
        case code.OrPattern(alternatives=alternatives):
            return _either(fit(interp, value, each, scope) for each in alternatives)
        case code.SequencePattern(items=items):
            return _of_sequence(interp, value, items, scope)
        case code.MappingPattern():
            return _of_mapping(interp, value, pattern, scope)
        case code.ClassPattern():
            return _of_class(interp, value, pattern, scope)
        case code.StarPattern(name=name):
            return Fit(True, () if name is None else ((name, value),))  # noqa: FBT003


def constants_of(pattern: code.PatternT) -> tuple[code.ExprT, ...]:
    """The expressions one of which the subject equals if it fits; none where the pattern asks for something else."""
    match pattern:
        case code.ValuePattern(value=expression):
            return (expression,)
        case code.CapturePattern(pattern=inner) if inner is not None:
            return constants_of(inner)
        case code.OrPattern(alternatives=alternatives):
            found = [constants_of(each) for each in alternatives]
            return tuple(expression for each in found for expression in each) if all(found) else ()
        case _:
            return ()


def _all(fits: Iterable[Fit]) -> Fit:
    """All of several parts fit, tried in order until one does not."""
    outcome: bool | None = True
    bound: Bindings = ()
    for each in fits:
        if each.outcome is False:
            return MISFIT
        outcome = outcome and each.outcome
        bound += each.bound
    return Fit(outcome, bound)


def _either(fits: Iterable[Fit]) -> Fit:
    """The first alternative that fits; where that is not known, any that may."""
    outcome: bool | None = False
    bound: dict[str, list[Value]] = {}
    for each in fits:
        if each.outcome is False:
            continue
        for name, value in each.bound:
            bound.setdefault(name, []).append(value)
        outcome = each.outcome
        if outcome:
            break
    return Fit(outcome, tuple((name, join(*values)) for name, values in bound.items()))


def _part(interp: Interpreter, value: Value | None, pattern: code.PatternT, scope: Scope) -> Fit:
    """A part of the subject, which may have alternatives of its own."""
    known = value if value is not None else Unknown("matched by a pattern")
    fits = [fit(interp, option, pattern, scope) for option in interp.possibilities(known)]
    outcomes = {each.outcome for each in fits}
    possible = _either(Fit(None, each.bound) for each in fits if each.outcome is not False)
    return Fit(outcomes.pop() if len(outcomes) == 1 else None, possible.bound)


def _unsure(interp: Interpreter, value: Value, patterns: Iterable[code.PatternT], scope: Scope) -> Fit:
    """Parts of something that may fit and of which nothing is known."""
    hidden = Unknown("matched by a pattern", None, depends_on(value))
    found = _all(_part(interp, hidden, pattern, scope) for pattern in patterns)
    return Fit(None, found.bound) if found.outcome is not False else MISFIT


# --------------------------------------------------------------------------------------------------- sequences


def _of_sequence(interp: Interpreter, value: Value, items: tuple[code.PatternT, ...], scope: Scope) -> Fit:
    match value:
        case Sequence(kind="list" | "tuple"):
            return _of_list(interp, value, items, scope)
        case Const() | Text() | Mapping() | Sequence() | EnumMember() | Function() | Class():
            return MISFIT
        case TrackedValue() if value.access_path:
            any_item = element_of(value)
            found = _all(_part(interp, _starred(interp, each, any_item), each, scope) for each in items)
            return Fit(None, found.bound)
        case _:
            hidden = Unknown("matched by a pattern", None, depends_on(value))
            found = _all(_part(interp, _starred(interp, each, hidden), each, scope) for each in items)
            return Fit(None, found.bound)


def _starred(interp: Interpreter, pattern: code.PatternT, element: Value) -> Value:
    return interp.list_of([RepeatedElement(element)]) if isinstance(pattern, code.StarPattern) else element


def _of_list(interp: Interpreter, value: Sequence, items: tuple[code.PatternT, ...], scope: Scope) -> Fit:
    star = next((number for number, each in enumerate(items) if isinstance(each, code.StarPattern)), None)
    if not value.closed:
        any_item = element(value, Unknown("a position"), None)
        return Fit(None, _all(_part(interp, _starred(interp, i, any_item), i, scope) for i in items).bound)
    content = list(value.content)
    if len(content) != len(items) if star is None else len(content) < len(items) - 1:
        return MISFIT
    if star is not None:
        end = len(content) - (len(items) - star - 1)
        content[star:end] = [interp.list_of(content[star:end])]
    return _all(_part(interp, inner, each, scope) for inner, each in zip(content, items, strict=True))


# ---------------------------------------------------------------------------------------------------- mappings


def _of_mapping(interp: Interpreter, value: Value, pattern: code.MappingPattern, scope: Scope) -> Fit:
    match value:
        case Mapping() | TrackedValue():
            found = _all(_entry(interp, value, entry, scope) for entry in pattern.entries)
        case Const() | Text() | Sequence() | EnumMember() | Function() | Class():
            return MISFIT
        case _:
            found = _unsure(interp, value, (entry.pattern for entry in pattern.entries), scope)
    if pattern.rest is None or found.outcome is False:
        return found
    return Fit(found.outcome, (*found.bound, (pattern.rest, _others(interp, value, pattern, scope))))


def _entry(interp: Interpreter, value: Mapping | TrackedValue, entry: code.Entry, scope: Scope) -> Fit:
    """`key: pattern`, which is no error where the key is not there."""
    key, location = interp.evaluate(entry.key, scope), interp.location(entry.key.at)
    has = comparing.contains(interp, value, key) if isinstance(value, Mapping) else None
    if has is False:
        return MISFIT
    interp.guards += 1
    inner = item(interp, value, key, location)
    interp.guards -= 1
    found = _part(interp, inner, entry.pattern, scope)
    return found if has or found.outcome is False else Fit(None, found.bound)


def _others(interp: Interpreter, value: Value, pattern: code.MappingPattern, scope: Scope) -> Value:
    """`**rest`: the entries that no key of the pattern takes."""
    made = interp.dict_of()
    if not isinstance(value, Mapping):
        made.content[OTHER_KEYS] = value if isinstance(value, TrackedValue) else Unknown("matched by a pattern")
        return made
    taken = [interp.evaluate(entry.key, scope) for entry in pattern.entries]
    made.content.update(value.content)
    for key in taken:
        leave_out(made, key)
    return made


# ----------------------------------------------------------------------------------------------------- classes

ITSELF = frozenset(
    f"builtins.{name}" for name in ("bool", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple")
)
"""The types whose one part by position is the value itself."""


def _of_class(interp: Interpreter, value: Value, pattern: code.ClassPattern, scope: Scope) -> Fit:
    wanted, location = interp.evaluate(pattern.cls, scope), interp.location(pattern.cls.at)
    is_one = instance_of(value, wanted, interp.library_model)
    if is_one is False:
        return MISFIT
    names = _names(wanted)
    position = 0
    fits: list[Fit] = []
    for part in pattern.parts:
        name = part.name
        if name is None:
            name = names[position] if position < len(names) else None
            position += 1
            if isinstance(wanted, ExternalName) and wanted.path in ITSELF:
                fits.append(_part(interp, value, part.pattern, scope))
                continue
        fits.append(_named(interp, value, name, part.pattern, scope, location=location))
    found = _all(fits)
    return found if is_one or found.outcome is False else Fit(None, found.bound)


def _named(
    interp: Interpreter, value: Value, name: str | None, pattern: code.PatternT, scope: Scope, *, location: Location
) -> Fit:
    """A part that is an attribute; without it the pattern does not fit, which is no error."""
    if name is None or not isinstance(value, Object | TrackedValue | EnumMember):
        return _unsure(interp, value, (pattern,), scope)
    interp.guards += 1
    inner = attributes.attribute(interp, value, name, location)
    interp.guards -= 1
    found = _part(interp, inner, pattern, scope)
    held = value.content.get(name) if isinstance(value, Object) else inner
    sure = held is not None and not possibly_unbound(held) and bound_part(held) is not None
    return found if sure or found.outcome is False else Fit(None, found.bound)


def _names(wanted: Value) -> tuple[str, ...]:
    """The attributes that parts by position mean: those that the class says, or its fields in order."""
    cls = wanted if isinstance(wanted, Class) else None
    if cls is None:
        return ()
    said = cls.find("__match_args__")
    if isinstance(said, Sequence) and said.closed:
        return tuple(str(name.value) for name in said.content if isinstance(name, Const))
    return tuple(cls.declared()) if said is None else ()
