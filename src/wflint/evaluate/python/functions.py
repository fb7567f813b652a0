"""Python's own functions, and the few of its library that code uses to put workflows together."""

from __future__ import annotations

import builtins
import inspect
import itertools
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from wflint.evaluate.class_values import Class
from wflint.evaluate.classes import bare_objects
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.expressions import comparing, ordering
from wflint.evaluate.expressions.iteration import distinct, elements, inner
from wflint.evaluate.partials import partial_of
from wflint.evaluate.python import combining, declared, elsewhere, files, iterators, models, paths, reflection
from wflint.evaluate.python.callables import REMEMBERING, remembering
from wflint.evaluate.python.dicts import merge_into
from wflint.evaluate.python.documents import CONFIGURED, read_yaml
from wflint.evaluate.python.entries import enter, spread_into
from wflint.evaluate.python.paths import as_text
from wflint.evaluate.python.texts import METHODS, method_of, shaped
from wflint.evaluate.statements.contexts import enter_context
from wflint.evaluate.statements.imports import import_module
from wflint.evaluate.tracked import escape_input
from wflint.evaluate.types import ENUM_BASES
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    EnumMember,
    Location,
    Mapping,
    Partial,
    RepeatedElement,
    Sequence,
    Text,
    Unknown,
    Value,
    join,
    possibly_unbound,
    text_of,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

BUILTINS = frozenset(dir(builtins))
"""The names that Python defines itself."""

Builtin = Callable[["Interpreter", Arguments, Location], Value]


def _computed(location: Location, *values: Value) -> Value:
    return Unknown("computed", location, depends_on(*values))


def _list(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    given = arguments.get("iterable", 0)
    return interp.list_of(list(elements(interp, given).content) if given is not None else [])


def _tuple(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    given = arguments.get("iterable", 0)
    return interp.list_of(list(elements(interp, given).content) if given is not None else [], "tuple")


def _set(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    given = arguments.get("iterable", 0)
    return interp.list_of(distinct(elements(interp, given).content) if given is not None else [], "set")


def _dict(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    made = interp.dict_of(location)
    for given in arguments.positional:
        merge_into(interp, made, given, location)
    for name, value in arguments.keywords:
        enter(made, Const(name), value, location)
    if arguments.open:
        spread_into(made, arguments.rest or Unknown("unknown keyword arguments", location), location)
    return made


def _default_dict(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`collections.defaultdict(...)`."""
    maker, *given = arguments.positional or (NONE,)
    made = _dict(interp, Arguments(tuple(given), arguments.keywords, arguments.open), location)
    if isinstance(made, Mapping) and maker != NONE:
        made.default_factory = maker
    return made


def _namespace(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`types.SimpleNamespace(...)`."""
    made = interp.object_of("types.SimpleNamespace", arguments, location)
    made.content.update(arguments.keywords)
    return made


def _from_keys(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`dict.fromkeys(...)`."""
    made = interp.dict_of(location)
    value = arguments.get("value", 1) or NONE
    for item in elements(interp, arguments.positional[0]).content if arguments.positional else ():
        certain = not isinstance(item, RepeatedElement) and not possibly_unbound(item)
        enter(made, interp.resolved(inner(item)), value, location, sure=certain)
    return made


def _len(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    given = arguments.get("obj", 0)
    match given:
        case Sequence() if given.closed and (given.kind != "set" or all(isinstance(i, Const) for i in given.content)):
            return Const(len(distinct(given.content)) if given.kind == "set" else len(given.content))
        case Mapping() if given.closed and not any(possibly_unbound(v) for v in given.content.values()):
            return Const(len(given.content))
        case Const(value=str(text)):
            return Const(len(text))
        case Class():
            return Const(len(elements(interp, given).content))
        case _:
            return _computed(location, *arguments)


def _same(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    return arguments.positional[0] if arguments.positional else _computed(location)


def _second(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    return arguments.positional[1] if len(arguments.positional) > 1 else _computed(location)


def _str(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    from wflint.evaluate.python.joining import text_from

    if not arguments.positional:
        return Const("")
    value = as_text(interp.resolved(arguments.positional[0]))
    escape_input(interp, value, location)
    match value:
        case Const() | Text():
            return text_from(interp, [value])
        case EnumMember() if text_of(value) is not None:
            return Const(text_of(value) if _prints_value(value.cls) else f"{value.cls.name}.{value.name}")
        case _:
            return Text((value,)) if depends_on(value) else _computed(location, value)


def _prints_value(cls: Class) -> bool:
    """Whether a member of an enumeration of texts, made into a text, is its value: `(str, Enum)` alone says its name.

    A `__str__` in the source is there to say the value.
    """
    return "enum.StrEnum" in cls.libraries() or cls.find("__str__") is not None


def _bool(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    outcome = comparing.truth(interp, arguments.positional[0]) if arguments.positional else False
    return Const(outcome) if outcome is not None else _computed(location, *arguments)


def _partial(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    if not arguments.positional:
        return _computed(location)
    function, *rest = arguments.positional
    return partial_of(function, replace(arguments, positional=tuple(rest)))


def _partial_method(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`functools.partialmethod(...)`: what it makes gets the object that it is taken from first."""
    made = _partial(interp, arguments, location)
    return replace(made, method=True) if isinstance(made, Partial) else made


def _repr(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    return shaped(arguments.positional[0], "r", "", location) if arguments.positional else _computed(location)


def _format(_interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    match arguments.positional:
        case (value,):
            return value
        case (value, Const(value=str(spec))):
            return shaped(value, None, spec, location)
        case _:
            return _computed(location, *arguments)


def _unindented(clean: Callable[[str], str]) -> Builtin:
    """`textwrap.dedent(...)` and its like: what a text says stays as it is."""

    def unindented(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
        if len(arguments.positional) != 1:
            return _computed(location, *arguments)
        options = interp.possibilities(arguments.positional[0])
        texts = [(text_of(option), option) for option in options]
        return join(
            *(
                Const(clean(text))
                if text is not None
                else option
                if isinstance(option, Text)
                else _computed(location, option)
                for text, option in texts
            )
        )

    return unindented


def _text_method(name: str) -> Builtin:
    """`str.lower` as a function of its own."""

    def method(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
        if not arguments.positional:
            return _computed(location)
        receiver = arguments.positional[0]
        given = arguments.without(1)
        return join(*(method_of(interp, name, option, given, location) for option in interp.possibilities(receiver)))

    return method


def _gather(interp: Interpreter, arguments: Arguments, _place: Location) -> Value:
    items: list[Value] = list(arguments.positional)
    further = arguments.tail or Unknown("a gathered result")
    return interp.list_of([*items, RepeatedElement(further)] if arguments.open else items)


TYPING: dict[str, Builtin] = {
    "cast": _second,
    "assert_type": _same,
    "get_args": reflection.type_arguments,
    "get_origin": reflection.type_origin,
    "get_type_hints": reflection.type_hints,
}

READING: dict[str, Callable[[Interpreter, Arguments, Location], Value | None]] = {**files.READING, **CONFIGURED}
"""Functions that read files; None where nothing is known of these."""

FUNCTIONS: dict[str, Builtin] = {
    **dict.fromkeys(("yaml.safe_load", "yaml.load", "yaml.full_load"), read_yaml),
    "builtins.list": _list,
    "builtins.tuple": _tuple,
    "builtins.set": _set,
    "builtins.frozenset": _set,
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": _default_dict,
    "collections.deque": _list,
    "types.MappingProxyType": _dict,
    "types.SimpleNamespace": _namespace,
    "collections.namedtuple": declared.named_tuple,
    "typing.NamedTuple": declared.typed_named_tuple,
    "typing.TypedDict": declared.typed_dict,
    "typing_extensions.TypedDict": declared.typed_dict,
    **dict.fromkeys(ENUM_BASES, declared.enumeration),
    "builtins.range": iterators.numbers,
    "builtins.enumerate": iterators.numbered,
    "builtins.zip": combining.zipped,
    "builtins.sorted": ordering.sorted_,
    "builtins.reversed": ordering.reversed_,
    "builtins.max": ordering.largest,
    "builtins.min": ordering.smallest,
    "builtins.sum": ordering.total,
    "builtins.abs": ordering.absolute,
    "builtins.len": _len,
    "builtins.map": iterators.mapped,
    "builtins.filter": iterators.filtering(wanted=True),
    "builtins.next": iterators.following,
    "builtins.iter": iterators.iterator,
    "builtins.repr": _repr,
    "builtins.format": _format,
    "builtins.dict.fromkeys": _from_keys,
    "builtins.str": _str,
    "builtins.bool": _bool,
    "builtins.int": ordering.whole,
    "builtins.float": ordering.fraction,
    "builtins.getattr": reflection.get_attribute,
    "builtins.object.__new__": bare_objects,
    "builtins.setattr": reflection.set_attribute,
    "builtins.hasattr": reflection.has_attribute,
    "builtins.isinstance": reflection.is_instance,
    "builtins.issubclass": reflection.is_subclass,
    "builtins.type": reflection.type_of,
    "builtins.callable": reflection.is_callable,
    "builtins.any": iterators.deciding(stops=True),
    "builtins.all": iterators.deciding(stops=False),
    "functools.partial": _partial,
    "functools.partialmethod": _partial_method,
    "functools.reduce": iterators.reduced,
    **dict.fromkeys(REMEMBERING, remembering),
    "itertools.chain": iterators.chained,
    "itertools.chain.from_iterable": iterators.chained_from,
    **{f"{home}.{name}": function for home in ("typing", "typing_extensions") for name, function in TYPING.items()},
    **paths.FUNCTIONS,
    **elsewhere.FUNCTIONS,
    "dataclasses.fields": reflection.fields,
    "builtins.globals": reflection.module_names,
    "builtins.vars": reflection.attributes_of,
    "builtins.anext": iterators.following,
    "builtins.aiter": iterators.iterator,
    "itertools.pairwise": combining.pairwise,
    "itertools.zip_longest": combining.zipped_longest,
    "itertools.product": combining.product,
    "itertools.combinations": combining.chosen(itertools.combinations),
    "itertools.combinations_with_replacement": combining.chosen(itertools.combinations_with_replacement),
    "itertools.permutations": combining.chosen(itertools.permutations),
    "itertools.batched": combining.batched,
    "itertools.starmap": iterators.spread_over,
    "itertools.filterfalse": iterators.filtering(wanted=False),
    "itertools.count": iterators.counted,
    "itertools.cycle": iterators.cycled,
    "itertools.repeat": iterators.repeated,
    "itertools.islice": iterators.cut,
    "itertools.accumulate": iterators.accumulated,
    "contextlib.ExitStack.enter_context": enter_context,
    "contextlib.AsyncExitStack.enter_context": enter_context,
    "contextlib.AsyncExitStack.enter_async_context": enter_context,
    "importlib.import_module": import_module,
    "copy.copy": models.copying(1),
    "copy.deepcopy": models.copying(6),
    "dataclasses.replace": models.replace,
    "dataclasses.asdict": models.as_dict,
    "textwrap.dedent": _unindented(textwrap.dedent),
    "inspect.cleandoc": _unindented(inspect.cleandoc),
    "asyncio.run": _same,
    "asyncio.create_task": _same,
    "asyncio.ensure_future": _same,
    "asyncio.wait_for": _same,
    "asyncio.shield": _same,
    "asyncio.gather": _gather,
    **{f"builtins.str.{name}": _text_method(name) for name in METHODS},
}
