"""Features of an offered field and a needed one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from wflint.matching import lexicon
from wflint.matching.field_reading import FieldReading
from wflint.matching.meanings import Meanings
from wflint.matching.signals import FieldFeature, Signal
from wflint.matching.types import Shape, TypeReading, clash, differ_in_number
from wflint.matching.unit import Unit, synonyms
from wflint.matching.units import (
    KNOWN,
    coverage,
    excluding,
    exclusions,
    likeness,
    nearest,
    opposites,
    roles,
    substituted,
    unaccounted,
)
from wflint.matching.words import is_plural

_CONCEPT = 0.85
"""Synonyms count for a little less than the same name."""
_UNRELATED = 0.4
"""From this likeness on, two fields have something to do with each other."""
_DESCRIBED = 0.8
"""From this likeness on, two descriptions go together."""


def field_signals(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    """Every feature of the pair that is there."""
    return chain.from_iterable(signals for _, signals in field_stages(offer, need, meanings))


def field_stages(
    offer: FieldReading, need: FieldReading, meanings: Meanings
) -> Iterator[tuple[frozenset[FieldFeature], Iterator[Signal]]]:
    """The features in stages, the cheap and telling ones first, each with what is settled after it."""
    yield frozenset({FieldFeature.SAME_TYPE}), _types(offer, need)
    yield (
        frozenset({FieldFeature.SYNONYMS, FieldFeature.QUALIFIED}),
        chain(_synonyms(offer, need), _nesting(offer, need)),
    )
    yield frozenset(), _contradictions(offer, need)
    yield frozenset({FieldFeature.TEXT_SIMILARITY}), _likeness(offer, need, meanings)
    yield frozenset({FieldFeature.NEED_EXPLAINED}), _explained(offer, need, meanings)
    yield frozenset(), _differences(offer, need, meanings)


def _likeness(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    texts = max(1.0 if _one_name(offer, need) else 0.0, _closest(offer, need, meanings))
    yield Signal(FieldFeature.TEXT_SIMILARITY, texts, "names and descriptions mean nearly the same")
    if texts < _UNRELATED:
        both = min(coverage(offer.core, need.core, meanings), coverage(need.core, offer.core, meanings))
        apart = max(0.0, 1 - max(texts, both) / _UNRELATED)
        yield Signal(FieldFeature.UNRELATED, apart, "nothing in either text comes near the other")


def _one_name(offer: FieldReading, need: FieldReading) -> bool:
    """Whether the names come to the same, endings and short forms aside."""
    return offer.stems == need.stems or _spells(offer.words, need.words) or _spells(need.words, offer.words)


def _closest(offer: FieldReading, need: FieldReading, meanings: Meanings) -> float:
    pairs = ((one, other) for one in (offer.name_text, *offer.prose_texts) for other in _texts(need))
    return max(meanings.similarity(one, other) for one, other in pairs)


def _texts(field: FieldReading) -> tuple[str, ...]:
    return (field.name_text, *field.prose_texts)


def _explained(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    needed = coverage(need.core, offer.everything, meanings)
    yield Signal(FieldFeature.NEED_EXPLAINED, needed, f'the offer speaks of "{need.name_text}"')


def _synonyms(offer: FieldReading, need: FieldReading) -> Iterator[Signal]:
    if _one_name(offer, need):
        yield Signal(FieldFeature.SYNONYMS, 1.0, "the names come to the same")
        return
    pairs = [(one, other) for one in offer.core for other in need.core if synonyms(one, other)]
    if pairs:
        mine, theirs = {one.stem for one, _ in pairs}, {other.stem for _, other in pairs}
        share = _CONCEPT * min(len(mine) / len(offer.core), len(theirs) / len(need.core))
        text = f'"{pairs[0][0].text}" and "{pairs[0][1].text}" are used for the same thing'
        yield Signal(FieldFeature.SYNONYMS, share, text)


def _spells(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the one word of `short` is made of the first letters of `long`."""
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)


def _nesting(offer: FieldReading, need: FieldReading) -> Iterator[Signal]:
    shorter, longer = sorted((offer.stems, need.stems), key=len)
    if not shorter or len(shorter) == len(longer) or not set(shorter) < set(longer):
        return
    known = lexicon.load()
    tail = longer[longer.index(shorter[-1]) + 1 :]
    text = f'"{" ".join(longer)}" is "{" ".join(shorter)}" with words around it'
    if all(word in known.fillers or word in known.weak_aspects for word in tail):
        yield Signal(FieldFeature.QUALIFIED, 1.0, text)
    else:
        yield Signal(FieldFeature.EXTENDED, 1.0, text)


def _types(offer: FieldReading, need: FieldReading) -> Iterator[Signal]:
    one, other = offer.type, need.type
    if one.is_known and one.text == other.text:
        yield Signal(FieldFeature.SAME_TYPE, _telling(one), f"both are {one.text}")
    if clash(one, other):
        yield Signal(FieldFeature.TYPE_CLASH, 1.0, f"{one.text} does not turn into {other.text}")
    if differ_in_number(one, other):
        yield Signal(FieldFeature.CARDINALITY, 1.0, f"{one.text} and {other.text}: one is a list, the other is not")
    elif is_plural(offer.words[-1] if offer.words else "") != is_plural(need.words[-1] if need.words else ""):
        same = offer.stems[-1:] == need.stems[-1:]
        telling = same and not (one.is_known and one.text == other.text)
        yield Signal(FieldFeature.PLURAL, 1.0 if telling else 0.0, "one name is a plural and the other is not")


def _telling(type_: TypeReading) -> float:
    """How much it says that two fields share this type."""
    match type_.shape:
        case Shape.OBJECT:
            return 1.0
        case Shape.MANY | Shape.MAPPING if "[" in type_.text:
            return 0.7
        case _:
            return 0.3


def _contradictions(offer: FieldReading, need: FieldReading) -> Iterator[Signal]:
    known = lexicon.load()
    named = exclusions(offer.name, need.name, opposites)
    if named:
        yield Signal(FieldFeature.OPPOSITE_NAMES, 1.0, excluding(named))
    cast = exclusions(offer.name, need.name, roles)
    if cast:
        yield Signal(FieldFeature.OTHER_ROLE, 1.0, excluding(cast))
    crossed = (
        *exclusions(offer.name, (*need.name, *need.described), opposites),
        *exclusions((*offer.name, *offer.described), need.name, opposites),
    )
    said = [pair for pair in crossed if pair not in named]
    if said:
        yield Signal(FieldFeature.OPPOSITE_TEXTS, 1.0, excluding(said))
    turned = [(one, other) for one in offer.words for other in need.words if known.negates(one, other)]
    negative = [not known.negations.isdisjoint(field.words) for field in (offer, need)]
    if turned or negative[0] != negative[1]:
        yield Signal(FieldFeature.NEGATION, 1.0, "one is the negation of the other")


def _differences(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    if _one_name(offer, need):
        yield from _described_apart(offer, need, meanings)
        return
    mine = () if offer.is_vague else unaccounted(offer.core, need.everything, meanings)
    theirs = () if need.is_vague else unaccounted(need.core, offer.everything, meanings)
    yield from _aspects(mine, theirs, offer, need, meanings)
    yield from _objects(mine, theirs, offer, need, meanings)
    yield from _described_apart(offer, need, meanings)


def _described_apart(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    """Descriptions that do not go together."""
    if not (offer.described and need.described):
        return
    near = max(
        coverage(offer.described, need.described, meanings),
        coverage(need.described, offer.described, meanings),
        _closest_prose(offer, need, meanings),
    )
    apart = max(0.0, 1 - near / _DESCRIBED)
    yield Signal(FieldFeature.OTHER_DESCRIPTION, apart, "the descriptions have little in common")
    if offer.stems == need.stems:
        yield Signal(FieldFeature.HOMONYM, apart, "the same name is described as different things")
    mine = unaccounted(offer.described, need.everything, meanings)
    theirs = unaccounted(need.described, offer.everything, meanings)
    if mine and theirs:
        share = min(len(mine) / len(offer.described), len(theirs) / len(need.described))
        yield Signal(
            FieldFeature.DIVERGING, share, f'the descriptions part at "{mine[-1].text}" and "{theirs[-1].text}"'
        )
    if word := substituted(offer.described, need.described, meanings):
        yield Signal(FieldFeature.SUBSTITUTED, word[2], f'"{word[0].text}" is not "{word[1].text}"')


def _objects(
    mine: Sequence[Unit], theirs: Sequence[Unit], offer: FieldReading, need: FieldReading, meanings: Meanings
) -> Iterator[Signal]:
    """Words that one side has and the other does not account for."""
    shared = {unit.stem for unit in offer.core} & {unit.stem for unit in need.core}
    plain = _plain(mine), _plain(theirs)
    left = (*plain[0], *plain[1])
    known = lexicon.load()
    if shared and all(plain):
        distance = 1 - nearest(*plain, meanings)
        text = f'"{plain[0][0].text}" is not "{plain[1][0].text}"'
        owned = all(word in known.aspects | known.weak_aspects for word in shared)
        yield Signal(FieldFeature.OTHER_OWNER if owned else FieldFeature.OTHER_OBJECT, distance, text)
    if left:
        share = len(left) / (len(offer.core) + len(need.core))
        yield Signal(FieldFeature.LEFTOVER, share, f'nothing on the other side accounts for "{left[0].text}"')


def _closest_prose(offer: FieldReading, need: FieldReading, meanings: Meanings) -> float:
    return max(0.0, meanings.similarity(offer.prose_texts[0], need.prose_texts[0]))


def _plain(units: Sequence[Unit]) -> tuple[Unit, ...]:
    return tuple(unit for unit in units if not _is_aspect(unit))


def _is_aspect(unit: Unit) -> bool:
    return unit.stem in lexicon.load().aspects


def _aspects(
    mine: Sequence[Unit], theirs: Sequence[Unit], offer: FieldReading, need: FieldReading, meanings: Meanings
) -> Iterator[Signal]:
    """Aspects that one side names and the other does not account for."""
    known = lexicon.load()
    aspects = known.aspects | known.weak_aspects
    heads = offer.name[-1], need.name[-1]
    stems = {head.stem for head in heads}
    nested = any(head.stem in other.stems for head, other in zip(heads, (need, offer), strict=True))
    clash = len(stems) == 2 and stems <= aspects and not stems.isdisjoint(known.aspects) and not nested  # noqa: PLR2004 (two heads)
    if clash and not (offer.is_vague or need.is_vague) and likeness(*heads, meanings) < KNOWN:
        yield Signal(FieldFeature.OTHER_ASPECT, 1.0, f'"{heads[0].text}" is not "{heads[1].text}"')
        return
    left = [unit for unit in (*mine, *theirs) if _is_aspect(unit) and unit in heads]
    if left:
        yield Signal(FieldFeature.ONE_ASPECT, 1.0, f'"{left[0].text}" is an aspect that the other side does not name')
