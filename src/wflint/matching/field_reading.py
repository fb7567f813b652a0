"""Fields, read: everything about one side of a pair that does not depend on the other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from wflint.matching import lexicon
from wflint.matching.subjects import FieldText
from wflint.matching.types import TypeReading, read_type
from wflint.matching.unit import Unit, make_unit, units_of, without
from wflint.matching.words import split_name, split_prose, stem
from wflint.model.patterns import pattern

_LEAD = 6
"""So many words before a placeholder say what is put in its place."""
_LONGEST = 60
"""So many words of a description are read; what a field is, it says at its beginning."""
_PLACEHOLDER = pattern(r"\{[^{}]*\}")
_SENTENCE = pattern(r"(?<=[.!?\n])\s+")


class FieldReading(Struct, frozen=True):
    """A field: its words, its units, the texts whose meanings are compared.

    `core` is the words of the name that are not mere fillers; all of them where only aspects would be left. `is_vague`
    says that the name says nothing and the prose has to.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    name: tuple[Unit, ...]
    core: tuple[Unit, ...]
    described: tuple[Unit, ...]
    everything: tuple[Unit, ...]
    type: TypeReading
    name_text: str
    prose_texts: tuple[str, ...]
    is_vague: bool

    @property
    def prose(self) -> tuple[Unit, ...]:
        """The words of the description and of the prompt."""
        return self.everything[len(self.name) :]

    @property
    def texts(self) -> tuple[str, ...]:
        """All that will be asked the meaning of."""
        return (self.name_text, *self.prose_texts, *(unit.text for unit in self.everything))


def read_field(field: FieldText) -> FieldReading:
    """Read a field once, for all the pairs it is part of."""
    known = lexicon.load()
    words = known.expand(split_name(field.name))
    stems = tuple(stem(word) for word in words)
    name = units_of(words) or (make_unit(" ".join(words)),)
    described = split_prose(field.description, _LONGEST)
    asked, lead = _asked(field.prompt)
    prose = (*units_of(known.expand(described)), *units_of(known.expand(asked)))
    prose_texts = [" ".join(text) for text in (described, asked, lead) if text]
    return FieldReading(
        words=words,
        stems=stems,
        name=name,
        core=_core(name),
        described=units_of(known.expand(described)),
        everything=(*name, *prose),
        type=read_type(field.type),
        name_text=" ".join(words),
        prose_texts=(*prose_texts, *(f"{' '.join(words)} {text}" for text in prose_texts)),
        is_vague=bool(prose) and known.vague.issuperset(stems),
    )


def _asked(prompt: str) -> tuple[Sequence[str], Sequence[str]]:
    """The words around the placeholder: those of its sentence, and those right before it."""
    sentence = next((part for part in _SENTENCE.split(prompt) if _PLACEHOLDER.search(part)), prompt)
    return (
        split_prose(_PLACEHOLDER.sub(" ", sentence), _LONGEST),
        split_prose(_PLACEHOLDER.split(sentence)[0])[-_LEAD:],
    )


def _core(name: Sequence[Unit]) -> tuple[Unit, ...]:
    known = lexicon.load()
    kept = without(name, known.fillers)
    aspects = known.aspects | known.weak_aspects
    return tuple(name) if all(unit.stem in aspects for unit in kept) else kept
