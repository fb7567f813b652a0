"""Python's own functions, and the few of its library that code uses to put workflows together."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate import attributes, conditions
from wflint.evaluate.iteration import elements
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    Arguments,
    Class,
    Const,
    EnumMember,
    Function,
    Mapping,
    Object,
    Partial,
    Place,
    Rest,
    Sequence,
    Symbol,
    Text,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    present,
    sources_of,
    text_of,
    unite,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

BUILTINS = frozenset(dir(builtins))
"""The names that Python defines itself."""

Builtin = Callable[["Interpreter", Arguments, Place], Value]


def _computed(place: Place, *values: Value) -> Value:
    return Unknown("computed", place, sources_of(*values))


def _list(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    given = arguments.get("iterable", 0)
    return interp.list_of(list(elements(interp, given).content) if given is not None else [])


def _tuple(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    given = arguments.get("iterable", 0)
    return interp.list_of(list(elements(interp, given).content) if given is not None else [], "tuple")


def _set(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    given = arguments.get("iterable", 0)
    items = list(dict.fromkeys(elements(interp, given).content)) if given is not None else []
    return interp.list_of(items, "set")


def _dict(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    from wflint.evaluate.expressions import spread_into

    made = interp.dict_of(place)
    for given in arguments.positional:
        if isinstance(given, Sequence):
            _pairs_into(interp, made, given, place)
        else:
            _escape_root(interp, given, place)
            spread_into(interp, made, given, place)
    for name, value in arguments.keywords:
        made.content[name] = value
        made.places[name] = place
    return made


def _escape_root(interp: Interpreter, value: Value, place: Place) -> None:
    if isinstance(value, Symbol) and not value.path:
        interp.note(value, "escape", place)


def _pairs_into(interp: Interpreter, made: Mapping, pairs: Sequence, place: Place) -> None:
    for pair in pairs.content:
        inner = present(pair.value if isinstance(pair, Rest) else pair)
        if isinstance(inner, Sequence) and len(inner.content) == 2:
            value = inner.content[1] if inner is pair else unite(inner.content[1], ABSENT)
            attributes.set_item(interp, made, inner.content[0], value, place)
        else:
            attributes.set_item(interp, made, Unknown("a key"), Unknown("a value"), place)


def _range(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    bounds = [value.value for value in arguments.positional if isinstance(value, Const) and isinstance(value.value, int)]
    if not bounds or len(bounds) != len(arguments.positional) or (len(bounds) == 3 and bounds[2] == 0):
        return interp.list_of([Rest(_computed(place, *arguments))])
    numbers = range(*bounds)
    if len(numbers) > interp.budget.rounds:
        return interp.list_of([Rest(Unknown("a number", place))])
    return interp.list_of([Const(number) for number in numbers])


def _enumerate(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
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


def _zip(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    columns = [elements(interp, value) for value in arguments.positional]
    if all(column.closed for column in columns):
        rows = zip(*(column.content for column in columns), strict=False)
        return interp.list_of([interp.list_of(list(row), "tuple") for row in rows])
    row = [unite(*(_inner(item) for item in column.content), *([] if column.content else [Unknown("nothing")])) for column in columns]
    return interp.list_of([Rest(interp.list_of(row, "tuple"))]) if row else interp.list_of([Rest(_computed(place))])


def _inner(item: Value) -> Value:
    return item.value if isinstance(item, Rest) else present(item) or Unknown("nothing")


def _sorted(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    listed = elements(interp, arguments.get("iterable", 0) or interp.list_of([]))
    texts = [item.value for item in listed.content if isinstance(item, Const) and isinstance(item.value, str)]
    if len(texts) == len(listed.content) and arguments.get("key") is None and arguments.get("reverse") is None:
        return interp.list_of([Const(text) for text in sorted(texts)])
    return interp.list_of(list(listed.content))


def _reversed(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    listed = elements(interp, arguments.get("sequence", 0) or interp.list_of([]))
    return interp.list_of(list(reversed(listed.content)))


def _len(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    given = arguments.get("obj", 0)
    match given:
        case Sequence() if given.closed:
            return Const(len(given.content))
        case Mapping() if given.closed and not any(may_be_absent(v) for v in given.content.values()):
            return Const(len(given.content))
        case Const(value=str(text)):
            return Const(len(text))
        case Class():
            return Const(len(elements(interp, given).content))
        case _:
            return _computed(place, *arguments)


def _map(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) != 2:
        return interp.list_of([Rest(_computed(place, *arguments))])
    function, iterable = arguments.positional
    made: list[Value] = []
    for item in elements(interp, iterable).content[: interp.budget.rounds]:
        result = interp.call(function, Arguments((_inner(item),)), place)
        made.append(result if not isinstance(item, Rest) and not may_be_absent(item) else Rest(result))
    return interp.list_of(made)


def _filter(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    listed = elements(interp, arguments.positional[-1]) if arguments.positional else interp.list_of([])
    return interp.list_of([item if isinstance(item, Rest) else unite(item, ABSENT) for item in listed.content])


def _next(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    found = [_inner(item) for item in listed.content]
    if listed.closed and found:
        return found[0]
    return unite(*found, *arguments.positional[1:2]) if found else _computed(place, *arguments)


def _same(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    return arguments.positional[0] if arguments.positional else _computed(place)


def _second(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    return arguments.positional[1] if len(arguments.positional) > 1 else _computed(place)


def _str(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    from wflint.evaluate.expressions import text_from

    if not arguments.positional:
        return Const("")
    value = interp.resolved(arguments.positional[0])
    match value:
        case Const() | Text():
            return text_from(interp, [value])
        case EnumMember() if text_of(value) is not None:
            return Const(text_of(value))
        case _:
            return Text((value,)) if sources_of(value) else _computed(place, value)


def _bool(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    outcome = conditions.truth(interp, arguments.positional[0]) if arguments.positional else False
    return Const(outcome) if outcome is not None else _computed(place, *arguments)


def _int(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (Const(value=int() | float() as number),):
            return Const(int(number)) if abs(number) < 2**53 else _computed(place)
        case (Const(value=str(text)),) if text.strip().isdigit() and len(text) < 16:
            return Const(int(text))
        case _:
            return _computed(place, *arguments)


def _getattr(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) < 2:
        return _computed(place, *arguments)
    target, name, *default = arguments.positional
    known = [text_of(option) for option in interp.possibilities(name)]
    if any(text is None for text in known):
        for option in options_of(target):
            if isinstance(option, Symbol):
                interp.note(option, "escape", place)
        return _computed(place, *arguments)
    interp.guards += bool(default)
    found = [attributes.attribute(interp, target, text, place) for text in known if text is not None]
    interp.guards -= bool(default)
    return unite(*found, *default) if default and sources_of(*found) else unite(*found)


def _setattr(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) == 3:
        target, name, value = arguments.positional
        for option in interp.possibilities(name):
            text = text_of(option)
            if text is not None:
                attributes.set_attribute(interp, target, text, value, place)
    return NONE


def _hasattr(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (Symbol(root=root, path=path), name) if (text := text_of(name)) is not None:
            interp.note(Symbol(root, (*path, text)), "test", place)
        case (Object(cls=Class() as cls, content=content), name) if (text := text_of(name)) is not None:
            if text in content or cls.find(text) is not None:
                return Const(True)  # noqa: FBT003 - a value of the audited program
    return _computed(place, *arguments)


def _isinstance(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (Object(cls=Class() as cls), Class() as wanted):
            return Const(wanted in list(cls.lineage()))
        case _:
            return _computed(place, *arguments)


def _type(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (Object(cls=Class() as cls),):
            return cls
        case (EnumMember(cls=cls),):
            return cls
        case _:
            return _computed(place, *arguments)


def _partial(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if not arguments.positional:
        return _computed(place)
    function, *rest = arguments.positional
    return Partial(function, Arguments(tuple(rest), arguments.keywords, arguments.open))


def _chain(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    return interp.list_of([item for value in arguments.positional for item in elements(interp, value).content])


def _gather(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    items: list[Value] = list(arguments.positional)
    return interp.list_of([*items, Rest(Unknown("a gathered result"))] if arguments.open else items)


def _reduce(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) < 2:
        return _computed(place, *arguments)
    function, iterable, *start = arguments.positional
    items = [_inner(item) for item in elements(interp, iterable).content[: interp.budget.rounds]]
    result = start[0] if start else (items.pop(0) if items else _computed(place))
    for item in items:
        result = interp.call(function, Arguments((result, item)), place)
    return result


def _callable(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    known = bool(arguments.positional) and isinstance(arguments.positional[0], Function | Class | Partial)
    return Const(known) if known else _computed(place, *arguments)


def _any(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    outcomes = [conditions.truth(interp, item) for item in listed.content if not isinstance(item, Rest)]
    if any(outcome is True for outcome in outcomes):
        return Const(True)  # noqa: FBT003
    return Const(False) if listed.closed and all(o is False for o in outcomes) else _computed(place, listed)  # noqa: FBT003


def _all(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    outcomes = [conditions.truth(interp, item) for item in listed.content if not isinstance(item, Rest)]
    if any(outcome is False for outcome in outcomes):
        return Const(False)  # noqa: FBT003
    return Const(True) if listed.closed and all(outcomes) else _computed(place, listed)  # noqa: FBT003


FUNCTIONS: dict[str, Builtin] = {
    "builtins.list": _list,
    "builtins.tuple": _tuple,
    "builtins.set": _set,
    "builtins.frozenset": _set,
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "builtins.range": _range,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.sorted": _sorted,
    "builtins.reversed": _reversed,
    "builtins.len": _len,
    "builtins.map": _map,
    "builtins.filter": _filter,
    "builtins.next": _next,
    "builtins.iter": _same,
    "builtins.str": _str,
    "builtins.bool": _bool,
    "builtins.int": _int,
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "builtins.hasattr": _hasattr,
    "builtins.isinstance": _isinstance,
    "builtins.type": _type,
    "builtins.callable": _callable,
    "builtins.any": _any,
    "builtins.all": _all,
    "functools.partial": _partial,
    "functools.partialmethod": _partial,
    "functools.reduce": _reduce,
    "functools.lru_cache": _same,
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": lambda i, a, p: _chain(i, Arguments(tuple(_items(i, a))), p),
    "typing.cast": _second,
    "typing_extensions.cast": _second,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    "asyncio.run": _same,
    "asyncio.create_task": _same,
    "asyncio.ensure_future": _same,
    "asyncio.wait_for": _same,
    "asyncio.shield": _same,
    "asyncio.gather": _gather,
}


def _items(interp: Interpreter, arguments: Arguments) -> list[Value]:
    return list(elements(interp, arguments.positional[0]).content) if arguments.positional else []
