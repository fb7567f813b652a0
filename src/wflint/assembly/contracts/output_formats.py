"""What code makes of the texts that models write: parsed as JSON, turned into a number, searched for a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from wflint.evaluate.events import Comparison, LibraryCall
from wflint.evaluate.tracked import NORMALIZED
from wflint.evaluate.values import (
    ExternalAttribute,
    InputSource,
    Object,
    Text,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    text_of,
)
from wflint.evaluate.values import Sequence as Items
from wflint.model.contract import Format, FormatExpectation
from wflint.model.patterns import pattern

TRIMMING = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "removeprefix", "removesuffix"}
)
"""Methods of texts that leave what they say as it is."""
CONVERTING = {
    "json.loads": Format.JSON,
    "orjson.loads": Format.JSON,
    "ujson.loads": Format.JSON,
    "builtins.int": Format.NUMBER,
    "builtins.float": Format.NUMBER,
}
"""Calls that fail on texts of another form."""
VERDICT = pattern(
    r"approved?|reject(?:ed)?|accept(?:ed)?|pass(?:ed)?|fail(?:ed)?|valid|invalid|correct|incorrect|relevant|irrelevant|"
    r"continue|retry|revise|finish(?:ed)?|done|complete|grounded|useful|escalate|sufficient|insufficient",
    re.IGNORECASE,
)
"""Words of a decision; most other words that are looked for in a text are its subject, not its form."""
SIGNAL = pattern(r"[A-Z][A-Z0-9]+(?:[ _-][A-Z0-9]+)*|[A-Z0-9]+(?:_[A-Z0-9]+)+")
"""Words that nobody writes by accident."""

Source = Callable[[Value], str | None]
"""Where a text comes from, under a name that tells its sources apart; None where it is none that counts."""


class Effects(Protocol):
    """Code that was watched while it ran."""

    @property
    def calls(self) -> Sequence[LibraryCall]:
        """The library calls that it made."""

    @property
    def comparisons(self) -> Sequence[Comparison]:
        """What it compared."""


def expected_formats(effects: Effects, source: Source) -> dict[str, tuple[FormatExpectation, ...]]:
    """What the code counts on in texts, by their source; of words that are looked for in one, any will do."""
    found: dict[str, list[FormatExpectation]] = {}
    words: dict[str, list[FormatExpectation]] = {}
    for call in effects.calls:
        if call.path in CONVERTING and not call.tried:
            options = alternatives(call.arguments.positional[0]) if call.arguments.positional else ()
            for origin in dict.fromkeys(source(bare(option)) for option in options):
                if origin is not None:
                    found.setdefault(origin, []).append(FormatExpectation(CONVERTING[call.path], call.span))
    for origin, expectation in _looked_for(effects, source):
        words.setdefault(origin, []).append(expectation)
    for origin, each in words.items():
        every = tuple(dict.fromkeys(word for expectation in each for word in expectation.words))
        if all(is_form(word) for word in every):
            inside = tuple(dict.fromkeys(word for expectation in each for word in expectation.anywhere))
            form = FormatExpectation(Format.WORD, each[0].span, every, anywhere=inside)
            found.setdefault(origin, []).append(form)
    return {origin: tuple(each) for origin, each in found.items()}


def bare(value: Value) -> Value:
    """A text before it was trimmed."""
    while (
        isinstance(value, Object) and (value.path or "").rpartition(".")[2] in TRIMMING and value.receiver is not None
    ):
        value = value.receiver
    return value


def _looked_for(effects: Effects, source: Source) -> Iterator[tuple[str, FormatExpectation]]:
    """What is looked for in texts, by their source; a test knows what its stand-in for a model answers."""
    for comparison in effects.comparisons:
        if not comparison.location.module.is_test:
            yield from _compared(comparison, source)
    for call in effects.calls:
        if (
            not call.location.module.is_test
            and call.path.endswith((".startswith", ".endswith"))
            and call.receiver is not None
        ):
            yield from _begun(call, call.receiver, source)


def _begun(call: LibraryCall, receiver: Value, source: Source) -> Iterator[tuple[str, FormatExpectation]]:
    origin = source(bare(receiver))
    words = _words(call.arguments.positional[0]) if call.arguments.positional else ()
    if origin is not None and words:
        yield origin, FormatExpectation(Format.WORD, call.span, words)


def _compared(comparison: Comparison, source: Source) -> Iterator[tuple[str, FormatExpectation]]:
    anywhere: tuple[str, ...] = ()
    match comparison.operator:
        case "in" | "not in" if (words := _words(comparison.left)) and not isinstance(comparison.left, Items):
            text, anywhere = comparison.right, words
        case "in" | "not in":
            words, text = _words(comparison.right), comparison.left
        case "==" | "!=":
            sides = (comparison.left, comparison.right)
            known = [side for side in sides if text_of(side) is not None]
            words = _words(known[0]) if len(known) == 1 else ()
            text = sides[0] if words and known[0] is sides[1] else sides[1]
        case _:
            return
    for option in alternatives(text):
        origin = source(bare(option))
        if origin is not None and words:
            yield origin, FormatExpectation(Format.WORD, comparison.location.span, words, anywhere=anywhere)


def _words(value: Value) -> tuple[str, ...]:
    if isinstance(value, Items):
        texts = [text_of(item) for item in value.content]
        return tuple(text for text in texts if text) if None not in texts else ()
    text = text_of(value)
    return (text,) if text else ()


def is_form(word: str) -> bool:
    """Whether a word is a signal rather than what the text may be about."""
    return SIGNAL.fullmatch(word.strip()) is not None or VERDICT.fullmatch(word.strip()) is not None


def field_read(value: Value, of: InputSource) -> str | None:
    """The field of an input that a text is, as it stands or trimmed."""
    path = path_read(value, of)
    return path[0] if path is not None and len(path) == 1 else None


def path_read(value: Value, of: InputSource) -> tuple[str, ...] | None:
    """The way from an input to the part of it that a text is, as it stands or trimmed."""
    match value:
        case TrackedValue(root=root, access_path=path) if root is of:
            return path
        case Unknown(reason=reason, depends_on=sources) if reason == NORMALIZED and len(sources) == 1:
            return path_read(next(iter(sources)), of)
        case _:
            return None


TEXTS = frozenset({"content", "text", "output_text"})
"""What libraries call the text of an answer."""
AROUND = frozenset({"message", "choices", "candidates", "parts", "content", "output"})
"""What they call the parts around it."""


def answer_of(value: Value) -> Value:
    """What an answer is, whose text a value is; the value itself where it is no such part."""
    match value:
        case ExternalAttribute(name=name, receiver=inner) if name in TEXTS:
            return _around(inner)
        case Unknown(part=name, of=Object() as whole) if name in TEXTS:
            return whole
        case Text(parts=(Object() as whole,)):  # made into a text
            return whole
        case _:
            return value


def _around(value: Value) -> Value:
    while isinstance(value, ExternalAttribute) and value.name in AROUND:
        value = value.receiver
    return value.of if isinstance(value, Unknown) and value.of is not None else value
