"""Token counts out of what providers and frameworks write, on one footing.

Cached tokens are inside `input` and reasoning tokens inside `output`, whatever the writer's habit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from wflint.traces.draft import UNKNOWN, Draft, Flag

_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")
MOST = 2**31 - 1
"""More tokens than any call has."""
_SURE = 10
"""A text of fewer digits is no more than that."""

_INPUT = ("input_tokens", "prompt_tokens", "prompt_token_count")
_OUTPUT = ("output_tokens", "completion_tokens", "candidates_token_count")
_TOTAL = ("total_tokens", "total_token_count", "total")
_INPUT_DETAILS = ("input_tokens_details", "prompt_tokens_details", "input_token_details", "prompt_token_details")
_OUTPUT_DETAILS = (
    "output_tokens_details",
    "completion_tokens_details",
    "output_token_details",
    "completion_token_details",
)
_CACHED = (
    "cached_tokens",
    "cache_read",
    "cache_read_tokens",
    "cached_input_tokens",
    "cached_prompt_tokens",
    "cached_content_token_count",
)
_WRITTEN = ("cache_write_tokens", "cache_creation", "cache_write", "cache_write_input_tokens")
_REASONING = ("reasoning_tokens", "reasoning", "output_reasoning_tokens", "reasoning_output_tokens")
_RECORDS = ("usage_metadata", "usageMetadata", "usage", "token_usage", "tokenUsage", "usage_details", "usageDetails")
"""Under these names records of tokens stand in answers."""
_DEEPEST, _MOST_INSIDE = 9, 2_000
_APART_READ, _APART_WRITTEN = "cache_read_input_tokens", "cache_creation_input_tokens"
_APART_THOUGHTS = "thoughts_token_count"


def count(value: object) -> int:
    """A count as an integer; `UNKNOWN` where it is none, negative or absurd."""
    if isinstance(value, str) and len(value) < _SURE and value.isdecimal():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return UNKNOWN
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return UNKNOWN
    return number if 0 <= number <= MOST else UNKNOWN


def is_bad(value: object) -> bool:
    """Whether something that should be a count is a number that no count can be."""
    return isinstance(value, int | float) and not isinstance(value, bool) and not 0 <= value <= MOST


@lru_cache(1_024)
def snake_cased(name: str) -> str:
    """A name as Python has it: `promptTokenCount` is `prompt_token_count`."""
    return _CAPITAL.sub(r"_\1", name).lower()


def usage_in(value: object, deepest: int = _DEEPEST) -> Mapping[str, object] | None:
    """The record of tokens in what a provider or a framework answered, the outermost one first; None without one.

    An answer is kept as it came, in a field of what a client makes of it, or as the messages that are made of it.
    """
    level = [value]
    for _ in range(deepest):
        inner: list[object] = []
        for one in level:
            if isinstance(one, Mapping):
                found = next((one[name] for name in _RECORDS if _counts_input(one.get(name))), None)
                if isinstance(found, Mapping):
                    return found
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        level = inner[:_MOST_INSIDE]
    return None


def _counts_input(usage: object) -> bool:
    if not isinstance(usage, Mapping):
        return False
    told = {snake_cased(name): value for name, value in usage.items() if isinstance(name, str)}
    return _first(told, (*_INPUT, "input")) != UNKNOWN


def fill(draft: Draft, usage: object) -> None:
    """Read a provider's or framework's usage record into the draft; interfaces write names in either case."""
    if not isinstance(usage, Mapping):
        return
    usage = {snake_cased(name): value for name, value in usage.items() if isinstance(name, str)}
    if any(is_bad(value) for value in usage.values()):
        draft.flags |= Flag.BAD_COUNT
    if "input" in usage or "output" in usage:
        _fill_disjoint(draft, usage)
        return
    draft.input, draft.output = _first(usage, _INPUT), _first(usage, _OUTPUT)
    draft.total = _first(usage, _TOTAL)
    inside, outside = _details(usage, _INPUT_DETAILS), _details(usage, _OUTPUT_DETAILS)
    draft.cached = _first({**usage, **inside}, _CACHED)
    draft.written = _first({**usage, **inside}, _WRITTEN)
    draft.reasoning = _first({**usage, **outside}, _REASONING)
    _add_apart(draft, usage)


def nested(start: str, flat: Mapping[str, object]) -> dict[str, object]:
    """What stands under a prefix in a flat record, with a mapping for what has parts of its own."""
    found: dict[str, object] = {}
    parts: dict[str, dict[str, object]] = {}
    for name, value in flat.items():
        if name.startswith(start):
            outer, _, inner = name.removeprefix(start).partition(".")
            if inner:
                parts.setdefault(outer, {})[inner] = value
            else:
                found[outer] = value
    return {**found, **parts}


def _add_apart(draft: Draft, usage: Mapping[str, object]) -> None:
    """Counts that their provider keeps apart from input and output (Anthropic's cache, Gemini's thoughts).

    Where a total is no more than input and output, the cache is inside the input, whatever it is called.
    """
    read, written = count(usage.get(_APART_READ)), count(usage.get(_APART_WRITTEN))
    if draft.input != UNKNOWN and (read != UNKNOWN or written != UNKNOWN):
        if draft.total == UNKNOWN or draft.total > draft.input + max(draft.output, 0):
            draft.input += max(read, 0) + max(written, 0)
        draft.cached, draft.written = max(read, 0), max(written, 0)
    thoughts = count(usage.get(_APART_THOUGHTS))
    if thoughts != UNKNOWN:
        draft.output, draft.reasoning = max(draft.output, 0) + thoughts, thoughts


def _fill_disjoint(draft: Draft, usage: Mapping[str, object]) -> None:
    """Usage by parts that are added up: `input`, `input_...`, `output`, `output_...`.

    Where the first of both make the total by themselves, the others are inside of them.
    """
    parts = {name: number for name, value in usage.items() if (number := count(value)) != UNKNOWN}
    reads = [name for name in parts if name.startswith("input") or name in ("cache_read", "cache_creation")]
    writes = [name for name in parts if name.startswith("output") or name == "reasoning"]
    draft.input = sum(parts[name] for name in reads) if reads else UNKNOWN
    draft.output = sum(parts[name] for name in writes) if writes else UNKNOWN
    draft.total = parts.get("total", UNKNOWN)
    if {"input", "output", "total"} <= parts.keys() and parts["input"] + parts["output"] == parts["total"]:
        draft.input, draft.output = parts["input"], parts["output"]
    draft.cached = _first(parts, ("input_cache_read", "input_cached_tokens", _APART_READ, "cache_read"))
    draft.written = _first(parts, ("input_cache_creation", "input_cache_write", _APART_WRITTEN, "cache_creation"))
    draft.reasoning = _first(parts, ("output_reasoning", "output_reasoning_tokens", "reasoning"))


def _first(usage: Mapping[str, object], names: tuple[str, ...]) -> int:
    return next((number for name in names if (number := count(usage.get(name))) != UNKNOWN), UNKNOWN)


def _details(usage: Mapping[str, object], names: tuple[str, ...]) -> Mapping[str, object]:
    found = next((usage[name] for name in names if isinstance(usage.get(name), Mapping)), {})
    return found if isinstance(found, Mapping) else {}
