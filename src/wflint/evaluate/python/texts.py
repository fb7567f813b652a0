"""Texts: their methods, and the ways to put values into them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from string import Formatter
from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on, of_call
from wflint.evaluate.expressions.iteration import bounded, elements
from wflint.evaluate.file_texts import FileText
from wflint.evaluate.python.affixes import AFFIXES, has_affix
from wflint.evaluate.recording import record_formatting
from wflint.evaluate.values import (
    Arguments,
    Const,
    Location,
    Sequence,
    Text,
    Unknown,
    Value,
    alternatives,
    join,
    text_of,
)
from wflint.model.patterns import pattern
from wflint.source.literals import encodable

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

Plain = str | int | float | bool | None

METHODS: dict[str, Callable[..., object]] = {
    name: getattr(str, name)
    for name in [
        "lower",
        "upper",
        "strip",
        "lstrip",
        "rstrip",
        "title",
        "capitalize",
        "casefold",
        "swapcase",
        "replace",
        "removeprefix",
        "removesuffix",
        "startswith",
        "endswith",
        "find",
        "rfind",
        "index",
        "rindex",
        "count",
        "split",
        "rsplit",
        "splitlines",
        "partition",
        "rpartition",
        "zfill",
        "ljust",
        "rjust",
        "center",
        "isdigit",
        "isidentifier",
        "isalpha",
        "isalnum",
        "isupper",
        "islower",
        "isspace",
        "isnumeric",
        "isdecimal",
        "istitle",
    ]
}
"""The methods of a text that Python itself is asked about when everything in them is known."""

LONGEST = 65_536
"""The longest text that is worked out, in characters."""


def of_text(interp: Interpreter, receiver: Value, name: str, arguments: Arguments, location: Location) -> Value:
    """The result of a method of a text."""
    from wflint.evaluate.python.joining import text_from

    if name == "format":
        record_formatting(interp, interp.resolved(receiver), arguments, location)
        return formatted(interp, receiver, arguments, location)
    if name == "join":
        return _joined(interp, receiver, arguments, location)
    if isinstance(receiver, Text) and name in ("strip", "lstrip", "rstrip") and not arguments.positional:
        return text_from(interp, list(receiver.parts))
    options = alternatives(interp.resolved(receiver))
    if name == "replace" and len(arguments.positional) == 2 and not arguments.keywords:
        return join(*(replaced(interp, option, arguments, location) for option in options))
    return join(*(method_of(interp, name, option, arguments, location) for option in options))


def replaced(interp: Interpreter, receiver: Value, arguments: Arguments, location: Location) -> Value:
    """`text.replace(old, new)`, where what is put in need not be known."""
    from wflint.evaluate.python.joining import text_from

    old, new = text_of(arguments.positional[0]), arguments.positional[1]
    pieces = receiver.parts if isinstance(receiver, Text) else (receiver,)
    found = sum(str(text_of(piece) or "").count(old) for piece in pieces) if old else 0
    if not old or arguments.open or (text_of(new) is not None and not isinstance(receiver, Text)) or not found:
        whole = isinstance(receiver, Text) and bool(old) and not found
        return receiver if whole else method_of(interp, "replace", receiver, arguments, location)
    if found > interp.budget.max_iterations:
        return Unknown("a text beyond the budget", location, depends_on(receiver, *arguments))
    parts: list[Value] = []
    for piece in pieces:
        text = text_of(piece)
        if text is None:
            parts.append(piece)
            continue
        before, *rest = text.split(old)
        parts.append(_same_place(piece, before))
        for more in rest:
            parts += [new, Const(more)]
    return text_from(interp, parts)


def method_of(interp: Interpreter, name: str, receiver: Value, arguments: Arguments, location: Location) -> Value:
    """`receiver.name(arguments)` where the text and all arguments are known."""
    if name in AFFIXES and (has := has_affix(receiver, name, arguments)) is not None:
        return Const(has)
    text, method = text_of(receiver), METHODS.get(name)
    given = [_constant(value) for value in arguments.positional]
    named = {key: _constant(value) for key, value in arguments.keywords}
    consts = [const for const in (*given, *named.values()) if const is not None]
    if method is None or text is None or arguments.open or len(consts) != len(given) + len(named):
        return Unknown("computed", location, of_call(name, receiver, arguments, location))
    if not _fits(text, consts):
        return Unknown("a text beyond the budget", location)
    try:
        result = method(
            text,
            *(const.value for const in given if const is not None),
            **{key: const.value for key, const in named.items() if const is not None},
        )
    except (TypeError, ValueError, OverflowError):
        return _computed(location)
    if isinstance(receiver, FileText) and isinstance(result, str):
        return _same_place(receiver, result)
    return _lifted(interp, result, location)


def _same_place(text: Value, changed: str) -> Const:
    """A text that was made of another one; of what stands in a file it stays known where it stands."""
    if not isinstance(text, FileText):
        return Const(changed)
    start, end = text.location.at
    skipped = str(text.value).find(changed) if end - start == len(str(text.value)) else -1
    at = (start + skipped, start + skipped + len(changed)) if skipped >= 0 else text.location.at
    return FileText(changed, Location(text.location.module, at))


def _constant(value: Value) -> Const | None:
    """A constant, or the text that a member of an enumeration is."""
    text = text_of(value)
    if text is not None:
        return Const(text)
    return value if isinstance(value, Const) else None


def _fits(text: str, consts: list[Const]) -> bool:
    """Whether the result is sure to stay small: replacing and padding can blow a text up."""
    size = 1
    for const in consts:
        if isinstance(const.value, str):
            size = max(size, len(const.value))
        elif isinstance(const.value, int):
            size = max(size, min(abs(const.value), LONGEST + 1) if const.value > len(text) else 1)
    return (len(text) + 1) * size <= LONGEST


def _lifted(interp: Interpreter, result: object, location: Location) -> Value:
    match result:
        case list() | tuple():
            parts = bounded(interp, [Const(part) for part in result])
            return interp.list_of(parts, "list" if isinstance(result, list) else "tuple")
        case str() | int():
            return Const(result)
        case _:
            return _computed(location)


def _computed(location: Location, *values: Value) -> Unknown:
    return Unknown("computed", location, depends_on(*values))


def _joined(interp: Interpreter, separator: Value, arguments: Arguments, location: Location) -> Value:
    from wflint.evaluate.python.joining import text_from

    listed = elements(interp, arguments.positional[0]) if arguments.positional else interp.list_of([])
    if not listed.closed or not isinstance(separator, Const) or len(listed.content) > interp.budget.max_iterations:
        joined = _computed(location, *arguments)
        return Text((joined,)) if joined.depends_on else joined
    parts: list[Value] = []
    for item in listed.content:
        parts += [separator, item] if parts else [item]
    return text_from(interp, parts)


# ------------------------------------------------------------------------------------------------ put into texts


def formatted(interp: Interpreter, template: Value, arguments: Arguments, location: Location) -> Value:
    """`template.format(...)`."""
    from wflint.evaluate.python.joining import text_from

    text = text_of(template)
    pieces = list(_pieces(text, arguments, location)) if text is not None and not arguments.open else [None]
    known = [piece for piece in pieces if piece is not None]
    if isinstance(template, FileText) and known and isinstance(known[0], Const):
        known[0] = _same_place(template, str(known[0].value))
    return text_from(interp, known) if len(known) == len(pieces) else _computed(location, template, *arguments)


def _pieces(template: str, arguments: Arguments, location: Location) -> Iterator[Value | None]:
    """The parts of a template with the arguments in their places; None where it cannot be read."""
    count = 0
    try:
        for literal, name, spec, conversion in Formatter().parse(template):
            yield Const(literal)
            if name is None:
                continue
            given = (
                arguments.get("", count) if not name else arguments.get(name, int(name) if name.isdecimal() else None)
            )
            count += not name
            yield shaped(given, conversion, spec or "", location) if given is not None else None
    except ValueError:
        yield None


CONVERSIONS: dict[str, Callable[[object], str]] = {"r": repr, "a": ascii, "s": str}


def shaped(value: Value, conversion: str | None, spec: str, location: Location) -> Value:
    """`{value!conversion:spec}` of a format."""
    if not conversion and not spec:
        return value
    const = _constant(value)
    if const is None or any(int(number[:9]) > LONGEST for number in re.findall(r"\d+", spec)):
        return _computed(location, value)
    convert = CONVERSIONS.get(conversion or "")
    try:
        text = format(convert(const.value) if convert is not None else const.value, spec)
    except (TypeError, ValueError, OverflowError):
        return _computed(location, value)
    return Const(text) if encodable(text) else _computed(location, value)


DIRECTIVE = pattern(r"%(?:\((?P<key>\w+)\))?(?P<kind>[sdir%]|.?)", re.DOTALL)


def interpolated(interp: Interpreter, template: str, value: Value, location: Location) -> Value:
    """`template % value`, for directives without widths."""
    from wflint.evaluate.python.joining import text_from

    row = list(value.content) if isinstance(value, Sequence) and value.kind == "tuple" and value.closed else [value]
    parts: list[Value] = []
    end = 0
    for directive in DIRECTIVE.finditer(template):
        parts.append(Const(template[end : directive.start()]))
        end = directive.end()
        if directive["kind"] == "%":
            parts.append(Const("%"))
            continue
        if directive["key"] is not None or directive["kind"] not in ("s", "d", "i", "r") or not row:
            return _computed(location, value)
        given = row.pop(0)
        parts.append(shaped(given, "r", "", location) if directive["kind"] == "r" else given)
    parts.append(Const(template[end:]))
    return text_from(interp, parts) if not row else _computed(location, value)
