"""Python's own functions, and the few of its library that code uses to put workflows together."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate import attributes, conditions, ordering
from wflint.evaluate.iteration import distinct, elements
from wflint.evaluate.methods import builtin_method, fields_of, replaced
from wflint.evaluate.texts import METHODS, method_of, shaped
from wflint.evaluate.types import is_whole
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
    Union,
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
    return interp.list_of(distinct(elements(interp, given).content) if given is not None else [], "set")


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
    if arguments.open:
        spread_into(interp, made, Unknown("keyword arguments that are not shown", place), place)
    return made


def _from_keys(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dict.fromkeys(...)`."""
    made = interp.dict_of(place)
    value = arguments.get("value", 1) or NONE
    for item in elements(interp, arguments.positional[0]).content if arguments.positional else ():
        certain = not isinstance(item, Rest) and not may_be_absent(item)
        attributes.set_item(interp, made, _inner(item), value if certain else unite(value, ABSENT), place)
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


def _len(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    given = arguments.get("obj", 0)
    match given:
        case Sequence() if given.closed and (given.kind != "set" or all(isinstance(i, Const) for i in given.content)):
            return Const(len(distinct(given.content)) if given.kind == "set" else len(given.content))
        case Mapping() if given.closed and not any(may_be_absent(v) for v in given.content.values()):
            return Const(len(given.content))
        case Const(value=str(text)):
            return Const(len(text))
        case Class():
            return Const(len(elements(interp, given).content))
        case _:
            return _computed(place, *arguments)


def _map(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    function, *columns = arguments.positional or (Unknown("no function"),)
    rows = elements(interp, columns[0]) if len(columns) == 1 else _zip(interp, Arguments(tuple(columns)), place)
    made: list[Value] = []
    for item in rows.content[: interp.budget.rounds] if isinstance(rows, Sequence) else ():
        row = _inner(item)
        given = (row,) if len(columns) == 1 or not isinstance(row, Sequence) else tuple(row.content)
        result = interp.call(function, Arguments(given), place)
        made.append(result if not isinstance(item, Rest) and not may_be_absent(item) else Rest(result))
    return interp.list_of(made)


def _filter(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) != 2:
        return interp.list_of([Rest(_computed(place, *arguments))])
    function, iterable = arguments.positional
    kept: list[Value] = []
    for item in elements(interp, iterable).content[: interp.budget.rounds]:
        value = _inner(item)
        outcome = conditions.truth(interp, value if function == NONE else interp.call(function, Arguments((value,)), place))
        if outcome is not False:
            kept.append(item if outcome or isinstance(item, Rest) else unite(item, ABSENT))
    return interp.list_of(kept)


def _pairwise(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    later = interp.list_of(listed.content[1:]) if listed.closed else listed
    return _zip(interp, Arguments((listed, later)), place)


def _iter(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    given = arguments.positional[0] if len(arguments.positional) == 1 else _computed(place, *arguments)
    return interp.list_of(list(elements(interp, given).content))


def _next(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """The first item, which is then gone: what is asked for its next item is no list of anybody else's."""
    source = arguments.positional[0] if arguments.positional else None
    default = arguments.positional[1:2]
    if not isinstance(source, Sequence):
        found = [_inner(item) for item in elements(interp, source).content] if source is not None else []
        return unite(*found, *default) if found else _computed(place, *arguments)
    if not source.content:
        return default[0] if default else Unknown("nothing is left", place)
    first = source.content[0]
    interp.heap.touch(source)
    if not isinstance(first, Rest) and not may_be_absent(first):
        del source.content[0]
        return first
    found = [_inner(item) for item in source.content]
    source.content[:] = [item if isinstance(item, Rest) else unite(item, ABSENT) for item in source.content]
    return unite(*found, *default)


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
    if not default or all(_has(target, text) is True for text in known if text is not None):
        return unite(*found)
    if all(_has(target, text) is False for text in known if text is not None):
        return default[0]
    return unite(*found, *default)


def _has(value: Value, name: str) -> bool | None:
    """Whether an object has an attribute; None where that is not known."""
    outcomes: set[bool | None] = set()
    for option in options_of(value):
        match option:
            case Object(cls=Class() as cls, content=content):
                held = content.get(name)
                if cls.find(name) is not None or (held is not None and not may_be_absent(held)):
                    outcomes.add(True)  # noqa: FBT003
                else:
                    whole = held is None and is_whole(cls) and cls.find("__getattr__") is None
                    outcomes.add(False if whole else None)
            case _:
                outcomes.add(None)
    return outcomes.pop() if len(outcomes) == 1 else None


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
        case (Object() as target, name) if (text := text_of(name)) is not None and (has := _has(target, text)) is not None:
            return Const(has)
    return _computed(place, *arguments)


def _isinstance(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) != 2:
        return _computed(place, *arguments)
    value, wanted = arguments.positional
    outcome = conditions.is_instance(interp, value, wanted)
    return Const(outcome) if outcome is not None else _computed(place, value)


def _issubclass(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (Class() as cls, Class() as wanted) if wanted in list(cls.lineage()) or is_whole(cls):
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


def _replace(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dataclasses.replace(...)`."""
    target = arguments.positional[0] if arguments.positional else None
    if not isinstance(target, Object) or target.cls is None:
        return _computed(place, *arguments)
    changes = interp.dict_of(place)
    changes.content.update(arguments.keywords)
    return replaced(interp, target, changes, place)


def _as_dict(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dataclasses.asdict(...)`."""
    target = arguments.positional[0] if arguments.positional else None
    if isinstance(target, Object) and target.cls is not None:
        return fields_of(interp, target, place)
    _escape_root(interp, target, place) if target is not None else None
    return _computed(place, *arguments)


def _copied(depth: int) -> Builtin:
    """`copy.copy` and `copy.deepcopy`: containers that are copied `depth` deep; objects stay what they are."""

    def copied(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
        if not arguments.positional:
            return _computed(place)
        value = arguments.positional[0]
        if isinstance(value, Symbol) and not value.path:
            return builtin_method(interp, value, "copy", Arguments(), place) or value
        return _copy(interp, value, depth)

    return copied


def _copy(interp: Interpreter, value: Value, depth: int) -> Value:
    if not depth:
        return value
    match value:
        case Sequence():
            return interp.list_of([_copy(interp, item, depth - 1) for item in value.content], value.kind)
        case Mapping():
            made = interp.dict_of(value.place)
            made.content.update({key: _copy(interp, inner, depth - 1) for key, inner in value.content.items()})
            made.places.update(value.places)
            return made
        case Union(options=options):
            return unite(*(_copy(interp, option, depth) for option in options))
        case Rest(value=inner):
            return Rest(_copy(interp, inner, depth))
        case _:
            return value


def _repr(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    return shaped(arguments.positional[0], "r", "", place) if arguments.positional else _computed(place)


def _format(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (value,):
            return value
        case (value, Const(value=str(spec))):
            return shaped(value, None, spec, place)
        case _:
            return _computed(place, *arguments)


def _text_method(name: str) -> Builtin:
    """`str.lower` as a function of its own."""

    def method(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
        if not arguments.positional:
            return _computed(place)
        receiver, *rest = arguments.positional
        given = Arguments(tuple(rest), arguments.keywords, arguments.open)
        return unite(*(method_of(interp, name, option, given, place) for option in interp.possibilities(receiver)))

    return method


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
    "builtins.sorted": ordering.sorted_,
    "builtins.reversed": ordering.reversed_,
    "builtins.max": ordering.largest,
    "builtins.min": ordering.smallest,
    "builtins.sum": ordering.total,
    "builtins.abs": ordering.absolute,
    "builtins.len": _len,
    "builtins.map": _map,
    "builtins.filter": _filter,
    "builtins.next": _next,
    "builtins.iter": _iter,
    "builtins.repr": _repr,
    "builtins.format": _format,
    "builtins.dict.fromkeys": _from_keys,
    "builtins.str": _str,
    "builtins.bool": _bool,
    "builtins.int": ordering.whole,
    "builtins.float": ordering.fraction,
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "builtins.hasattr": _hasattr,
    "builtins.isinstance": _isinstance,
    "builtins.issubclass": _issubclass,
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
    "itertools.pairwise": _pairwise,
    "copy.copy": _copied(1),
    "copy.deepcopy": _copied(6),
    "dataclasses.replace": _replace,
    "dataclasses.asdict": _as_dict,
    "asyncio.run": _same,
    "asyncio.create_task": _same,
    "asyncio.ensure_future": _same,
    "asyncio.wait_for": _same,
    "asyncio.shield": _same,
    "asyncio.gather": _gather,
    **{f"builtins.str.{name}": _text_method(name) for name in METHODS},
}


def _items(interp: Interpreter, arguments: Arguments) -> list[Value]:
    return list(elements(interp, arguments.positional[0]).content) if arguments.positional else []
