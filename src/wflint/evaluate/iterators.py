"""Going over things: the functions and the parts of `itertools` that code chains loops with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.comparing import truth
from wflint.evaluate.iteration import elements
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    Arguments,
    Const,
    Place,
    Rest,
    Sequence,
    Unknown,
    Value,
    may_be_absent,
    present,
    sources_of,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def _computed(place: Place, *values: Value) -> Value:
    return Unknown("computed", place, sources_of(*values))


def inner(item: Value) -> Value:
    """What an item is if it is there."""
    return item.value if isinstance(item, Rest) else present(item) or Unknown("nothing")


def numbers(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`range(...)`."""
    bounds = [v.value for v in arguments.positional if isinstance(v, Const) and isinstance(v.value, int)]
    if not bounds or len(bounds) != len(arguments.positional) or bounds[2:] == [0]:
        return interp.list_of([Rest(_computed(place, *arguments))])
    counted = range(*bounds)
    if len(counted) > interp.budget.rounds:
        return interp.list_of([Rest(Unknown("a number", place))])
    return interp.list_of([Const(number) for number in counted])


def numbered(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    """`enumerate(...)`."""
    listed = elements(interp, arguments.get("iterable", 0) or interp.list_of([]))
    start = arguments.get("start", 1)
    first = start.value if isinstance(start, Const) and isinstance(start.value, int) else 0
    made: list[Value] = []
    for number, item in enumerate(listed.content, first):
        if isinstance(item, Rest):
            made.append(Rest(interp.list_of([Unknown("a position"), item.value], "tuple")))
        elif may_be_absent(item):
            made.append(unite(interp.list_of([Unknown("a position"), present(item) or item], "tuple"), ABSENT))
        else:
            made.append(interp.list_of([Const(number), item], "tuple"))
    return interp.list_of(made)


def zipped(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`zip(...)`."""
    columns = [elements(interp, value) for value in arguments.positional]
    if all(column.closed for column in columns):
        rows = zip(*(column.content for column in columns), strict=False)
        return interp.list_of([interp.list_of(list(row), "tuple") for row in rows])
    row = [
        unite(*(inner(item) for item in column.content), *([] if column.content else [Unknown("nothing")]))
        for column in columns
    ]
    return interp.list_of([Rest(interp.list_of(row, "tuple"))]) if row else interp.list_of([Rest(_computed(place))])


def mapped(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`map(...)`."""
    function, *columns = arguments.positional or (Unknown("no function"),)
    rows = elements(interp, columns[0]) if len(columns) == 1 else zipped(interp, Arguments(tuple(columns)), place)
    made: list[Value] = []
    for item in rows.content[: interp.budget.rounds] if isinstance(rows, Sequence) else ():
        row = inner(item)
        given = (row,) if len(columns) == 1 or not isinstance(row, Sequence) else tuple(row.content)
        result = interp.call(function, Arguments(given), place)
        made.append(result if not isinstance(item, Rest) and not may_be_absent(item) else Rest(result))
    return interp.list_of(made)


def filtered(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`filter(...)`."""
    if not arguments.positional[1:]:
        return interp.list_of([Rest(_computed(place, *arguments))])
    function, iterable = arguments.positional[:2]
    kept: list[Value] = []
    for item in elements(interp, iterable).content[: interp.budget.rounds]:
        value = inner(item)
        outcome = truth(interp, value if function == NONE else interp.call(function, Arguments((value,)), place))
        if outcome is not False:
            kept.append(item if outcome or isinstance(item, Rest) else unite(item, ABSENT))
    return interp.list_of(kept)


def pairwise(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`itertools.pairwise(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    later = interp.list_of(listed.content[1:]) if listed.closed else listed
    return zipped(interp, Arguments((listed, later)), place)


def iterator(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`iter(...)`."""
    given = arguments.positional[0] if len(arguments.positional) == 1 else _computed(place, *arguments)
    return interp.list_of(list(elements(interp, given).content))


def following(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """The first item, which is then gone: what is asked for its next item is no list of anybody else's."""
    source = arguments.positional[0] if arguments.positional else None
    default = arguments.positional[1:2]
    if not isinstance(source, Sequence):
        found = [inner(item) for item in elements(interp, source).content] if source is not None else []
        return unite(*found, *default) if found else _computed(place, *arguments)
    if not source.content:
        return default[0] if default else Unknown("nothing is left", place)
    first = source.content[0]
    interp.heap.touch(source)
    if not isinstance(first, Rest) and not may_be_absent(first):
        del source.content[0]
        return first
    found = [inner(item) for item in source.content]
    source.content[:] = [item if isinstance(item, Rest) else unite(item, ABSENT) for item in source.content]
    return unite(*found, *default)


def chained(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    """`itertools.chain(...)`."""
    return interp.list_of([item for value in arguments.positional for item in elements(interp, value).content])


def reduced(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`functools.reduce(...)`."""
    if not arguments.positional[1:]:
        return _computed(place, *arguments)
    function, iterable, *start = arguments.positional
    items = [inner(item) for item in elements(interp, iterable).content[: interp.budget.rounds]]
    result = start[0] if start else (items.pop(0) if items else _computed(place))
    for item in items:
        result = interp.call(function, Arguments((result, item)), place)
    return result


def any_of(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`any(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    outcomes = [truth(interp, item) for item in listed.content if not isinstance(item, Rest)]
    if any(outcome is True for outcome in outcomes):
        return Const(True)  # noqa: FBT003
    return Const(False) if listed.closed and all(o is False for o in outcomes) else _computed(place, listed)  # noqa: FBT003


def all_of(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`all(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    outcomes = [truth(interp, item) for item in listed.content if not isinstance(item, Rest)]
    if any(outcome is False for outcome in outcomes):
        return Const(False)  # noqa: FBT003
    return Const(True) if listed.closed and all(outcomes) else _computed(place, listed)  # noqa: FBT003


def chained_from(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`itertools.chain.from_iterable(...)`."""
    rows = elements(interp, arguments.positional[0]).content if arguments.positional else []
    return chained(interp, Arguments(tuple(rows)), place)
