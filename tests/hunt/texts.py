"""Small changes to any text, and what more than one kind of mutation is made of."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.hunt.hostile import DEEP, ELSEWHERE, VERY_DEEP

Mutation = Callable[[str, random.Random, str], str]
"""From a text, a source of chance and the name of the module to another text."""

TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
WORD = re.compile(r"\b[A-Za-z_]\w+\b")
QUOTED = re.compile(r"(?<=\")[^\"\n]*(?=\")|(?<=')[^'\n]*(?=')|(?<=: )[\w./-]+(?=\n)")


def spot_of(text: str, pattern: re.Pattern[str], chance: random.Random) -> re.Match[str] | None:
    """One of the places that fit."""
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def replaced(text: str, pattern: re.Pattern[str], chance: random.Random, new: str) -> str:
    """The text with something else at one of the places that fit."""
    spot = spot_of(text, pattern, chance)
    return text if spot is None else text[: spot.start()] + new + text[spot.end() :]


def _token_deleted(text: str, chance: random.Random, _module: str) -> str:
    return replaced(text, TOKEN, chance, "")


def _token_doubled(text: str, chance: random.Random, _module: str) -> str:
    spot = spot_of(text, TOKEN, chance)
    return text if spot is None else text[: spot.end()] + text[spot.start() :]


def _tokens_swapped(text: str, chance: random.Random, _module: str) -> str:
    tokens = TOKEN.findall(text)
    words = [index for index, token in enumerate(tokens) if token[0].isalnum()]
    if len(words) > 1:
        one, other = chance.sample(words, 2)
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def _token_repeated(text: str, chance: random.Random, _module: str) -> str:
    tokens = TOKEN.findall(text)
    words = [index for index, token in enumerate(tokens) if token[0].isalnum()]
    if words:
        tokens[chance.choice(words)] = tokens[chance.choice(words)]
    return "".join(tokens)


def _line_deleted(text: str, chance: random.Random, _module: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _line_moved(text: str, chance: random.Random, _module: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        lines.insert(chance.randrange(len(lines)), lines[chance.randrange(len(lines))])
    return "".join(lines)


def _cut_off(text: str, chance: random.Random, _module: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _odd_character(text: str, chance: random.Random, _module: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice("\0\ud800\ufeff\f\r\x1a\u2028\u202e\x85`$\\\"'{}[]()") + text[at:]


def _brackets(text: str, chance: random.Random, _module: str) -> str:
    spot = spot_of(text, re.compile(r"\w+"), chance)
    if spot is None:
        return text
    depth = chance.choice((DEEP, 10 * DEEP, VERY_DEEP))
    left, right = chance.choice(
        ("()", "[]", "{}", ("-", ""), ("not ", ""), ("x(", ")"), ("", "[0]"), ("", ".a"), ("", "()"))
    )
    return text[: spot.start()] + left * depth + spot[0] + right * depth + text[spot.end() :]


def _names_swapped(text: str, chance: random.Random, _module: str) -> str:
    """Two names in each other's place, all through."""
    names = sorted(set(WORD.findall(text)))
    if len(names) < 2:
        return text
    one, other = chance.sample(names, 2)
    swapped = {one: other, other: one}
    return re.sub(rf"\b(?:{one}|{other})\b", lambda found: swapped[found[0]], text)


def _names_merged(text: str, chance: random.Random, _module: str) -> str:
    """One name in the place of another, all through."""
    names = sorted(set(WORD.findall(text)))
    return re.sub(rf"\b{chance.choice(names)}\b", chance.choice(names), text) if names else text


def _lines_dropped(text: str, chance: random.Random, _module: str) -> str:
    """A stretch of lines is gone, or comes twice."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    to = at + chance.choice((2, 3, 8))
    return "".join(lines[:at] + lines[to:] if chance.random() < 1 / 2 else lines[:to] + lines[at:])


def _leads_elsewhere(text: str, chance: random.Random, _module: str) -> str:
    return replaced(text, QUOTED, chance, chance.choice(ELSEWHERE))


ANY: tuple[Mutation, ...] = (
    _token_deleted,
    _token_doubled,
    _tokens_swapped,
    _token_repeated,
    _names_swapped,
    _names_swapped,
    _names_merged,
    _line_deleted,
    _line_moved,
    _lines_dropped,
    _lines_dropped,
    _cut_off,
    _odd_character,
    _brackets,
    _leads_elsewhere,
)
