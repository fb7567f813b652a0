"""Python's own functions, and the few of its library that code uses to put workflows together."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate import attributes, comparing, iterators, ordering
from wflint.evaluate.class_values import Class
from wflint.evaluate.documents import read_yaml
from wflint.evaluate.iteration import distinct, elements
from wflint.evaluate.iterators import inner
from wflint.evaluate.methods import builtin_method, fields_of, replaced
from wflint.evaluate.texts import METHODS, method_of, shaped
from wflint.evaluate.types import is_whole
from wflint.evaluate.values import (
    ABSENT,
    NONE,
    Arguments,
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
    from wflint.evaluate.displays import spread_into

    made = interp.dict_of(place)
    for given in arguments.positional:
        if isinstance(given, Sequence):
            _pairs_into(interp, made, given, place)
        else:
            _escape_root(interp, given, place)
            spread_into(made, given, place)
    for name, value in arguments.keywords:
        made.content[name] = value
        made.places[name] = place
    if arguments.open:
        spread_into(made, Unknown("keyword arguments that are not shown", place), place)
    return made


def _from_keys(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`dict.fromkeys(...)`."""
    made = interp.dict_of(place)
    value = arguments.get("value", 1) or NONE
    for item in elements(interp, arguments.positional[0]).content if arguments.positional else ():
        certain = not isinstance(item, Rest) and not may_be_absent(item)
        attributes.set_item(interp, made, inner(item), value if certain else unite(value, ABSENT), place)
    return made


def _escape_root(interp: Interpreter, value: Value, place: Place) -> None:
    if isinstance(value, Symbol) and not value.path:
        interp.note(value, "escape", place)


def _pairs_into(interp: Interpreter, made: Mapping, pairs: Sequence, place: Place) -> None:
    for pair in pairs.content:
        inner = present(pair.value if isinstance(pair, Rest) else pair)
        match inner:
            case Sequence(content=[key, value]):
                attributes.set_item(interp, made, key, value if inner is pair else unite(value, ABSENT), place)
            case _:
                attributes.set_item(interp, made, Unknown("a key"), Unknown("a value"), place)


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


def _same(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    return arguments.positional[0] if arguments.positional else _computed(place)


def _second(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    return arguments.positional[1] if len(arguments.positional) > 1 else _computed(place)


def _str(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    from wflint.evaluate.joining import text_from

    if not arguments.positional:
        return Const("")
    value = interp.resolved(arguments.positional[0])
    _escape_root(interp, value, place)
    match value:
        case Const() | Text():
            return text_from(interp, [value])
        case EnumMember() if text_of(value) is not None:
            return Const(text_of(value))
        case _:
            return Text((value,)) if sources_of(value) else _computed(place, value)


def _bool(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    outcome = comparing.truth(interp, arguments.positional[0]) if arguments.positional else False
    return Const(outcome) if outcome is not None else _computed(place, *arguments)


def _getattr(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    if not arguments.positional[1:]:
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
    match arguments.positional:
        case (target, name, value):
            for text in filter(None, map(text_of, interp.possibilities(name))):
                attributes.set_attribute(interp, target, text, value, place)
        case _:
            pass
    return NONE


def _hasattr(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (Symbol(root=root, path=path), name) if (text := text_of(name)) is not None:
            interp.note(Symbol(root, (*path, text)), "test", place)
        case (Object() as target, name) if (text := text_of(name)) is not None and (
            has := _has(target, text)
        ) is not None:
            return Const(has)
    return _computed(place, *arguments)


def _isinstance(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    match arguments.positional:
        case (value, wanted):
            outcome = comparing.is_instance(interp, value, wanted)
            return Const(outcome) if outcome is not None else _computed(place, value)
        case _:
            return _computed(place, *arguments)


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
    changes = interp.dict_of(place)
    changes.content.update(arguments.keywords)
    if isinstance(target, Symbol) and not target.path:
        return builtin_method(interp, target, "model_copy", Arguments((), (("update", changes),)), place) or target
    if not isinstance(target, Object) or target.cls is None:
        return _computed(place, *arguments)
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


def _gather(interp: Interpreter, arguments: Arguments, _place: Place) -> Value:
    items: list[Value] = list(arguments.positional)
    return interp.list_of([*items, Rest(Unknown("a gathered result"))] if arguments.open else items)


def _callable(_interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    known = bool(arguments.positional) and isinstance(arguments.positional[0], Function | Class | Partial)
    return Const(known) if known else _computed(place, *arguments)


FUNCTIONS: dict[str, Builtin] = {
    **dict.fromkeys(("yaml.safe_load", "yaml.load", "yaml.full_load"), read_yaml),
    "builtins.list": _list,
    "builtins.tuple": _tuple,
    "builtins.set": _set,
    "builtins.frozenset": _set,
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "builtins.range": iterators.numbers,
    "builtins.enumerate": iterators.numbered,
    "builtins.zip": iterators.zipped,
    "builtins.sorted": ordering.sorted_,
    "builtins.reversed": ordering.reversed_,
    "builtins.max": ordering.largest,
    "builtins.min": ordering.smallest,
    "builtins.sum": ordering.total,
    "builtins.abs": ordering.absolute,
    "builtins.len": _len,
    "builtins.map": iterators.mapped,
    "builtins.filter": iterators.filtered,
    "builtins.next": iterators.following,
    "builtins.iter": iterators.iterator,
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
    "builtins.any": iterators.any_of,
    "builtins.all": iterators.all_of,
    "functools.partial": _partial,
    "functools.partialmethod": _partial,
    "functools.reduce": iterators.reduced,
    "functools.lru_cache": _same,
    "itertools.chain": iterators.chained,
    "itertools.chain.from_iterable": iterators.chained_from,
    "typing.cast": _second,
    "typing_extensions.cast": _second,
    "itertools.pairwise": iterators.pairwise,
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
