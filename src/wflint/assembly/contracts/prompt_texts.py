"""Values as what a model is told in words."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.sequences import is_unset, known_text
from wflint.evaluate.file_texts import FileText
from wflint.evaluate.values import Location, Object, Text, Value, alternatives, text_of
from wflint.model.patterns import pattern
from wflint.model.prompt import Prompt, PromptText, TextRole
from wflint.model.span import Span


def prompt_texts(value: Value | None, span: Span, role: TextRole = TextRole.INSTRUCTION) -> Iterator[PromptText]:
    """What an argument tells: one text for each thing that it may be, none where it was not given."""
    if value is None or is_unset(value):
        return
    for option in alternatives(value):
        if not is_unset(option):
            text = text_of(option)
            place = written_at(option) or span
            yield PromptText(text if text is not None else known_text(option) or "…", place, role, text is not None)


def written_at(value: Value | None, part: str = "") -> Span | None:
    """Where a text stands that comes from a file of its own, and in it a `part`; None for one of the code."""
    pieces = value.parts if isinstance(value, Text) else (value,)
    read = [piece for piece in pieces if isinstance(piece, FileText)]
    holding = [piece for piece in read if part in str(piece.value)]
    return _place_in(holding[0], part) if holding else read[0].location.span if read else None


def _place_in(text: FileText, part: str) -> Span:
    """Where a part of a text stands, or the whole where it stands there in another form, indented perhaps."""
    start, end = text.location.at
    at = str(text.value).find(part)
    if not part or end - start > len(str(text.value)) or at + len(part) > end - start:
        return text.location.span
    return Location(text.location.module, (start + at, start + at + len(part))).span


_SCRIPTED = pattern(r"(?:^|[._])_*(?:Fake|Mock|Replay|Dummy|Stub|Scripted|Echo|Canned)")
"""Names of models that say what a test has written down for them."""


def is_scripted(client: Value | None) -> bool:
    """Whether a model, or one of those that it may be, answers from a script, whatever it is told."""
    for option in alternatives(client):
        name = option.cls.name if isinstance(option, Object) and option.cls is not None else ""
        path = option.path if isinstance(option, Object) else None
        if _SCRIPTED.search((path or "").rpartition(".")[2]) or _SCRIPTED.search(name):
            return True
    return False


def prompt_from(*texts: Iterator[PromptText], hidden: bool = False) -> Prompt:
    """All that a model is told; `hidden` where there may be more."""
    return Prompt(tuple(text for group in texts for text in group), not hidden)
