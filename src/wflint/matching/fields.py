"""Features of an offered field and a needed one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wflint.matching import lexicon
from wflint.matching.meanings import Meanings
from wflint.matching.signals import FieldFeature, Signal
from wflint.matching.subjects import FieldText
from wflint.matching.types import TypeReading, clash, differ_in_number, read_type
from wflint.matching.units import Unit, best, coverage, exclusions, likeness, units_of, without
from wflint.matching.words import is_plural, split_name, split_prose, stem

_KNOWN = 0.7
"""From this likeness on, a word counts as accounted for."""
_LEAD = 6
"""So many words before a placeholder say what is put in its place."""
_LONGEST = 60
"""So many words of a description are read; what a field is, it says at its beginning."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class FieldReading:
    """A field, read: its words, its units, the texts whose meanings are compared."""

    words: tuple[str, ...]
    name: tuple[Unit, ...]
    prose: tuple[Unit, ...]
    type: TypeReading
    name_text: str
    prose_texts: tuple[str, ...]

    @property
    def core(self) -> tuple[Unit, ...]:
        """The words of the name that are not mere fillers."""
        return without(self.name, lexicon.load().fillers)

    @property
    def everything(self) -> tuple[Unit, ...]:
        return (*self.name, *self.prose)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that will be asked the meaning of."""
        return (self.name_text, *self.prose_texts, *(unit.text for unit in self.everything))


def read_field(field: FieldText) -> FieldReading:
    """Read a field once, for all the pairs it is part of."""
    expand = lexicon.load().expand
    words = expand(split_name(field.name))
    described = split_prose(field.description)[:_LONGEST]
    asked = split_prose(_PLACEHOLDER.sub(" ", field.prompt))[:_LONGEST]
    lead = split_prose(_PLACEHOLDER.split(field.prompt)[0])[-_LEAD:]
    name_text = " ".join(words)
    prose_texts = [" ".join(text) for text in (described, asked, lead) if text]
    whole = [f"{name_text} {text}" for text in prose_texts]
    units = units_of(expand((*described, *asked)))
    return FieldReading(
        words, units_of(words) or (Unit(name_text, (name_text,)),), units, read_type(field.type), name_text,
        (*prose_texts, *whole),
    )  # fmt: skip


def field_signals(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    """Every feature of the pair that is there."""
    yield from _likeness(offer, need, meanings)
    yield from _explanations(offer, need, meanings)
    yield from _types(offer, need)
    yield from _contradictions(offer, need)
    yield from _differences(offer, need, meanings)


def _likeness(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    names = max(0.0, meanings.similarity(offer.name_text, need.name_text))
    yield Signal(FieldFeature.NAME_SIMILARITY, names, "the names mean nearly the same")
    texts = max(names, _closest(offer, need, meanings))
    yield Signal(FieldFeature.TEXT_SIMILARITY, texts, "names and descriptions mean nearly the same")
    yield Signal(FieldFeature.UNRELATED, max(0.0, 1 - texts / 0.4), "nothing in either text comes near the other")
    both = min(coverage(offer.core, need.core, meanings), coverage(need.core, offer.core, meanings))
    yield Signal(FieldFeature.NAME_COVERAGE, both, "each word of either name has its counterpart")
    if _stems(offer) == _stems(need):
        yield Signal(FieldFeature.SAME_NAME, 1.0, f'both are called "{need.name_text}"')
    else:
        heads = likeness(offer.name[-1], need.name[-1], meanings)
        text = f'both end in "{need.name[-1].text}", or in words for the same'
        yield Signal(FieldFeature.SAME_HEAD, heads if heads > _KNOWN else 0.0, text)


def _closest(offer: FieldReading, need: FieldReading, meanings: Meanings) -> float:
    pairs = ((one, other) for one in (offer.name_text, *offer.prose_texts) for other in _texts(need))
    return max(meanings.similarity(one, other) for one, other in pairs)


def _texts(field: FieldReading) -> tuple[str, ...]:
    return (field.name_text, *field.prose_texts)


def _stems(field: FieldReading) -> tuple[str, ...]:
    return tuple(stem(word) for word in field.words)


def _explanations(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    needed = coverage(need.core, offer.everything, meanings)
    offered = coverage(offer.core, need.everything, meanings)
    yield Signal(FieldFeature.NEED_EXPLAINED, needed, f'the offer speaks of "{need.name_text}"')
    yield Signal(FieldFeature.OFFER_EXPLAINED, offered, f'the need speaks of "{offer.name_text}"')
    if offer.prose and need.prose:
        described = min(
            coverage(offer.prose, need.everything, meanings), coverage(need.prose, offer.everything, meanings)
        )
        yield Signal(FieldFeature.DESCRIPTION_OVERLAP, described, "the descriptions say the same in other words")
    known = lexicon.load()
    pairs = [
        (one, other)
        for one in offer.core
        for other in need.core
        if one.phrase != other.phrase and known.same_concept(one.phrase, other.phrase)
    ]
    if pairs:
        share = len(pairs) / max(len(offer.core), len(need.core))
        text = f'"{pairs[0][0].text}" and "{pairs[0][1].text}" are used for the same thing'
        yield Signal(FieldFeature.SYNONYMS, min(1.0, share), text)
    shorter, longer = sorted((offer, need), key=lambda field: len(field.words))
    if shorter.words != longer.words and set(_stems(shorter)) < set(_stems(longer)):
        yield Signal(FieldFeature.CONTAINED, 1.0, f'"{longer.name_text}" is "{shorter.name_text}" with words around it')


def _types(offer: FieldReading, need: FieldReading) -> Iterator[Signal]:
    one, other = offer.type, need.type
    if one.is_known and one.text == other.text:
        yield Signal(FieldFeature.SAME_TYPE, 1.0 if one.is_telling else 0.3, f"both are {one.text}")
    if clash(one, other):
        yield Signal(FieldFeature.TYPE_CLASH, 1.0, f"{one.text} does not turn into {other.text}")
    if differ_in_number(one, other):
        yield Signal(FieldFeature.CARDINALITY, 1.0, f"{one.text} and {other.text}: one is a list, the other is not")
    elif is_plural(offer.words[-1] if offer.words else "") != is_plural(need.words[-1] if need.words else ""):
        same = _stems(offer)[-1:] == _stems(need)[-1:]
        telling = same and not (one.is_known and one.text == other.text)
        yield Signal(FieldFeature.PLURAL, 1.0 if telling else 0.0, "one name is a plural and the other is not")


def _contradictions(offer: FieldReading, need: FieldReading) -> Iterator[Signal]:
    named = exclusions(offer.name, need.name)
    if named:
        yield Signal(FieldFeature.OPPOSITE_NAMES, 1.0, _excluding(named))
    said = [pair for pair in exclusions(offer.everything, need.everything) if pair not in named]
    if said:
        yield Signal(FieldFeature.OPPOSITE_TEXTS, min(1.0, (1 + len(said)) / 3), _excluding(said))
    known = lexicon.load()
    turned = [(one, other) for one in offer.words for other in need.words if known.negates(one, other)]
    negative = [not known.negations.isdisjoint(field.words) for field in (offer, need)]
    if turned or negative[0] != negative[1]:
        yield Signal(FieldFeature.NEGATION, 1.0, "one is the negation of the other")
    numbers = [{known.numbers.get(word, word) for word in field.words if _is_number(word)} for field in (offer, need)]
    if all(numbers) and numbers[0] != numbers[1]:
        yield Signal(FieldFeature.NUMBERS, 1.0, "the names hold different numbers")


def _is_number(word: str) -> bool:
    return any(letter.isdigit() for letter in word) or word in lexicon.load().numbers


def _excluding(pairs: Sequence[tuple[Unit, Unit]]) -> str:
    return f'"{pairs[0][0].text}" and "{pairs[0][1].text}" exclude each other'


def _differences(offer: FieldReading, need: FieldReading, meanings: Meanings) -> Iterator[Signal]:
    mine = _unaccounted(offer.core, need.everything, meanings)
    theirs = _unaccounted(need.core, offer.everything, meanings)
    yield from _aspects(mine, theirs, offer, need, meanings)
    shared = {unit.phrase for unit in offer.core} & {unit.phrase for unit in need.core}
    plain_mine, plain_theirs = _plain(mine), _plain(theirs)
    if shared and mine and theirs:
        distance = 1 - max(likeness(one, other, meanings) for one in mine for other in theirs)
        yield Signal(FieldFeature.OTHER_OBJECT, distance, f'"{mine[0].text}" is not "{theirs[0].text}"')
    elif plain_mine or plain_theirs:
        word = (*plain_mine, *plain_theirs)[0]
        share = len((*plain_mine, *plain_theirs)) / (len(offer.core) + len(need.core))
        yield Signal(FieldFeature.LEFTOVER, share, f'nothing on the other side accounts for "{word.text}"')
    if _stems(offer) == _stems(need) and offer.prose and need.prose:
        distance = 1 - max(coverage(offer.prose, need.prose, meanings), _closest_prose(offer, need, meanings))
        yield Signal(FieldFeature.HOMONYM, distance, "the same name is described as different things")


def _closest_prose(offer: FieldReading, need: FieldReading, meanings: Meanings) -> float:
    return max(0.0, meanings.similarity(offer.prose_texts[0], need.prose_texts[0]))


def _unaccounted(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> tuple[Unit, ...]:
    return tuple(unit for unit in units if best(unit, others, meanings) < _KNOWN)


def _plain(units: Sequence[Unit]) -> tuple[Unit, ...]:
    return tuple(unit for unit in units if not _is_aspect(unit))


def _is_aspect(unit: Unit) -> bool:
    return unit.phrase[-1] in lexicon.load().aspects


def _aspects(
    mine: Sequence[Unit], theirs: Sequence[Unit], offer: FieldReading, need: FieldReading, meanings: Meanings
) -> Iterator[Signal]:
    """Aspects that one side names and the other does not account for."""
    known = lexicon.load()
    aspects = known.aspects | known.weak_aspects
    heads = [field.name[-1] for field in (offer, need)]
    if all(head.phrase[-1] in aspects for head in heads) and likeness(heads[0], heads[1], meanings) < _KNOWN:
        yield Signal(FieldFeature.OTHER_ASPECT, 1.0, f'"{heads[0].text}" is not "{heads[1].text}"')
        return
    left = [unit for unit in (*mine, *theirs) if _is_aspect(unit) and unit in heads]
    if left:
        yield Signal(FieldFeature.ONE_ASPECT, 1.0, f'"{left[0].text}" is an aspect that the other side does not name')
