"""Placeholders of instructions: `{key}`, `{key?}`, `{user:key}`; other braces are plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.assembly.contracts.prompt_texts import written_at
from wflint.assembly.sequences import known_text
from wflint.evaluate.values import Text, Value, alternatives, text_of
from wflint.model.contract import Certainty, Need
from wflint.model.patterns import pattern
from wflint.model.prompt import sentence_around
from wflint.model.span import Span

BRACES = pattern(r"(?<![$\\])\{+([^{}]*)\}+")
SCOPES = ("app", "user", "temp")


def placeholders(value: Value, span: Span) -> Iterator[Need]:
    """What the framework puts into an instruction from the session's state before the model sees it."""
    options = alternatives(value)
    for option in options:
        sure = Certainty.CERTAIN if len(options) == 1 else Certainty.POSSIBLE
        for piece in option.parts if isinstance(option, Text) else (option,):
            for found in BRACES.finditer(text_of(piece) or ""):
                name = found[1].strip()
                if is_key(name.removesuffix("?")):
                    place = written_at(piece, found[0]) or span
                    yield _need(name, place, sure, sentence_around(known_text(option), re.compile(re.escape(found[0]))))


def _need(name: str, span: Span, sure: Certainty, wording: str) -> Need:
    bare = name.removesuffix("?")
    return Need(bare, span, bare == name, sure, type="str", wording=wording)


def is_key(name: str) -> bool:
    """Whether a name in braces is taken for a key; artifacts are files, and the rest is left as it stands."""
    scope, _, bare = name.rpartition(":")
    return bare.isidentifier() and (not scope or scope in SCOPES)


def is_whole(value: Value) -> bool:
    """Whether the text is known to its last letter."""
    return all(text_of(option) is not None for option in alternatives(value))
