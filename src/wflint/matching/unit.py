"""Units: the words of a text that mean something, with all that the lexicons know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from wflint.matching import lexicon
from wflint.matching.lexicon import Phrase
from wflint.matching.words import doing, root, stem

_STOP = frozenset(
    """a an the of to in on for and or is are be it its that this these those which with by from at as your you their
    his her our we i they he she was were been has have had do does did will would can could should may might must if
    then than into up out over each every all any some what when where who whom how why whether so such very about
    between there here just also only them us me my own per via""".split()  # noqa: SIM905 (a list of a hundred words)
)


class Unit(Struct, frozen=True, eq=False):
    """A word of a text: as written, stemmed, and in which sets of the lexicons it is there, alone or in a phrase.

    There is one of a kind as long as it is in use, so units are told apart by identity.
    """

    text: str
    stem: str
    root: str
    concepts: frozenset[int]
    opposites: frozenset[int]
    roles: frozenset[int]
    works: frozenset[int]


def units_of(words: Sequence[str]) -> tuple[Unit, ...]:
    """The units of a text.

    Stop words are left out unless they are part of a phrase (`how many`); so are figures, which mean nothing alone.
    """
    stems = tuple(stem(word) for word in words)
    wider = _phrases(stems)
    return tuple(make_unit(word, wider[place]) for place, word in enumerate(words) if wider[place] or word not in _STOP)


@lru_cache(maxsize=65_536)
def make_unit(word: str, wider: tuple[Phrase, ...] = ()) -> Unit:
    """The unit for a word that is part of the phrases `wider`."""
    known = lexicon.load()
    base = stem(word)
    tables = (known.concepts, known.opposites, known.roles, known.works)
    done = ((doing(word),),) if doing(word) else ()
    concepts, *others = (_sets(table, ((base,), *wider)) for table in tables)
    return Unit(word, base, root(word), concepts | _sets(known.concepts, done), *others)


def _sets(table: Mapping[Phrase, frozenset[int]], phrases: Iterable[Phrase]) -> frozenset[int]:
    return frozenset[int]().union(*(table.get(phrase, frozenset()) for phrase in phrases))


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


def synonyms(one: Unit, other: Unit) -> bool:
    """Whether a synonym set holds both, the word itself left out."""
    return one.stem != other.stem and not one.concepts.isdisjoint(other.concepts)


def without(units: Iterable[Unit], stems: frozenset[str]) -> tuple[Unit, ...]:
    """The units that are not among `stems`; all of them where nothing would be left."""
    everything = tuple(units)
    kept = tuple(unit for unit in everything if unit.stem not in stems)
    return kept or everything
