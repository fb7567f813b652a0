"""What a loop goes over, and comprehensions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.contents import item_if_there, may_lack, summed_up
from wflint.evaluate.control_dependence import ControlDependence
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions import conditions
from wflint.evaluate.keys import value_of
from wflint.evaluate.python.entries import enter
from wflint.evaluate.statements.branches import for_item
from wflint.evaluate.types import element_type, is_enum, is_named_tuple, members
from wflint.evaluate.values import (
    OTHER_KEYS,
    UNBOUND,
    Arguments,
    Bound,
    Const,
    EnumMember,
    Function,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Union,
    Unknown,
    Value,
    alternatives,
    join,
    possibly_unbound,
)
from wflint.source import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def elements(interp: Interpreter, value: Value) -> Sequence:
    """What iterating over `value` yields, as a list; a `RepeatedElement` where there may be more."""
    match value:
        case Sequence():
            return value
        case Mapping():
            return interp.list_of(_keys(interp, value))
        case Const(value=str(text)):
            letters: list[Value] = [Const(letter) for letter in text[: interp.budget.size + 1]]
            return interp.list_of(bounded(interp, letters))
        case Class() if is_enum(value):
            return interp.list_of(list(members(value)))
        case EnumMember(value=inner):
            return elements(interp, inner)
        case Object(cls=Class() as cls) if is_named_tuple(cls):
            return interp.list_of([value.content.get(name, Unknown("a field")) for name in cls.declared()], "tuple")
        case Object(cls=Class() as cls) if isinstance(going := cls.find("__iter__"), Function):
            found = interp.call(Bound(going, value), Arguments(), going.location)
            return elements(interp, found) if not isinstance(found, Object) else _anything(interp, value)
        case Union(options=options):
            joined = [item for option in options for item in elements(interp, option).content]
            return interp.list_of(summed_up([_maybe(item) for item in _any_number(joined)]))
        case TrackedValue(root=root, access_path=path, type=type_, written_out=written):
            if not path and element_type(type_) is None:
                return interp.list_of([RepeatedElement(Unknown("a key of an input", None, frozenset({value})))])
            return interp.list_of([RepeatedElement(TrackedValue(root, (*path, "[]"), element_type(type_), written))])
        case _:
            return _anything(interp, value)


def _anything(interp: Interpreter, value: Value) -> Sequence:
    return interp.list_of([RepeatedElement(Unknown("an element of an unknown value", None, depends_on(value)))])


def bounded(interp: Interpreter, items: list[Value]) -> list[Value]:
    """The items, or the first of too many with a `RepeatedElement` for the others."""
    items = summed_up(items)
    if len(items) <= interp.budget.size:
        return items
    return [*items[: interp.budget.size], RepeatedElement(Unknown("an item beyond the budget"))]


def distinct(items: list[Value]) -> list[Value]:
    """The items of a set: of those that are equal, the first."""
    found: dict[object, Value] = {}
    for item in items:
        found.setdefault(("plain", item.value) if isinstance(item, Const) else item, item)
    return list(found.values())


def inner(item: Value) -> Value:
    """What an item is if it is there."""
    return item_if_there(item) or Unknown("nothing")


def firm(listed: Sequence) -> list[Value]:
    """The items at the beginning that are known to be there."""
    unsure = (n for n, item in enumerate(listed.content) if may_lack(item))
    return listed.content[: next(unsure, len(listed.content))]


def _any_number(items: list[Value]) -> list[Value]:
    """The items of one of several lists, where those that there may be any number of are gone through as one."""
    repeated = [item.value for item in items if isinstance(item, RepeatedElement)]
    if not repeated[1:]:
        return items
    return [*(item for item in items if not isinstance(item, RepeatedElement)), RepeatedElement(join(*repeated))]


def _maybe(item: Value) -> Value:
    return item if isinstance(item, RepeatedElement) else join(item, UNBOUND)


def _keys(interp: Interpreter, mapping: Mapping) -> list[Value]:
    keys: list[Value] = []
    for key, value in mapping.content.items():
        if key == OTHER_KEYS:
            keys.append(RepeatedElement(Unknown("a key of a partly known dict", None, depends_on(value))))
            continue
        there = value_of(interp, key)
        keys.append(join(there, UNBOUND) if possibly_unbound(value) else there)
    return keys


def bind_target(interp: Interpreter, target: code.ExprT, value: Value, scope: Scope) -> None:
    """`target = value`, unpacking as needed."""
    from wflint.evaluate.expressions import attributes, items, slices

    match target:
        case code.Name(id=name):
            holder = scope.target(name)
            interp.heap.snapshot_before_write(holder)
            if holder is scope:
                holder.bind(name, value, target.at[0])
            else:
                holder.content[name] = value
            _christen(value, name)
        case code.Attribute(value=inner, name=name):
            _christen(value, name)
            box = interp.evaluate(inner, scope)
            attributes.set_attribute(interp, box, name, value, interp.location(target.at))
        case code.Subscript(value=inner, index=code.Slice() as cut):
            slices.set_slice(interp, interp.evaluate(inner, scope), slices.cut_of(interp, cut, scope), value)
        case code.Subscript(value=inner, index=index):
            box = interp.evaluate(inner, scope)
            key = interp.evaluate(index, scope)
            items.set_item(interp, box, key, value, interp.location(target.at))
        case code.Starred(value=inner):
            bind_target(interp, inner, value, scope)
        case code.Display(items=targets):
            _unpack(interp, targets, value, scope)
        case _:
            pass


def _christen(value: Value, name: str) -> None:
    """An object is called what the first variable it is given to is called."""
    if isinstance(value, Object) and value.name is None:
        value.name = name


def _unpack(interp: Interpreter, targets: tuple[code.ExprT, ...], value: Value, scope: Scope) -> None:
    options = [option for option in alternatives(value) if isinstance(option, Sequence) and option.closed]
    rows = [_row(interp, option.content, targets) for option in options]
    rows = [row for row in rows if row]
    if isinstance(value, Object | Const | Mapping) and not rows:
        listed = elements(interp, value)
        rows = [_row(interp, listed.content, targets)] if listed.closed else []
    complete = len(rows) == len(alternatives(value)) and all(rows)
    for number, target in enumerate(targets):
        known = [row[number] for row in rows if row]
        if not complete:
            known.append(_element_at(value, number))
        bind_target(interp, target, join(*known), scope)


def _element_at(value: Value, number: int) -> Value:
    if isinstance(value, TrackedValue) and value.access_path:
        return TrackedValue(value.root, (*value.access_path, str(number)), None, value.written_out)
    return Unknown("an unpacked element", None, depends_on(value))


def _row(interp: Interpreter, items: list[Value], targets: tuple[code.ExprT, ...]) -> list[Value]:
    """The items laid out for the targets, a starred one taking the middle; empty if they do not fit."""
    star = next((i for i, target in enumerate(targets) if isinstance(target, code.Starred)), None)
    if star is None:
        return list(items) if len(items) == len(targets) else []
    after = len(targets) - star - 1
    if len(items) < len(targets) - 1:
        return []
    middle = interp.list_of(list(items[star : len(items) - after]))
    return [*items[:star], middle, *items[len(items) - after :]]


def comprehend(interp: Interpreter, node: code.Comprehension, scope: Scope) -> Value:
    """The list, set or dict that a comprehension builds."""
    inner = interp.scope_under(scope, "comprehension")
    made_list = interp.list_of([], "set" if node.kind == "set" else "list")
    made_list.location = interp.location(node.at)
    made_dict = interp.dict_of(interp.location(node.at))

    def produce(sure: bool) -> None:  # noqa: FBT001 - a callback
        key = interp.resolved(interp.evaluate(node.key, inner)) if node.key is not None else None
        element = interp.evaluate(node.element, inner)
        if node.key is None or key is None:
            made_list.content.append(element if sure else RepeatedElement(element))
        else:
            enter(made_dict, key, element, interp.location(node.key.at), sure=sure)

    _generate(interp, node.generators, inner, produce, sure=True)
    if node.kind == "set":
        made_list.content[:] = distinct(made_list.content)
    made_list.content[:] = bounded(interp, made_list.content)
    return made_dict if node.key is not None else made_list


def _generate(
    interp: Interpreter,
    generators: tuple[code.Generator, ...],
    scope: Scope,
    produce: Callable[[bool], None],
    *,
    sure: bool,
) -> None:
    if not generators:
        produce(sure)
        return
    generator, *rest = generators
    first = scope.parent if scope.parent is not None and not scope.content else scope
    iterable = interp.evaluate(generator.iterable, first)
    listed = list(elements(interp, iterable).content)
    if len(listed) > interp.budget.max_iterations:
        listed = [*listed[: interp.budget.max_iterations], RepeatedElement(Unknown("an item beyond the budget"))]
    dependence = ControlDependence(depends_on(iterable), interp.location(generator.iterable.at), repeats=True)
    for item in listed:
        known = not may_lack(item)
        value = item_if_there(item)
        if value is None:
            continue
        each = partial(_round, interp, generator, tuple(rest), scope, produce, value, sure=sure and known)
        for_item(interp, item, each if known else partial(_perhaps, interp, dependence, each))


def _perhaps(interp: Interpreter, dependence: ControlDependence, each: Callable[[], None]) -> None:
    """A round of which it is not known whether, or how often, it happens: that hangs on what is iterated over."""
    interp.control_dependences.add_loop(interp.path_condition, dependence)
    each()


def _round(
    interp: Interpreter,
    generator: code.Generator,
    rest: tuple[code.Generator, ...],
    scope: Scope,
    produce: Callable[[bool], None],
    value: Value,
    *,
    sure: bool,
) -> None:
    bind_target(interp, generator.target, value, scope)
    _filter(interp, generator.conditions, rest, scope, produce, sure=sure)


def _filter(
    interp: Interpreter,
    tests: tuple[code.ExprT, ...],
    rest: tuple[code.Generator, ...],
    scope: Scope,
    produce: Callable[[bool], None],
    *,
    sure: bool,
) -> None:
    if not tests:
        _generate(interp, rest, scope, produce, sure=sure)
        return
    test, *others = tests
    tested = interp.evaluate(test, scope)
    outcome = conditions.truth(interp, tested)
    if outcome is False:
        return
    if outcome is True:
        _filter(interp, tuple(others), rest, scope, produce, sure=sure)
        return
    with conditions.under(interp, test, scope, tested, holds=True):
        _filter(interp, tuple(others), rest, scope, produce, sure=False)


def listed(value: Value | None) -> tuple[Value, ...] | None:
    """The items of a list, tuple or set; None where they are not all known."""
    return tuple(value.content) if isinstance(value, Sequence) and value.closed else None
