"""Fields that get the text of a failure in place of a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on, is_of_exception
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    Unknown,
    Value,
    alternatives,
    text_of,
)
from wflint.model.conduct import ErrorText
from wflint.model.patterns import pattern

FAILURE: Final = pattern(
    r"(?i)\W*(?:(?:i'm |we are |we're )?sorry\W+(?:but )?)?(?:an? )?"
    r"(?:(?:\w+ )?errors?\b|failed\b|failure\b|exception\b|could ?n[o']t\b|unable to\b|something went wrong\b)"
)
"""How texts begin that say that something failed."""
TELLING: Final = pattern(
    r"(?i).*(?:err|exception|status|success|fail|(?:^|_)ok(?:_|$)|valid|fallback|degraded|warning|issue|retr(?:y|ies)"
    r"|attempt|done|complete|_by$|confidence|next|route|goto|should_|needs_|is_|has_).*"
)
"""Names of fields by which others can tell that something failed."""

_Given = dict[str, list[tuple[Value, Location]]]


Sent = tuple[str, Value, Location]
"""The name of something that code hands on, with what it may be, and where."""


def error_texts_of(summary: FunctionSummary | None, sent: Iterable[Sent] = ()) -> tuple[ErrorText, ...]:
    """Each such field, at the place where it is written; `sent` is what the code hands on by calls."""
    if summary is None or not summary.complete:
        return ()
    whole = [{name: [(option, at) for option in alternatives(value)]} for name, value, at in sent]
    parts = (part for _, value, at in sent for option in alternatives(value) for part in _updates(option, at))
    updates = [*_returned(summary), *_set(summary), *whole, *parts]
    names = {name for update in updates for name in update}
    return tuple(found for name in sorted(names) if (found := _error_text(name, updates)) is not None)


def tested_fields(summary: FunctionSummary | None) -> tuple[str, ...]:
    """The fields in which the code looks for fixed words, so that it may tell a failure from a result."""
    if summary is None:
        return ()
    sides = [(one.left, one.right) for one in summary.comparisons]
    calls = [call for call in summary.calls if call.method in LOOKING]
    pairs = [*sides, *((b, a) for a, b in sides), *((c.receiver or NONE, a) for c in calls for a in c.arguments)]
    looked = [value for value, word in pairs if _has_words(word)]
    found = {
        symbol.access_path[0] for symbol in depends_on(*looked) if symbol.root is summary.root and symbol.access_path
    }
    return tuple(sorted(found))


LOOKING: Final = frozenset({"startswith", "endswith", "find", "index", "count"})
"""Methods by which code looks for words in a text."""


def _has_words(value: Value) -> bool:
    inner = value.content if isinstance(value, Sequence) else [value]
    return any(text_of(one) for one in inner)


def _error_text(name: str, updates: list[_Given]) -> ErrorText | None:
    given = [(value, location, update) for update in updates for value, location in update.get(name, ())]
    failed = [(location, update) for value, location, update in given if _is_failure(value)]
    normal = [update for value, _, update in given if _is_result(value)]
    if not failed or not normal or TELLING.fullmatch(name):
        return None
    if any(_tells(update, name, normal) for _, update in failed):
        return None
    return ErrorText(name, failed[0][0].span)


def _tells(update: _Given, name: str, normal: list[_Given]) -> bool:
    """Whether the update has another field by which the failure is known: by its name, or as it is set only here."""
    others = set(update) - {name}
    elsewhere = {other for each in normal if each is not update for other in each}
    alone = all(each is not update for each in normal) and bool(others - elsewhere)
    return alone or any(TELLING.fullmatch(other) for other in others)


def _is_failure(value: Value) -> bool:
    inner = _unwrapped(value)
    text = _beginning(inner)
    return text is not None and (is_of_exception(inner) or FAILURE.match(text) is not None)


def _beginning(value: Value) -> str | None:
    """The known beginning of a text; empty where it begins with something that is not known."""
    match value:
        case Text(parts=(Const(value=str(first)), *_)):
            return first
        case Text() | Unknown():
            return ""
        case _:
            return text_of(value)


WRAPPED: Final = ("content", "text")
"""What objects of libraries call the text that they are made of."""
DEEPEST_WRAPPED: Final = 8
"""So many lists and objects around a text are looked into; a list may hold itself."""


def _unwrapped(value: Value) -> Value:
    """The text of a list of one, or of a document or message that is made of a text; else the value itself."""
    for _ in range(DEEPEST_WRAPPED):
        match value:
            case Sequence(content=[only], closed=True) if not isinstance(only, RepeatedElement):
                value = only
            case Object(cls=None, arguments=arguments) if (held := _held(arguments)) is not None:
                value = held
            case _:
                break
    return value


def _held(arguments: Arguments) -> Value | None:
    return next((held for name in WRAPPED if (held := arguments.get(name)) is not None), None)


def _is_result(value: Value) -> bool:
    """Whether a value is something that was worked out."""
    return not _is_failure(value) and not isinstance(value, Const) and value != NONE


def _returned(summary: FunctionSummary) -> Iterator[_Given]:
    for site in summary.returns:
        if site.location is not None:
            yield from _updates(site.value, site.location)


def _updates(value: Value, location: Location) -> Iterator[_Given]:
    match value:
        case Mapping():
            pairs = [(key, held, value.locations.get(key, location)) for key, held in value.known()]
            yield _gathered((key, held, where) for key, held, where in pairs if isinstance(key, str))
        case Object(arguments=Arguments() as arguments):
            update = arguments.get("update")
            if isinstance(update, Mapping):
                yield from _updates(update, location)
            else:
                place = value.location or location
                yield _gathered((key, held, place) for key, held in (*arguments.keywords, *_by_position(value)))
        case _:
            return


def _by_position(made: Object) -> Iterator[tuple[str, Value]]:
    """The fields that an object of a class of the source is given by position; only a dataclass takes them so."""
    if isinstance(made.cls, Class) and not made.arguments.open and not isinstance(made.cls.find("__init__"), Function):
        yield from zip(made.cls.declared(), made.arguments.positional, strict=False)


def _set(summary: FunctionSummary) -> Iterator[_Given]:
    """What is set in place, all in one, because handlers and what they handle set the same object."""
    written = [
        (access.symbol.access_path[0], access.new, access.location)
        for access in summary.accesses
        if access.mode == "set" and access.new is not None and len(access.symbol.access_path) == 1
    ]
    if written:
        yield _gathered(written)


def _gathered(pairs: Iterable[tuple[str, Value, Location]]) -> _Given:
    found: _Given = {}
    for name, value, location in pairs:
        found.setdefault(name, []).extend((option, location) for option in alternatives(value))
    return found
