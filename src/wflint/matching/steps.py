"""Features of two steps that may do the same work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.matching import lexicon
from wflint.matching.meanings import Meanings
from wflint.matching.signals import Signal, StepFeature
from wflint.matching.step_reading import StepReading
from wflint.matching.unit import Unit
from wflint.matching.units import coverage, exclusions, nearest, opposites, roles, substituted, unaccounted, works


def step_signals(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    """Every feature of the pair that is there; the order of the two does not matter."""
    first, second = sorted((one, other), key=lambda step: (step.name_text, step.whole_text))
    yield from _likeness(first, second, meanings)
    yield from _faces(first, second, meanings)
    yield from _contradictions(first, second)
    yield from _differences(first, second, meanings)


def _likeness(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    names = max(0.0, meanings.similarity(one.name_text, other.name_text))
    yield Signal(StepFeature.NAME_SIMILARITY, names, "the names mean nearly the same")
    wholes = max(0.0, meanings.similarity(one.whole_text, other.whole_text))
    yield Signal(StepFeature.WHOLE_SIMILARITY, wholes, "taken together, the steps mean nearly the same")
    if one.doc_text and other.doc_text:
        docs = max(0.0, meanings.similarity(one.doc_text, other.doc_text))
        yield Signal(StepFeature.DOC_SIMILARITY, docs, "the descriptions mean nearly the same")
        overlap = _both_ways(one.doc, other.doc, meanings)
        yield Signal(StepFeature.DOC_OVERLAP, overlap, "each word of either description has its counterpart")
        if one.doc_text == other.doc_text:
            yield Signal(StepFeature.SAME_DOC, 1.0, "the descriptions are the same, word for word")
    named = min(coverage(one.name, other.everything, meanings), coverage(other.name, one.everything, meanings))
    yield Signal(StepFeature.NAME_OVERLAP, named, "each word of either name has its counterpart in the other step")


def _both_ways(one: Sequence[Unit], other: Sequence[Unit], meanings: Meanings) -> float:
    return min(coverage(one, other, meanings), coverage(other, one, meanings))


def _faces(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    taken = _both_ways(one.inputs, other.inputs, meanings)
    yield Signal(StepFeature.INPUTS, taken, "they take the same")
    given = _both_ways(one.outputs, other.outputs, meanings)
    yield Signal(StepFeature.OUTPUTS, given, "they give the same")
    yield from _other_faces(one, other, meanings)
    if one.output_types and one.output_types == other.output_types:
        yield Signal(StepFeature.SAME_TYPES, 1.0, "what they give has the same types")
    if shared := one.tools & other.tools:
        text = f'both use the tool "{min(shared)}"'
        yield Signal(StepFeature.TOOLS, len(shared) / len(one.tools | other.tools), text)
    yield from _works(one, other, meanings)


def _other_faces(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    vague = lexicon.load().vague
    for feature, mine, theirs in (
        (StepFeature.OTHER_INPUTS, one.inputs, other.inputs),
        (StepFeature.OTHER_OUTPUTS, one.outputs, other.outputs),
    ):
        telling = [unit for unit in (*mine, *theirs) if unit.stem in vague]
        if mine and theirs and not telling:
            apart = 1 - max(coverage(mine, theirs, meanings), coverage(theirs, mine, meanings))
            yield Signal(feature, apart, f'"{mine[0].text}" is not "{theirs[0].text}"')


def _works(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    if not (one.work and other.work):
        return
    near = nearest(one.work, other.work, meanings)
    text = f'"{one.work[0].text}" is not "{other.work[0].text}"'
    yield Signal(StepFeature.SAME_WORK, near, "what is done is called the same, or nearly so")
    yield Signal(StepFeature.FAR_WORK, 1 - near, text)
    if apart := exclusions(one.work, other.work, works):
        yield Signal(StepFeature.OTHER_WORK, 1.0, f'"{apart[0][0].text}" is not "{apart[0][1].text}"')


def _contradictions(one: StepReading, other: StepReading) -> Iterator[Signal]:
    known = lexicon.load()
    said = exclusions(one.everything, other.everything, opposites)
    if said:
        yield Signal(StepFeature.OPPOSITES, 1.0, _excluding(said))
    held = exclusions(one.fields, other.fields, opposites)
    if held:
        yield Signal(StepFeature.OPPOSITE_FIELDS, 1.0, _excluding(held))
    cast = exclusions(one.name, other.name, roles)
    if cast:
        yield Signal(StepFeature.OTHER_ROLE, 1.0, _excluding(cast))
    if known.negations.isdisjoint(one.spoken) != known.negations.isdisjoint(other.spoken):
        yield Signal(StepFeature.NEGATION, 1.0, "one text negates and the other does not")
    if one.numbers and other.numbers and one.numbers.isdisjoint(other.numbers):
        yield Signal(StepFeature.NUMBERS, 1.0, "the texts hold different numbers")


def _excluding(pairs: Sequence[tuple[Unit, Unit]]) -> str:
    return f'"{pairs[0][0].text}" and "{pairs[0][1].text}" exclude each other'


def _differences(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    mine = unaccounted(one.everything, (*other.everything, *other.fields), meanings)
    theirs = unaccounted(other.everything, (*one.everything, *one.fields), meanings)
    shares = len(mine) / max(1, len(one.everything)), len(theirs) / max(1, len(other.everything))
    yield from _named_apart(one, other, meanings)
    if word := substituted(one.doc, other.doc, meanings):
        yield Signal(StepFeature.SUBSTITUTED, word[2], f'"{word[0].text}" is not "{word[1].text}"')
    if mine or theirs:
        text = f'nothing on the other side accounts for "{(*mine, *theirs)[0].text}"'
        yield Signal(StepFeature.LEFTOVER, max(shares), text)
    if one.stems == other.stems and one.doc and other.doc:
        distance = 1 - max(0.0, meanings.similarity(one.doc_text, other.doc_text))
        yield Signal(StepFeature.HOMONYM, distance, "the same name is described as different work")


def _named_apart(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    """Names that share a word and differ in another."""
    mine = unaccounted(one.name, (*other.everything, *other.fields), meanings)
    theirs = unaccounted(other.name, (*one.everything, *one.fields), meanings)
    shared = {unit.stem for unit in one.name} & {unit.stem for unit in other.name}
    if mine and theirs and shared:
        near = nearest(mine, theirs, meanings)
        yield Signal(StepFeature.OTHER_OBJECT, 1 - near, f'"{mine[0].text}" is not "{theirs[0].text}"')
