"""Units: the words of a text that mean something, and how well those of two texts cover each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from wflint.matching import lexicon
from wflint.matching.lexicon import Phrase, share_a_set
from wflint.matching.meanings import Meanings
from wflint.matching.words import root, stem

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
    """A word of a text: as written, stemmed, and with the phrases of the lexicon that it is part of there."""

    text: str
    stem: str
    wider: tuple[Phrase, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All that the lexicon may know it by."""
        return ((self.stem,), *self.wider)


def units_of(words: Sequence[str]) -> tuple[Unit, ...]:
    """The units of a text; stop words are left out unless they are part of a phrase (`how many`)."""
    stems = tuple(stem(word) for word in words)
    wider = _phrases(stems)
    return tuple(
        Unit(word, stems[place], wider[place]) for place, word in enumerate(words) if wider[place] or word not in _STOP
    )


def _phrases(stems: tuple[str, ...]) -> list[tuple[Phrase, ...]]:
    """For each word, the known phrases around it."""
    known = lexicon.load()
    found: list[tuple[Phrase, ...]] = [() for _ in stems]
    for start in range(len(stems) - 1):
        if stems[start] not in known.leading:
            continue
        for end in range(start + 2, min(start + known.longest, len(stems)) + 1):
            if known.is_phrase(stems[start:end]):
                for place in range(start, end):
                    found[place] = (*found[place], stems[start:end])
    return found


def likeness(one: Unit, other: Unit, meanings: Meanings) -> float:
    """How far two units mean the same, 0 to 1: the lexicons first, then the vectors."""
    if one.stem == other.stem:
        return 1.0
    known = lexicon.load()
    if _share(known.opposites, one, other):
        return 0.0
    if root(one.text) == root(other.text):
        return _FAMILY
    if _share(known.concepts, one, other):
        return _CONCEPT
    if _shortens(one.text, other.text) or _shortens(other.text, one.text):
        return _SHORTENED
    return min(_NEAR, max(0.0, meanings.similarity(one.text, other.text)))


def synonyms(one: Unit, other: Unit) -> bool:
    """Whether a synonym set holds both, the word itself left out."""
    return one.stem != other.stem and _share(lexicon.load().concepts, one, other)


def _share(table: Mapping[Phrase, frozenset[int]], one: Unit, other: Unit) -> bool:
    return any(share_a_set(table, mine, theirs) for mine in one.phrases for theirs in other.phrases)


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
    """The units that are not among `stems`; all of them where nothing would be left."""
    everything = tuple(units)
    kept = tuple(unit for unit in everything if unit.stem not in stems)
    return kept or everything


def exclusions(
    units: Iterable[Unit], others: Iterable[Unit], table: Mapping[Phrase, frozenset[int]]
) -> tuple[tuple[Unit, Unit], ...]:
    """The pairs that cannot both be true by the table, one unit of each text, neither of which is in the other text."""
    here, there = tuple(units), tuple(others)
    mine = {unit.stem for unit in here}
    theirs = {unit.stem for unit in there}
    return tuple(
        (unit, other)
        for unit in here
        if unit.stem not in theirs
        for other in there
        if other.stem not in mine and _share(table, unit, other)
    )


def substituted(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> tuple[Unit, Unit, float] | None:
    """The word that two texts of one pattern differ in, and how alike the texts are; None where there is no such."""
    matcher = SequenceMatcher(None, [unit.stem for unit in units], [unit.stem for unit in others], autojunk=False)
    alike = matcher.ratio()
    if alike < _PATTERN:
        return None
    for kind, start, end, begin, stop in matcher.get_opcodes():
        mine = _unlike(units[start:end], others[begin:stop], others, meanings)
        theirs = _unlike(others[begin:stop], units[start:end], units, meanings)
        if kind == "replace" and mine and theirs:
            return mine[0], theirs[0], alike
    return None


def _unlike(
    units: Sequence[Unit], instead: Sequence[Unit], whole: Sequence[Unit], meanings: Meanings
) -> tuple[Unit, ...]:
    """The units that are neither like what stands in their place nor anywhere in the whole."""
    stems = {unit.stem for unit in whole}
    return tuple(unit for unit in unaccounted(units, instead, meanings) if unit.stem not in stems)


def unaccounted(units: Iterable[Unit], others: Sequence[Unit], meanings: Meanings) -> tuple[Unit, ...]:
    """The units that the others do not account for."""
    return tuple(unit for unit in units if best(unit, others, meanings) < KNOWN)
