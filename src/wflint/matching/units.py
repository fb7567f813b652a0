"""Units: the words and phrases of a text, and how well those of two texts cover each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from wflint.matching import lexicon
from wflint.matching.lexicon import Lexicon, Phrase, same_family, share_a_set
from wflint.matching.meanings import Meanings
from wflint.matching.words import stem

_FAMILY = 0.95
"""Two words of one root are nearly the same."""
_CONCEPT = 0.9
"""So are two that a synonym set holds, though no set is right everywhere."""
_SHORTENED = 0.85
"""A short form that no list knows may stand for another word."""
_NEAR = 0.75
"""Vectors alone never make two words the same."""
KNOWN = 0.7
"""From this likeness on, a word counts as accounted for."""
_PATTERN = 0.5
"""Texts less alike than this were written apart; a word that differs between them means little."""
_VOWEL = re.compile(r"[aeiou]")
_STOP = frozenset(
    """a an the of to in on for and or is are be it its that this these those which with by from at as your you their
    his her our we i they he she was were been has have had do does did will would can could should may might must if
    then than into up out over each every all any some what when where who whom how why whether so such very about
    between there here just also only them us me my own per via""".split()  # noqa: SIM905 (a list of a hundred words)
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a phrase that the lexicon knows; `text` is how it was written."""

    text: str
    phrase: Phrase


def units_of(words: Sequence[str]) -> tuple[Unit, ...]:
    """The units of a text: the longest known phrase first, stop words left out."""
    known = lexicon.load()
    stems = [stem(word) for word in words]
    found: list[Unit] = []
    place = 0
    while place < len(words):
        length = _phrase_length(stems, place, known)
        if length > 1 or words[place] not in _STOP:
            found.append(Unit(" ".join(words[place : place + length]), tuple(stems[place : place + length])))
        place += length
    return tuple(found)


def _phrase_length(stems: Sequence[str], place: int, known: Lexicon) -> int:
    for length in range(min(known.longest, len(stems) - place), 1, -1):
        phrase = tuple(stems[place : place + length])
        if known.is_phrase(phrase):
            return length
    return 1


def likeness(one: Unit, other: Unit, meanings: Meanings) -> float:
    """How far two units mean the same, 0 to 1: the lexicons first, then the vectors."""
    if one.phrase == other.phrase:
        return 1.0
    known = lexicon.load()
    if share_a_set(known.opposites, one.phrase, other.phrase):
        return 0.0
    if same_family(one.phrase, other.phrase):
        return _FAMILY
    if known.same_concept(one.phrase, other.phrase):
        return _CONCEPT
    if _shortens(one.text, other.text) or _shortens(other.text, one.text):
        return _SHORTENED
    return min(_NEAR, max(0.0, meanings.similarity(one.text, other.text)))


def _shortens(short: str, long: str) -> bool:
    """Whether `short` is what remains of `long` when letters, the vowels above all, are left out: `cstmr`."""
    if not 2 <= len(short) < len(long) - 1 or short[0] != long[0] or _VOWEL.search(short) or not short.isalpha():  # noqa: PLR2004 (two letters are the least)
        return False
    letters = iter(long)
    return " " not in long and all(letter in letters for letter in short)


def best(unit: Unit, others: Iterable[Unit], meanings: Meanings) -> float:
    """How far the unit is found among the others."""
    return max((likeness(unit, other, meanings) for other in others), default=0.0)


def coverage(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> float:
    """How far the others say what the units say; 0 where there is nothing to cover."""
    if not units:
        return 0.0
    return sum(best(unit, others, meanings) for unit in units) / len(units)


def without(units: Iterable[Unit], stems: frozenset[str]) -> tuple[Unit, ...]:
    """The units that are not a single word of `stems`; all of them where nothing would be left."""
    everything = tuple(units)
    kept = tuple(unit for unit in everything if not (len(unit.phrase) == 1 and unit.phrase[0] in stems))
    return kept or everything


def exclusions(
    units: Iterable[Unit], others: Iterable[Unit], table: Mapping[Phrase, frozenset[int]]
) -> tuple[tuple[Unit, Unit], ...]:
    """The pairs that cannot both be true by the table, one unit of each text, neither of which is in the other text."""
    here, there = tuple(units), tuple(others)
    mine = {unit.phrase for unit in here}
    theirs = {unit.phrase for unit in there}
    return tuple(
        (unit, other)
        for unit in here
        if unit.phrase not in theirs
        for other in there
        if other.phrase not in mine and share_a_set(table, unit.phrase, other.phrase)
    )


def substituted(
    units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings
) -> tuple[Unit, Unit, float] | None:
    """The word that two texts of one pattern differ in, and how alike the texts are; None where there is no such."""
    matcher = SequenceMatcher(None, [unit.phrase for unit in units], [unit.phrase for unit in others], autojunk=False)
    alike = matcher.ratio()
    if alike < _PATTERN:
        return None
    for kind, start, end, begin, stop in matcher.get_opcodes():
        mine = [unit for unit in units[start:end] if best(unit, others, meanings) < KNOWN]
        theirs = [unit for unit in others[begin:stop] if best(unit, units, meanings) < KNOWN]
        if kind == "replace" and mine and theirs:
            return mine[0], theirs[0], alike
    return None


def unaccounted(units: Iterable[Unit], others: Sequence[Unit], meanings: Meanings) -> tuple[Unit, ...]:
    """The units that the others do not account for."""
    return tuple(unit for unit in units if best(unit, others, meanings) < KNOWN)
