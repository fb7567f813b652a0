"""Going over things: the functions and the parts of `itertools` that code chains loops with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import count, cycle, islice, repeat
from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions.comparing import truth
from wflint.evaluate.expressions.iteration import elements, firm, inner
from wflint.evaluate.python.combining import zipped
from wflint.evaluate.statements.branches import for_item
from wflint.evaluate.values import (
    NONE,
    UNBOUND,
    Arguments,
    Const,
    Location,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    join,
    possibly_unbound,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


Builtin = Callable[["Interpreter", Arguments, Location], Value]


def _computed(location: Location, *values: Value) -> Value:
    return Unknown("computed", location, depends_on(*values))


def numbers(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`range(...)`."""
    bounds = [v.value for v in arguments.positional if isinstance(v, Const) and isinstance(v.value, int)]
    if not bounds or len(bounds) != len(arguments.positional) or bounds[2:] == [0]:
        return interp.list_of([RepeatedElement(_computed(location, *arguments))])
    counted = range(*bounds)
    if len(counted) > interp.budget.max_iterations:
        return interp.list_of([RepeatedElement(Unknown("a number", location))])
    return interp.list_of([Const(number) for number in counted])


def numbered(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    """`enumerate(...)`; what stands behind something that may not be there has a number that is not known."""
    listed = elements(interp, arguments.get("iterable", 0) or interp.list_of([]))
    start = arguments.get("start", 1) or Const(0)
    first = start.value if isinstance(start, Const) and isinstance(start.value, int) else None
    sure = len(firm(listed))
    made: list[Value] = []
    for position, item in enumerate(listed.content):
        known = first is not None and position <= sure and not isinstance(item, RepeatedElement)
        number = Const(first + position) if known and first is not None else Unknown("a position")
        pair = interp.list_of([number, inner(item)], "tuple")
        made.append(
            RepeatedElement(pair)
            if isinstance(item, RepeatedElement)
            else join(pair, UNBOUND)
            if possibly_unbound(item)
            else pair
        )
    return interp.list_of(made)


def _each(
    interp: Interpreter,
    listed: Sequence,
    work: Callable[[Value], Value],
    result: Callable[[Value, Value], Value | None],
) -> Value:
    """What comes of working on each item, those that may be there only perhaps."""
    made: list[Value] = []
    for item in listed.content[: interp.budget.max_iterations]:
        sure = not isinstance(item, RepeatedElement) and not possibly_unbound(item)
        value = inner(item)
        found = result(value, for_item(interp, item, partial(work, value)))
        if found is not None:
            made.append(
                found
                if sure
                else RepeatedElement(inner(found))
                if isinstance(item, RepeatedElement)
                else join(found, UNBOUND)
            )
    if len(listed.content) > interp.budget.max_iterations:
        made.append(RepeatedElement(Unknown("an item beyond the budget")))
    return interp.list_of(made)


def _result(_item: Value, result: Value) -> Value:
    return result


def mapped(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`map(...)`."""
    function, *columns = arguments.positional or (Unknown("no function"),)
    if len(columns) == 1:
        return _each(
            interp, elements(interp, columns[0]), lambda v: interp.call(function, Arguments((v,)), location), _result
        )
    return spread_over(interp, Arguments((function, zipped(interp, Arguments(tuple(columns)), location))), location)


def spread_over(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.starmap(...)`."""
    if not arguments.positional[1:]:
        return interp.list_of([RepeatedElement(_computed(location, *arguments))])
    function, rows = arguments.positional[:2]
    return _each(
        interp, elements(interp, rows), lambda row: interp.call(function, _laid_out(interp, row), location), _result
    )


def _laid_out(interp: Interpreter, row: Value) -> Arguments:
    listed = elements(interp, row)
    if listed.closed:
        return Arguments(tuple(listed.content))
    return Arguments((), (), open=True, tail=join(*map(inner, listed.content)))


def filtering(*, wanted: bool) -> Builtin:
    """`filter`, and `itertools.filterfalse`: the items for which a function gives what is wanted."""

    def filtered(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
        if not arguments.positional[1:]:
            return interp.list_of([RepeatedElement(_computed(location, *arguments))])
        function, iterable = arguments.positional[:2]

        def tested(value: Value) -> Value:
            return value if function == NONE else interp.call(function, Arguments((value,)), location)

        def kept(value: Value, result: Value) -> Value | None:
            outcome = truth(interp, result)
            if outcome is None:
                return join(value, UNBOUND)
            return value if outcome is wanted else None

        return _each(interp, elements(interp, iterable), tested, kept)

    return filtered


def iterator(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`iter(...)`."""
    given = arguments.positional[0] if len(arguments.positional) == 1 else _computed(location, *arguments)
    return interp.list_of(list(elements(interp, given).content))


def following(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """The first item, which is then gone: what is asked for its next item is no list of anybody else's."""
    source = arguments.positional[0] if arguments.positional else None
    default = arguments.positional[1:2]
    if not isinstance(source, Sequence):
        found = [inner(item) for item in elements(interp, source).content] if source is not None else []
        return join(*found, *default) if found else _computed(location, *arguments)
    if not source.content:
        return default[0] if default else Unknown("nothing is left", location)
    first = source.content[0]
    interp.heap.snapshot_before_write(source)
    if not isinstance(first, RepeatedElement) and not possibly_unbound(first):
        del source.content[0]
        return first
    found = [inner(item) for item in source.content]
    source.content[:] = [item if isinstance(item, RepeatedElement) else join(item, UNBOUND) for item in source.content]
    return join(*found, *default)


def chained(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.chain(...)`."""
    hidden = [RepeatedElement(_computed(location, *arguments))] if arguments.open else []
    return interp.list_of([*(i for value in arguments.positional for i in elements(interp, value).content), *hidden])


def chained_from(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    """`itertools.chain.from_iterable(...)`."""
    rows = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    found: list[Value] = []
    for row in rows.content:
        sure = not isinstance(row, RepeatedElement) and not possibly_unbound(row)
        found += [
            i if sure or isinstance(i, RepeatedElement) else RepeatedElement(inner(i))
            for i in elements(interp, inner(row)).content
        ]
    return interp.list_of(found)


def reduced(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`functools.reduce(...)`."""
    if not arguments.positional[1:]:
        return _computed(location, *arguments)
    function, iterable, *start = arguments.positional
    listed = elements(interp, iterable)
    result = start[0] if start else None
    for item in listed.content[: interp.budget.max_iterations]:
        sure = not isinstance(item, RepeatedElement) and not possibly_unbound(item)
        if result is None:
            result = item if sure else _computed(location, *arguments)
            continue
        given = Arguments((result, inner(item)))
        found = for_item(interp, item, partial(interp.call, function, given, location))
        result = found if sure else join(result, found)
    again = len(listed.content) > interp.budget.max_iterations or any(
        isinstance(item, RepeatedElement) for item in listed.content
    )
    return join(result or _computed(location), *([_computed(location, *arguments)] if again else []))


def deciding(*, stops: bool) -> Builtin:
    """`any` and `all`: what one item that counts as `stops` decides."""

    def decided(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
        listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
        outcomes = [(truth(interp, inner(item)), item) for item in listed.content]
        if any(o is stops and not isinstance(i, RepeatedElement) and not possibly_unbound(i) for o, i in outcomes):
            return Const(stops)
        return Const(not stops) if all(o is (not stops) for o, _ in outcomes) else _computed(location, listed)

    return decided


# --------------------------------------------------------------------------------------------------- without an end


def _endless(interp: Interpreter, items: Iterable[Value]) -> Sequence:
    """As many items as a loop is unrolled for, and any number of others."""
    return interp.list_of(
        [*islice(items, interp.budget.max_iterations), RepeatedElement(Unknown("an item beyond the budget"))]
    )


def counted(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.count(...)`."""
    start, step = (arguments.get("start", 0) or Const(0)), (arguments.get("step", 1) or Const(1))
    match start, step:
        case Const(value=int(first)), Const(value=int(by)):
            return _endless(interp, (Const(number) for number in count(first, by)))
        case _:
            return interp.list_of([RepeatedElement(_computed(location, *arguments))])


def cycled(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    """`itertools.cycle(...)`."""
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    if listed.closed and listed.content:
        return _endless(interp, cycle(listed.content))
    return interp.list_of([RepeatedElement(join(*map(inner, listed.content)))] if listed.content else [])


def repeated(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    """`itertools.repeat(...)`."""
    value, times = arguments.get("object", 0) or Unknown("nothing"), arguments.get("times", 1)
    match times:
        case None:
            return _endless(interp, repeat(value))
        case Const(value=int(number)) if number <= interp.budget.size:
            return interp.list_of([value] * number)
        case _:
            return interp.list_of([RepeatedElement(value)])


def cut(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.islice(...)`."""
    given, *bounds = arguments.positional or (Unknown("nothing"),)
    listed = elements(interp, given)
    known = [b.value for b in bounds if isinstance(b, Const) and (b.value is None or isinstance(b.value, int))]
    sure = firm(listed)
    if bounds and len(known) == len(bounds) and known[2:] != [0]:
        window = slice(*known)
        if listed.closed or (window.stop is not None and window.stop <= len(sure)):
            return interp.list_of(sure[window])
    return interp.list_of(
        [RepeatedElement(inner(item)) for item in listed.content] or [RepeatedElement(_computed(location, *arguments))]
    )


def accumulated(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`itertools.accumulate(...)`."""
    from wflint.evaluate.expressions.operators import binary

    given, function, initial = arguments.get("iterable", 0), arguments.get("func", 1), arguments.get("initial")
    listed = elements(interp, given) if given is not None else interp.list_of([])
    if not listed.closed or len(listed.content) > interp.budget.max_iterations:
        return interp.list_of([RepeatedElement(_computed(location, *arguments))])
    made: list[Value] = [initial] if initial not in (None, NONE) and initial is not None else []
    for item in listed.content:
        if not made:
            made.append(item)
        elif function is None or function == NONE:
            made.append(binary(interp, "+", made[-1], item, location))
        else:
            made.append(interp.call(function, Arguments((made[-1], item)), location))
    return interp.list_of(made)
