"""What is known about words before anything is measured: the lexicons beside the weights, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from wflint.errors import ConfigError
from wflint.matching.words import split_name, stem

DATA = Path(__file__).parent / "data"

Phrase = tuple[str, ...]
"""Stems in order; a word is a phrase of one."""


class Lexicon(Struct, frozen=True):
    """Sets of words, all of them stemmed.

    `concepts` gives the synonym sets that a phrase belongs to; `opposites`, `roles` and `works` the sets of which only
    one can be true: anywhere, in names, and as what a step does.
    """

    abbreviations: Mapping[str, tuple[str, ...]]
    concepts: Mapping[Phrase, frozenset[int]]
    opposites: Mapping[Phrase, frozenset[int]]
    roles: Mapping[Phrase, frozenset[int]]
    works: Mapping[Phrase, frozenset[int]]
    numbers: Mapping[str, str]
    negations: frozenset[str]
    beginnings: tuple[str, ...]
    aspects: frozenset[str]
    weak_aspects: frozenset[str]
    fillers: frozenset[str]
    step_fillers: frozenset[str]
    vague: frozenset[str]
    leading: frozenset[str]
    """The stems that phrases begin with."""
    longest: int
    """So many stems has the longest phrase."""

    def expand(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words with every short form written out."""
        return tuple(part for word in words for part in self.abbreviations.get(word, (word,)))

    def is_phrase(self, phrase: Phrase) -> bool:
        """Whether any of the lexicons knows the words in this order."""
        return any(phrase in table for table in (self.concepts, self.opposites, self.roles, self.works))

    def is_number(self, word: str) -> bool:
        """Whether the word is, holds or stands for a number."""
        return word in self.numbers or any(letter.isdigit() for letter in word)

    def negates(self, one: str, other: str) -> bool:
        """Whether one word is the other with a beginning that turns it round: `valid`, `invalid`."""
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return any(longer == beginning + shorter for beginning in self.beginnings)


@cache
def load() -> Lexicon:
    """The lexicons as they are shipped."""
    listed = {name: _keyed(name) for name in ("negations", "attributes", "fillers")}
    concepts, opposites, roles, works = map(_sets, ("synonyms", "opposites", "roles", "works"))
    phrases = {phrase for table in (concepts, opposites, roles, works) for phrase in table}
    return Lexicon(
        abbreviations={key: tuple(words.split()) for key, words in _pairs("abbreviations")},
        concepts=concepts,
        opposites=opposites,
        roles=roles,
        works=works,
        numbers={word: row[0] for row in _rows("numbers") for word in row},
        negations=frozenset(listed["negations"]["words"]),
        beginnings=listed["negations"]["beginnings"],
        aspects=_stems(listed["attributes"]["strong"]),
        weak_aspects=_stems(listed["attributes"]["weak"]),
        fillers=_stems(listed["fillers"]["alone"]),
        step_fillers=_stems(listed["fillers"]["steps"]),
        vague=_stems(listed["fillers"]["vague"]),
        leading=frozenset(phrase[0] for phrase in phrases if len(phrase) > 1),
        longest=max(map(len, phrases)),
    )


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)


def _lines(name: str) -> Iterator[str]:
    path = DATA / f"{name}.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"a part of wflint is missing ({error}); install it again", str(path)) from error
    for line in text.splitlines():
        content = line.partition("#")[0].strip()
        if content:
            yield content


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split() for line in _lines(name))


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for line in _lines(name):
        key, _, rest = line.partition(":")
        yield key.strip(), rest


def _keyed(name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, rest in _pairs(name):
        found[key] = (*found.get(key, ()), *rest.split())
    return found


def _sets(name: str) -> dict[Phrase, frozenset[int]]:
    """Every phrase of the file with the numbers of the lines it stands in."""
    found: dict[Phrase, frozenset[int]] = {}
    for number, row in enumerate(_rows(name)):
        for entry in row:
            phrase = tuple(stem(word) for word in split_name(entry))
            found[phrase] = found.get(phrase, frozenset()) | {number}
    return found
