"""Keys that code reads of a model's answer in JSON, where all that the model is told shows other keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from wflint.assembly.contracts.output_formats import CONVERTING, bare
from wflint.assembly.contracts.prompts import free_answer, prompt_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import TakenItem
from wflint.evaluate.values import Object, Value, alternatives, text_of
from wflint.model.contract import Format
from wflint.model.patterns import pattern
from wflint.model.prompt import UnaskedKey

_SHOWN: Final = pattern(r"[\"'](?P<key>[A-Za-z_][\w -]{0,60})[\"']\s*:")
"""A key as JSON writes it."""
_WORD: Final = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MOST_SHOWN: Final = 6


def unasked_keys(summary: FunctionSummary | None) -> tuple[UnaskedKey, ...]:
    """The keys that the prompt does not name in any way, where it is wholly known and names others as JSON does.

    Code that asks for a key with a default, or tests for it, may read what some models add: it is taken for a mistake
    where none of the keys is one that the prompt names.
    """
    taken = [one for one in summary.taken if _is_answer(one.of)] if summary is not None else []
    prompt = prompt_of(summary) if summary is not None and taken else None
    if summary is None or prompt is None or not prompt.whole:
        return ()
    text = "\n".join(one.text for one in prompt.texts)
    shown = tuple(dict.fromkeys(found["key"] for found in _SHOWN.finditer(text)))
    if not shown:
        return ()
    return tuple(found for parsed in _each(taken) for found in _of_one(parsed, summary, text, shown))


def _of_one(
    reads: list[TakenItem], summary: FunctionSummary, text: str, shown: tuple[str, ...]
) -> Iterator[UnaskedKey]:
    tested = _tested(reads[0].of, summary)
    missing = {read.key: read for read in reversed(reads) if read.key not in tested and not _names(text, read.key)}
    strays = len(missing) == len({read.key for read in reads})
    for key, read in missing.items():
        if strays or not read.is_soft:
            yield UnaskedKey(key, read.location.span, shown[:_MOST_SHOWN])


def _is_answer(value: Value) -> bool:
    """Whether an object is what a model wrote, parsed as JSON."""
    if not isinstance(value, Object) or CONVERTING.get(value.path or "") is not Format.JSON:
        return False
    texts = alternatives(value.arguments.positional[0]) if value.arguments.positional else ()
    return bool(texts) and all(free_answer(bare(text), in_json=True) is not None for text in texts)


def _each(taken: Iterable[TakenItem]) -> Iterator[list[TakenItem]]:
    """What is read of each answer."""
    parsed: dict[int, list[TakenItem]] = {}
    for one in taken:
        parsed.setdefault(id(one.of), []).append(one)
    yield from parsed.values()


def _tested(parsed: Value, summary: FunctionSummary) -> frozenset[str]:
    """The keys that code looks for before it reads them."""
    tests = (each for each in summary.comparisons if each.operator in ("in", "not in") and each.right is parsed)
    return frozenset(key for test in tests if (key := text_of(test.left)))


def _names(text: str, key: str) -> bool:
    """Whether a text names a key, or has all of its words."""
    words = [word.lower() for word in _WORD.findall(key)]
    said = text.lower()
    return key.lower() in said or (bool(words) and all(re.search(rf"\b{word}", said) for word in words))
