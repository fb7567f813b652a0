"""Classes that are made by a call: named tuples, typed dicts and enumerations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.classes import build_class
from wflint.evaluate.expressions.iteration import elements
from wflint.evaluate.values import (
    Arguments,
    Const,
    ExternalName,
    Location,
    Mapping,
    Sequence,
    Unknown,
    Value,
    possibly_unbound,
    text_of,
)
from wflint.source import code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wflint.evaluate.interpreter import Interpreter

BASE, VALUE = "\0base", "\0value"
"""Names that no source can use, for what the made class inherits from and for the values of its names."""


def named_tuple(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`collections.namedtuple("Name", "first second")`."""
    given = arguments.get("field_names", 1)
    text = text_of(given)
    names = text.replace(",", " ").split() if text is not None else _texts(interp, given)
    defaults = elements(interp, arguments.get("defaults") or interp.list_of([])).content if names else []
    values: list[Value | None] = [None] * (len(names or ()) - len(defaults))
    return _declared(interp, arguments, names, [*values, *defaults], location)


def typed_named_tuple(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`typing.NamedTuple("Name", [("first", str)])`."""
    rows = arguments.get("fields", 1)
    listed = elements(interp, rows).content if rows is not None else []
    names = [text_of(row.content[0]) for row in listed if isinstance(row, Sequence) and row.content]
    known = [name for name in names if name is not None]
    return _declared(interp, arguments, known if len(known) == len(listed) else None, [None] * len(known), location)


def typed_dict(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`typing.TypedDict("Name", {"first": str})`; keys need not be names."""
    given = arguments.get("fields", 1)
    if not isinstance(given, Mapping) or not given.closed or any(map(possibly_unbound, given.content.values())):
        return Unknown("a class whose fields are not known", location)
    fields = [(name, type_) for name, type_ in given.known() if isinstance(name, str)]
    if len(fields) != len(given.content):
        return Unknown("a class whose fields are not known", location)
    body: list[code.StmtT] = []
    held: dict[str, Value] = {}
    for number, (name, type_) in enumerate(fields):
        held[f"{VALUE}{number}"] = type_
        written = given.locations.get(name, location)
        at = written.at if written.module is interp.module else location.at
        body.append(code.AnnAssign(at, code.Name(at, name), code.Name(at, f"{VALUE}{number}"), None))
    return _built(interp, arguments, ExternalName("typing.TypedDict"), body, held, location)


def _declared(
    interp: Interpreter, arguments: Arguments, names: list[str] | None, values: list[Value | None], location: Location
) -> Value:
    if names is None or len(values) != len(names):
        return Unknown("a class with unknown fields", location)
    annotation = code.Name(location.at, BASE)
    body: list[code.StmtT] = []
    held: dict[str, Value] = {}
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        source = code.Name(location.at, f"{VALUE}{number}") if value is not None else None
        body.append(code.AnnAssign(location.at, code.Name(location.at, name), annotation, source))
        held |= {f"{VALUE}{number}": value} if value is not None else {}
    return _built(interp, arguments, ExternalName("typing.NamedTuple"), body, held, location)


def enumeration(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`Enum("Name", ["A", "B"])`, of which the base is not told apart."""
    given = arguments.get("names", 1)
    text = text_of(given)
    if isinstance(given, Mapping) and given.closed:
        pairs = [(str(name), value) for name, value in given.known()]
    else:
        names = text.replace(",", " ").split() if text is not None else _texts(interp, given)
        pairs = [(name, Const(number)) for number, name in enumerate(names or (), 1)]
    if not pairs:
        return Unknown("an enumeration with unknown members", location)
    held = {f"{VALUE}{number}": value for number, (_, value) in enumerate(pairs)}
    targets = [code.Name(location.at, name) for name, _ in pairs]
    body = [code.Assign(location.at, (name,), code.Name(location.at, f"{VALUE}{n}")) for n, name in enumerate(targets)]
    return _built(interp, arguments, ExternalName("enum.Enum"), body, held, location)


def _texts(interp: Interpreter, value: Value | None) -> list[str] | None:
    """The texts in a list; None where they are not all known."""
    listed = elements(interp, value).content if value is not None else []
    known = [text for text in map(text_of, listed) if text is not None]
    return known if known and len(known) == len(listed) else None


def _built(
    interp: Interpreter,
    arguments: Arguments,
    base: ExternalName,
    body: Iterable[code.StmtT],
    held: dict[str, Value],
    location: Location,
) -> Value:
    scope = interp.scope_under(interp.module.scope, "function")
    scope.content.update({BASE: base, **held})
    name = text_of(arguments.positional[0]) if arguments.positional else None
    bases = (code.Name(location.at, BASE),)
    node = code.ClassDef(location.at, name or "made", location.at, bases, (), (), tuple(body), None)
    return build_class(interp, node, scope)
