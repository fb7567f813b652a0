"""Texts that steps are written with: what a model is told, and what people say about a step."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from wflint.model.patterns import pattern
from wflint.model.span import Span

_BREAK = pattern(r"\n\s*(?=\n|[-*•#>]|\d+[.)]\s|[A-Z`<{\[\"'(…])|(?<=[:;])[ \t]*\n")
"""A line that is not merely the next one of a wrapped sentence."""
_STOP = pattern(r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\s\d\.)(?<!^\d\.)(?<=[.!?])[\"')\]]?\s+(?=[A-Z`\"'({\[*<…]|\d)")


class TextRole(StrEnum):
    """Who reads a text."""

    INSTRUCTION = "instruction"
    """The model that does the step's work."""
    RESULT = "result"
    """The same model: what its answer has to be."""
    SELF = "self"
    """The same model: who it is and what it is after, whatever the step."""
    STANDARD = "standard"
    """The same model: what its library tells it where nobody says anything, the same in every program."""
    ABOUT = "about"
    """People, and others that may call the step: the model that does its work never sees it."""


class PromptText(Struct, frozen=True):
    """A text and who reads it; an ellipsis stands for each part that is not known, and then it is not `complete`."""

    text: str
    span: Span
    role: TextRole = TextRole.INSTRUCTION
    complete: bool = True

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences, headings and items of lists, each on one line."""
        return sentences(self.text)


class Prompt(Struct, frozen=True):
    """All that a model is told in words; not `complete` where something else may tell it more."""

    texts: tuple[PromptText, ...] = ()
    complete: bool = True

    @property
    def known(self) -> bool:
        """Whether every word that the model is told is known."""
        return self.complete and all(text.complete for text in self.texts)

    @property
    def whole(self) -> bool:
        """Whether every word that the model is told is known, and there are words at all."""
        return self.known and bool(self.texts)


class UnaskedKey(Struct, frozen=True):
    """A key that code reads of a model's answer in JSON, while the prompt names others, `shown`, as JSON does."""

    name: str
    span: Span
    shown: tuple[str, ...]


class TemplateGap(Struct, frozen=True):
    """Placeholders of a template that get no value where it is filled, at `span`.

    `fails` is true where that raises, false where the model gets to see the gap. `misread` are those of the
    placeholders that are no names: literal braces that the engine reads as one. `reason` is what is wrong with the
    template itself. `owner` is the kind of thing that has none of them. `plain` is true where nothing fills it at all:
    a text with the names of variables in braces. `whole` is the variable that is a text and of which it shows letters.
    """

    placeholders: tuple[str, ...]
    span: Span
    template: Span | None
    fails: bool
    misread: tuple[str, ...] = ()
    reason: str = ""
    plain: bool = False
    owner: str = ""
    whole: str = ""


@lru_cache(maxsize=4_096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences, headings and items of lists of a text, each on one line; many rules and comparisons ask again."""
    lines = (" ".join(sentence.split()) for block in _BREAK.split(text) for sentence in _STOP.split(block))
    return tuple(line for line in lines if line)


def sentence_around(text: str, asked: re.Pattern[str]) -> str:
    """The first sentence in which something is found; empty where there is none."""
    return next((sentence for sentence in sentences(text) if asked.search(sentence)), "")
