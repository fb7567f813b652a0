"""Steps, read: everything about one side of a pair that does not depend on the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import accumulate

from msgspec import Struct

from wflint.matching import lexicon
from wflint.matching.subjects import FieldText, StepText
from wflint.matching.types import read_type
from wflint.matching.unit import Unit, make_unit, units_of, without
from wflint.matching.words import split_name, split_prose, stem
from wflint.model.patterns import pattern

_LONGEST = 120
"""So many words of a description are read; prompts go on, but what is to be done stands at their beginning."""
_PERSONA = pattern(r"^\s*(?:you are|act as|you're)\b[^.!?]*[.!?]\s*", re.IGNORECASE)
"""`You are an expert engineer.`: says who works, not what is done."""
_SECTIONS = pattern(
    r"^[ \t]*(?:args|arguments|parameters|params|returns?|yields?|raises|notes?|examples?)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Where a docstring goes on to its parameters: the words from there on are those of any docstring."""
_DOER = pattern(r"(?:er|or|ist|ion)$")
"""Ending of a word that names who or what does the work."""


class Part(StrEnum):
    """A stretch of a step's units."""

    NAME = "name"
    """The name."""
    DOC = "doc"
    """The description."""
    TEXT = "text"
    """Name and description."""
    INPUTS = "inputs"
    """The names of what it takes."""
    OUTPUTS = "outputs"
    """The names of what it gives."""
    ALL = "all"
    """Name, description and fields."""
    WORK = "work"
    """The words that may say what is done: the first of the task in the description, and of the name."""


class StepReading(Struct, frozen=True):
    """A step: its words, its units, the texts whose meanings are compared.

    `units` are those of name, description, inputs, outputs and work, in this order; `at` tells where the parts are.
    `spoken` is every word of name and description, `numbers` those that are numbers.
    """

    stems: tuple[str, ...]
    units: tuple[Unit, ...]
    at: Mapping[Part, slice]
    spoken: frozenset[str]
    numbers: frozenset[str]
    output_types: tuple[str, ...]
    tools: frozenset[str]
    name_text: str
    doc_text: str
    whole_text: str

    def part(self, part: Part) -> tuple[Unit, ...]:
        """The units of a part."""
        return self.units[self.at[part]]

    @property
    def texts(self) -> tuple[str, ...]:
        """All that will be asked the meaning of."""
        spoken = (text for text in (self.name_text, self.doc_text, self.whole_text) if text)
        return (*spoken, *(unit.text for unit in self.units))


def read_step(step: StepText) -> StepReading:
    """Read a step once, for all the pairs it is part of."""
    known = lexicon.load()
    words = known.expand(split_name(step.name))
    said = _SECTIONS.split(step.doc, maxsplit=1)[0]
    prose = split_prose(said, _LONGEST)
    task = split_prose(_PERSONA.sub("", said), _LONGEST)
    name = without(units_of(words) or (make_unit(" ".join(words)),), known.step_fillers)
    tools = [known.expand(split_name(tool)) for tool in step.tools]
    taken, given = _units(step.inputs), _units(step.outputs)
    texts = [" ".join(words), " ".join(prose), *(" ".join(tool) for tool in tools)]
    fields = [unit.text for unit in (*taken, *given)]
    doc = without(units_of(known.expand(prose)), known.step_fillers) if prose else ()
    work = _work(units_of(known.expand(task)), name)
    spoken = frozenset((*words, *prose))
    return StepReading(
        stems=tuple(stem(word) for word in words),
        units=(*name, *doc, *taken, *given, *work),
        at=_places(*map(len, (name, doc, taken, given, work))),
        spoken=spoken,
        numbers=frozenset(known.numbers.get(word, word) for word in spoken if known.is_number(word)),
        output_types=tuple(sorted(read_type(field.type).shape for field in step.outputs)),
        tools=frozenset(step.tools),
        name_text=" ".join(words),
        doc_text=" ".join(prose),
        whole_text=" ".join([*texts, *fields]),
    )


def _places(name: int, doc: int, taken: int, given: int, work: int) -> dict[Part, slice]:
    ends = tuple(accumulate((name, doc, taken, given, work)))
    return {
        Part.NAME: slice(0, ends[0]),
        Part.DOC: slice(ends[0], ends[1]),
        Part.TEXT: slice(0, ends[1]),
        Part.INPUTS: slice(ends[1], ends[2]),
        Part.OUTPUTS: slice(ends[2], ends[3]),
        Part.ALL: slice(0, ends[3]),
        Part.WORK: slice(ends[3], ends[4]),
    }


def _work(task: Sequence[Unit], name: Sequence[Unit]) -> tuple[Unit, ...]:
    """The words that say what is done: the first of the task and of the name, or the name's last where it is a doer."""
    doer = [unit for unit in name[-1:] if len(name) > 1 and _DOER.search(unit.text)]
    return (*without(task[:2], lexicon.load().step_fillers)[:1], *(doer or name[:1]))


def _units(fields: Sequence[FieldText]) -> tuple[Unit, ...]:
    known = lexicon.load()
    return tuple(
        unit for field in fields for unit in without(units_of(known.expand(split_name(field.name))), known.fillers)
    )
