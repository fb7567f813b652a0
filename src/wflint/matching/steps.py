"""Features of two steps that may do the same work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wflint.matching import lexicon
from wflint.matching.meanings import Meanings
from wflint.matching.signals import Signal, StepFeature
from wflint.matching.subjects import FieldText, StepText
from wflint.matching.types import read_type
from wflint.matching.units import Unit, coverage, exclusions, likeness, substituted, unaccounted, units_of, without
from wflint.matching.words import split_name, split_prose, stem

_LONGEST = 120
"""So many words of a description are read; prompts go on, but what is to be done stands at their beginning."""
_PERSONA = re.compile(r"^\s*(?:you are|act as|you're)\b[^.!?]*[.!?]\s*", re.IGNORECASE)
"""`You are an expert engineer.`: says who works, not what is done."""
_DOER = re.compile(r"(?:er|or|ist|ion)$")
"""Ending of a word that names who or what does the work."""


@dataclass(frozen=True, slots=True)
class StepReading:
    """A step, read: its words, its units, the texts whose meanings are compared."""

    words: tuple[str, ...]
    name: tuple[Unit, ...]
    doc: tuple[Unit, ...]
    work: tuple[Unit, ...]
    """The words that may say what is done: the first of the task in the description, and of the name."""
    inputs: tuple[Unit, ...]
    outputs: tuple[Unit, ...]
    output_types: tuple[str, ...]
    tools: frozenset[str]
    name_text: str
    doc_text: str
    whole_text: str

    @property
    def everything(self) -> tuple[Unit, ...]:
        return (*self.name, *self.doc)

    @property
    def fields(self) -> tuple[Unit, ...]:
        return (*self.inputs, *self.outputs)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that will be asked the meaning of."""
        units = (*self.everything, *self.fields, *self.work)
        return tuple(text for text in (self.name_text, self.doc_text, self.whole_text) if text) + tuple(
            unit.text for unit in units
        )


def read_step(step: StepText) -> StepReading:
    """Read a step once, for all the pairs it is part of."""
    known = lexicon.load()
    words = known.expand(split_name(step.name))
    prose = split_prose(step.doc)[:_LONGEST]
    task = split_prose(_PERSONA.sub("", step.doc))[:_LONGEST]
    name = without(units_of(words) or (Unit(" ".join(words), " ".join(words)),), known.step_fillers)
    tools = [known.expand(split_name(tool)) for tool in step.tools]
    taken, given = _units(step.inputs), _units(step.outputs)
    spoken = [" ".join(words), " ".join(prose), *(" ".join(tool) for tool in tools)]
    fields = [unit.text for unit in (*taken, *given)]
    return StepReading(
        words=words,
        name=name,
        doc=without(units_of(known.expand(prose)), known.step_fillers) if prose else (),
        work=_work(units_of(known.expand(task)), name),
        inputs=taken,
        outputs=given,
        output_types=tuple(sorted(read_type(field.type).shape for field in step.outputs)),
        tools=frozenset(step.tools),
        name_text=" ".join(words),
        doc_text=" ".join(prose),
        whole_text=" ".join([*spoken, *fields]),
    )


def _work(task: Sequence[Unit], name: Sequence[Unit]) -> tuple[Unit, ...]:
    """The words that say what is done: the first of the task and of the name, or the name's last where it is a doer."""
    doer = [unit for unit in name[-1:] if len(name) > 1 and _DOER.search(unit.text)]
    return (*without(task[:2], lexicon.load().step_fillers)[:1], *(doer or name[:1]))


def _units(fields: Sequence[FieldText]) -> tuple[Unit, ...]:
    known = lexicon.load()
    return tuple(
        unit for field in fields for unit in without(units_of(known.expand(split_name(field.name))), known.fillers)
    )


def step_signals(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    """Every feature of the pair that is there; the order of the two does not matter."""
    yield from _likeness(one, other, meanings)
    yield from _faces(one, other, meanings)
    yield from _contradictions(one, other)
    yield from _differences(one, other, meanings)


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
    works = max(likeness(mine, theirs, meanings) for mine in one.work for theirs in other.work)
    text = f'"{one.work[0].text}" is not "{other.work[0].text}"'
    yield Signal(StepFeature.SAME_WORK, works, "what is done is called the same, or nearly so")
    yield Signal(StepFeature.FAR_WORK, 1 - works, text)
    if apart := exclusions(one.work, other.work, lexicon.load().works):
        yield Signal(StepFeature.OTHER_WORK, 1.0, f'"{apart[0][0].text}" is not "{apart[0][1].text}"')


def _contradictions(one: StepReading, other: StepReading) -> Iterator[Signal]:
    known = lexicon.load()
    said = exclusions(one.everything, other.everything, known.opposites)
    if said:
        yield Signal(StepFeature.OPPOSITES, 1.0, _excluding(said))
    held = exclusions(one.fields, other.fields, known.opposites)
    if held:
        yield Signal(StepFeature.OPPOSITE_FIELDS, 1.0, _excluding(held))
    roles = exclusions(one.name, other.name, known.roles)
    if roles:
        yield Signal(StepFeature.OTHER_ROLE, 1.0, _excluding(roles))
    spoken = [{*step.words, *step.doc_text.split()} for step in (one, other)]
    if known.negations.isdisjoint(spoken[0]) != known.negations.isdisjoint(spoken[1]):
        yield Signal(StepFeature.NEGATION, 1.0, "one text negates and the other does not")
    numbers = [{known.numbers.get(word, word) for word in words if _is_number(word)} for words in spoken]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):
        yield Signal(StepFeature.NUMBERS, 1.0, "the texts hold different numbers")


def _excluding(pairs: Sequence[tuple[Unit, Unit]]) -> str:
    return f'"{pairs[0][0].text}" and "{pairs[0][1].text}" exclude each other'


def _is_number(word: str) -> bool:
    return any(letter.isdigit() for letter in word) or word in lexicon.load().numbers


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
    if _stems(one) == _stems(other) and one.doc and other.doc:
        distance = 1 - max(0.0, meanings.similarity(one.doc_text, other.doc_text))
        yield Signal(StepFeature.HOMONYM, distance, "the same name is described as different work")


def _named_apart(one: StepReading, other: StepReading, meanings: Meanings) -> Iterator[Signal]:
    """Names that share a word and differ in another."""
    mine = unaccounted(one.name, (*other.everything, *other.fields), meanings)
    theirs = unaccounted(other.name, (*one.everything, *one.fields), meanings)
    shared = {unit.stem for unit in one.name} & {unit.stem for unit in other.name}
    if mine and theirs and shared:
        near = max(likeness(left, right, meanings) for left in mine for right in theirs)
        yield Signal(StepFeature.OTHER_OBJECT, 1 - near, f'"{mine[0].text}" is not "{theirs[0].text}"')


def _stems(step: StepReading) -> tuple[str, ...]:
    return tuple(stem(word) for word in step.words)
