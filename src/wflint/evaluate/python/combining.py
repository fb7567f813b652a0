"""Going over several things at once, and over all choices from them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions.iteration import elements, firm, inner
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    Location,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    join,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

Rows = Iterable[tuple[Value, ...]]


def _any_row(interp: Interpreter, columns: list[list[Value]]) -> RepeatedElement:
    row = [join(*(inner(item) for item in column), *([] if column else [Unknown("nothing")])) for column in columns]
    return RepeatedElement(interp.list_of(row, "tuple"))


def _rows(interp: Interpreter, rows: Rows) -> list[Value]:
    """Rows as tuples, as many as the budget allows."""
    taken = itertools.islice(rows, interp.budget.size + 1)
    return [interp.list_of(list(row), "tuple") for row in taken]


def _hidden(arguments: Arguments, location: Location) -> list[Value]:
    """A column for what a spread argument hides."""
    return [RepeatedElement(Unknown("an item of an unknown value", location, depends_on(*arguments)))]


def zipped(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`zip(...)`: sure rows as long as all items are, then any number of others."""
    columns = [elements(interp, value) for value in arguments.positional]
    if arguments.open or not columns:
        rows = [_any_row(interp, [_hidden(arguments, location)])] if arguments.open else []
        return interp.list_of([RepeatedElement(Unknown("a row", location, depends_on(*arguments)))] if rows else [])
    sure = [firm(column) for column in columns]
    shortest = min(map(len, sure))
    made = _rows(interp, zip(*(column[:shortest] for column in sure), strict=True))
    ended = any(column.closed and len(column.content) == shortest for column in columns)
    rest = [] if ended else [_any_row(interp, [column.content[shortest:] for column in columns])]
    return interp.list_of([*made, *rest])


def zipped_longest(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.zip_longest(...)`."""
    columns = [elements(interp, value) for value in arguments.positional]
    filler = arguments.get("fillvalue") or NONE
    if all(column.closed for column in columns) and not arguments.open:
        contents = (column.content for column in columns)
        return interp.list_of(_rows(interp, itertools.zip_longest(*contents, fillvalue=filler)))
    filled = [[*column.content, filler] for column in columns] or [_hidden(arguments, location)]
    return interp.list_of([_any_row(interp, filled)])


def pairwise(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    """`itertools.pairwise(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    sure = firm(listed)
    made = _rows(interp, itertools.pairwise(sure))
    rest = [] if listed.closed else [_any_row(interp, [[*sure[-1:], *listed.content[len(sure) :]]] * 2)]
    return interp.list_of([*made, *rest])


def chosen(choose: Callable[..., Rows]) -> Callable[[Interpreter, Arguments, Location], Value]:
    """`itertools.combinations` and what is like it: rows of a length from one collection."""

    def choices(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
        given = arguments.get("iterable", 0)
        length = arguments.get("r", 1)
        listed = elements(interp, given) if given is not None else interp.list_of(_hidden(arguments, location))
        size = length.value if isinstance(length, Const) and isinstance(length.value, int) else None
        if size is None and length in (None, NONE) and choose is itertools.permutations:
            size = len(listed.content)
        if size is None or size < 0 or not listed.closed:
            return interp.list_of(
                [_any_row(interp, [listed.content] * size) if size else _unknown_row(listed, location)]
            )
        return interp.list_of(_rows(interp, choose(listed.content, size)))

    return choices


def _unknown_row(listed: Sequence, location: Location) -> RepeatedElement:
    return RepeatedElement(Unknown("a row", location, depends_on(listed)))


def product(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.product(...)`."""
    times = arguments.get("repeat")
    count = times.value if isinstance(times, Const) and isinstance(times.value, int) else 1 if times is None else None
    columns = [elements(interp, value) for value in arguments.positional]
    if count is None or arguments.open or count > MOST_REPEATED:
        return interp.list_of([RepeatedElement(Unknown("a row", location, depends_on(*arguments)))])
    if all(column.closed for column in columns):
        rows = _bounded_product([column.content for column in columns] * count, interp.budget.size)
        return interp.list_of(_rows(interp, rows))
    return interp.list_of([_any_row(interp, [column.content for column in columns] * count)])


MOST_REPEATED = 16


def _bounded_product(columns: list[list[Value]], most: int) -> Rows:
    """All rows with an item of each column, without keeping more of them than anybody wants."""
    rows: list[tuple[Value, ...]] = [()]
    for column in columns:
        rows = [(*row, item) for row, item in itertools.islice(itertools.product(rows, column), most + 1)]
    return rows


def batched(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.batched(...)`."""
    given, length = arguments.get("iterable", 0), arguments.get("n", 1)
    listed = elements(interp, given) if given is not None else interp.list_of(_hidden(arguments, location))
    size = length.value if isinstance(length, Const) and isinstance(length.value, int) else 0
    if size < 1 or not listed.closed:
        return interp.list_of(
            [RepeatedElement(interp.list_of([RepeatedElement(inner(item)) for item in listed.content], "tuple"))]
        )
    starts = range(0, len(listed.content), size)
    return interp.list_of(_rows(interp, (tuple(listed.content[start : start + size]) for start in starts)))
