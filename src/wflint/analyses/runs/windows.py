"""How many tokens models take at once: rows of knowledge, by the beginning of a model's name; others are not known."""

from __future__ import annotations

from collections.abc import Mapping

WINDOWS: Mapping[str, int] = {
    "claude-3": 200_000,
    "claude-haiku-4": 200_000,
    "claude-opus-4": 200_000,
    "claude-sonnet-4": 200_000,
    "gemini-1.5-flash": 1_048_576,
    "gemini-1.5-pro": 2_097_152,
    "gemini-2": 1_048_576,
    "gpt-3.5-turbo": 16_385,
    "gpt-4": 8_192,
    "gpt-4-turbo": 128_000,
    "gpt-4.1": 1_047_576,
    "gpt-4o": 128_000,
    "gpt-5": 400_000,
    "o1": 200_000,
    "o3": 200_000,
    "o4-mini": 200_000,
}


def window_of(model: str) -> int | None:
    """The context window of a model, None where it is not known."""
    bare = model.rpartition("/")[2]
    fits = [name for name in WINDOWS if bare == name or bare.startswith((f"{name}-", f"{name}."))]
    return WINDOWS[max(fits, key=len)] if fits else None
