"""Features of two steps that may do the same work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from wflint.matching import lexicon
from wflint.matching.crossing import Crossing
from wflint.matching.meanings import Meanings
from wflint.matching.signals import Side, Signal, StepFeature
from wflint.matching.step_reading import Part, StepReading
from wflint.matching.types import Shape
from wflint.matching.units import excluding, exclusions, opposites, roles, substituted, works

_FACES = frozenset({StepFeature.OUTPUTS, StepFeature.SAME_TYPES, StepFeature.TOOLS})
_LIKENESS = frozenset(feature for feature in StepFeature if feature.side is Side.FOR) - _FACES


def step_signals(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    """Every feature of the pair that is there; the order of the two does not matter."""
    return chain.from_iterable(signals for _, signals in step_stages(one, other, meanings))


def step_stages(
    one: StepReading, other: StepReading, meanings: Meanings
) -> Iterator[tuple[frozenset[StepFeature], Iterator[Signal]]]:
    """The features in stages, the cheap and telling ones first, each with what is settled after it."""
    first, second = sorted((one, other), key=lambda step: (step.name_text, step.whole_text))
    pair = Crossing.of(first, second, meanings)
    yield _FACES, _faces(pair)
    yield _LIKENESS, _likeness(pair, meanings)
    yield frozenset(), _leftover(pair)
    yield frozenset(), _works(pair)
    yield frozenset(), _contradictions(first, second)
    yield frozenset(), _differences(pair, meanings)


def _same_types(one: StepReading, other: StepReading) -> bool:
    """Whether what they give has the same types, and all of them are known."""
    known = bool(one.output_types) and Shape.UNKNOWN not in one.output_types
    return known and one.output_types == other.output_types


def unsaid_names(one: StepReading, other: StepReading, meanings: Meanings) -> tuple[str, ...]:
    """Words of the names that nothing of the other step accounts for.

    The last of several words does not count: it may be who does the work.
    """
    pair = Crossing.of(one, other, meanings)
    return tuple(way.word(place).text for way in (pair, pair.turned) for place in _left_of_name(way))


def _left_of_name(pair: Crossing) -> list[int]:
    last = len(pair.one.part(Part.NAME)) - 1
    return [place for place in pair.unaccounted(Part.NAME, Part.ALL) if place < last or not last]


def _likeness(pair: Crossing, meanings: Meanings) -> Iterator[Signal]:
    one, other = pair.one, pair.other
    wholes = max(0.0, meanings.similarity(one.whole_text, other.whole_text))
    yield Signal(StepFeature.WHOLE_SIMILARITY, wholes, "taken together, the steps mean nearly the same")
    overlap = 0.0
    if one.doc_text and other.doc_text:
        overlap = pair.both_ways(Part.DOC, Part.DOC)
        yield Signal(StepFeature.DOC_OVERLAP, overlap, "each word of either description has its counterpart")
        if one.doc_text == other.doc_text:
            yield Signal(StepFeature.SAME_DOC, 1.0, "the descriptions are the same, word for word")
    # Much work is done on one input: that two steps take the same tells as far as they speak of the same.
    spoken = max(overlap, pair.both_ways(Part.NAME, Part.TEXT))
    taken = pair.both_ways(Part.INPUTS, Part.INPUTS) * spoken
    yield Signal(StepFeature.INPUTS, taken, "they take the same")


def _faces(pair: Crossing) -> Iterator[Signal]:
    one, other = pair.one, pair.other
    yield Signal(StepFeature.OUTPUTS, pair.both_ways(Part.OUTPUTS, Part.OUTPUTS), "they give the same")
    yield from _other_faces(pair)
    if _same_types(one, other):
        yield Signal(StepFeature.SAME_TYPES, 1.0, "what they give has the same types")
    if shared := one.tools & other.tools:
        text = f'both use the tool "{min(shared)}"'
        yield Signal(StepFeature.TOOLS, len(shared) / len(one.tools | other.tools), text)


def _other_faces(pair: Crossing) -> Iterator[Signal]:
    vague = lexicon.load().vague
    mine, theirs = pair.one.part(Part.OUTPUTS), pair.other.part(Part.OUTPUTS)
    if mine and theirs and not any(unit.stem in vague for unit in (*mine, *theirs)):
        apart = 1 - max(pair.coverage(Part.OUTPUTS, Part.OUTPUTS), pair.turned.coverage(Part.OUTPUTS, Part.OUTPUTS))
        yield Signal(StepFeature.OTHER_OUTPUTS, apart, f'"{mine[0].text}" is not "{theirs[0].text}"')


def _works(pair: Crossing) -> Iterator[Signal]:
    mine, theirs = pair.one.part(Part.WORK), pair.other.part(Part.WORK)
    if apart := exclusions(mine, theirs, works):
        yield Signal(StepFeature.OTHER_WORK, 1.0, f'"{apart[0][0].text}" is not "{apart[0][1].text}"')


def _contradictions(one: StepReading, other: StepReading) -> Iterator[Signal]:
    mine, theirs = ((*step.part(Part.INPUTS), *step.part(Part.OUTPUTS)) for step in (one, other))
    for feature, found in (
        (StepFeature.OPPOSITES, exclusions(one.part(Part.TEXT), other.part(Part.TEXT), opposites)),
        (StepFeature.OPPOSITE_FIELDS, exclusions(mine, theirs, opposites)),
        (StepFeature.OTHER_ROLE, exclusions(one.part(Part.NAME), other.part(Part.NAME), roles)),
    ):
        if found:
            yield Signal(feature, 1.0, excluding(found))
    known = lexicon.load()
    if known.negations.isdisjoint(one.spoken) != known.negations.isdisjoint(other.spoken):
        yield Signal(StepFeature.NEGATION, 1.0, "one text negates and the other does not")
    if one.numbers and other.numbers and one.numbers.isdisjoint(other.numbers):
        yield Signal(StepFeature.NUMBERS, 1.0, "the texts hold different numbers")


def _differences(pair: Crossing, meanings: Meanings) -> Iterator[Signal]:
    one, other = pair.one, pair.other
    yield from _named_apart(pair)
    if word := substituted(one.part(Part.DOC), other.part(Part.DOC), meanings):
        yield Signal(StepFeature.SUBSTITUTED, word[2], f'"{word[0].text}" is not "{word[1].text}"')
    if one.stems == other.stems and one.doc_text and other.doc_text:
        distance = 1 - max(0.0, meanings.similarity(one.doc_text, other.doc_text))
        yield Signal(StepFeature.HOMONYM, distance, "the same name is described as different work")


def _leftover(pair: Crossing) -> Iterator[Signal]:
    """Words of the one that nothing of the other accounts for."""
    shares = []
    for way in (pair, pair.turned):
        left = way.unaccounted(Part.TEXT, Part.ALL)
        if left:
            shares.append((len(left) / len(way.one.part(Part.TEXT)), way.word(left[0]).text))
    if shares:
        share, word = max(shares)
        yield Signal(StepFeature.LEFTOVER, share, f'nothing on the other side accounts for "{word}"')


def _named_apart(pair: Crossing) -> Iterator[Signal]:
    """Names that share a word and differ in another."""
    names = [{unit.stem for unit in step.part(Part.NAME)} for step in (pair.one, pair.other)]
    if names[0].isdisjoint(names[1]):
        return
    mine, theirs = pair.unaccounted(Part.NAME, Part.ALL), pair.turned.unaccounted(Part.NAME, Part.ALL)
    if mine and theirs:
        text = f'"{pair.word(mine[0]).text}" is not "{pair.turned.word(theirs[0]).text}"'
        yield Signal(StepFeature.OTHER_OBJECT, 1 - pair.likeness(mine, theirs), text)
