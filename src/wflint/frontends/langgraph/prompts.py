"""What the models that a step's code asks are told, and which values are what they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.assembly.answers import bare, text_part
from wflint.assembly.briefing import is_scripted
from wflint.assembly.listing import prose
from wflint.assembly.models import ASKING, PIPE, runs_model
from wflint.assembly.reading import Reading
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import (
    Arguments,
    Const,
    Member,
    Object,
    Rest,
    Sequence,
    Symbol,
    Text,
    Unknown,
    Value,
    options_of,
    text_of,
)
from wflint.model.prose import Briefing, Prose
from wflint.model.span import Span

FORMATS = frozenset(
    {"response_format", "format", "response_schema", "response_mime_type", "model_kwargs", "generation_config", "stop"}
)
"""Settings of models that see to the form of the answer."""
SHAPING = (".with_structured_output", ".with_config", ".with_fallbacks")
PLAIN_PARSER = "StrOutputParser"
MESSAGES = re.compile(r"\.(?:System|Human|Chat)Message$")
TEMPLATES = re.compile(r"PromptTemplate(?:\.from_template|\.from_messages)?$")
FILLED = re.compile(r"PromptTemplate(?:\.from_\w+)?\.(?:format|format_messages|format_prompt|invoke|partial)$")
TELLING = re.compile(r"prompt|instruct|format|schema|system|template|guideline|rule|config", re.IGNORECASE)
"""Names of fields that may hold words for the model rather than what it works on."""
DEEPEST = 6


def free_answer(value: Value) -> Object | None:
    """The answer, in whatever form the model likes, that a text is; None for every other value."""
    made = text_part(bare(value))
    if not isinstance(made, Object) or (made.path or "").rpartition(".")[2] not in ASKING or made.receiver is None:
        return None
    model = made.receiver
    is_text = made is not bare(value) or _ends_in_text(model)
    return made if runs_model(model) and is_text and _is_free(model) and not _shapes(made.arguments) else None


def _ends_in_text(model: Value) -> bool:
    """Whether a chain ends in a parser that leaves the text as it is."""
    last = model.arguments.positional[-1] if isinstance(model, Object) and model.path == PIPE else None
    return isinstance(last, Object) and (last.path or "").endswith(PLAIN_PARSER)


def _is_free(value: Value, depth: int = DEEPEST) -> bool:
    """Whether nothing about a model or a chain sees to the form of the answer."""
    if not isinstance(value, Object) or not depth:
        return isinstance(value, Object)
    path = value.path or ""
    if is_scripted(value) or any(mark in path for mark in SHAPING) or _shapes(value.arguments) or value.arguments.open:
        return False
    if path == PIPE:
        pieces = value.arguments.positional
        return all(_is_free(piece, depth - 1) or TEMPLATES.search(_path(piece)) for piece in pieces) and (
            runs_model(pieces[-1]) or _path(pieces[-1]).endswith(PLAIN_PARSER)
        )
    return value.receiver is None or _is_free(value.receiver, depth - 1)


def _path(value: Value) -> str:
    return (value.path or "") if isinstance(value, Object) else ""


def _shapes(arguments: Arguments) -> bool:
    return any(name in FORMATS for name, _ in arguments.keywords)


# ------------------------------------------------------------------------------------------------------- texts


def briefing_of(calls: list[LibraryCall], reading: Reading) -> Briefing | None:
    """What all the models are told that some code asks; None where it asks none."""
    texts = [text for call in calls for text in _told(call, reading)]
    return Briefing(tuple(dict.fromkeys(texts))) if calls else None


def _told(call: LibraryCall, reading: Reading) -> Iterator[Prose]:
    span = call.place.span
    templates = [piece for piece in _pieces(call.receiver) if TEMPLATES.search(_path(piece))]
    for template in templates:
        yield from _texts(template, span, reading)
    for argument in call.arguments.positional[:1] if not templates else ():
        yield from _texts(argument, span, reading)
    if call.arguments.open or (not templates and not call.arguments.positional):
        yield Prose("…", span, complete=False)


def _pieces(value: Value | None) -> Iterator[Value]:
    if isinstance(value, Object) and value.path == PIPE:
        for piece in value.arguments.positional:
            yield from _pieces(piece)
    elif value is not None:
        yield value


def _texts(value: Value, span: Span, reading: Reading, depth: int = DEEPEST) -> Iterator[Prose]:
    """The texts in a prompt; one that is not complete for what cannot be told."""
    match value:
        case Const(value=str(text)):
            yield Prose(text, span)
        case Text(parts=parts):
            yield Prose(prose(value), span, complete=all(_is_subject(part, reading) for part in parts))
        case Sequence(kind="tuple", content=[Const(value=str()), text]) if depth:
            yield from _texts(text, span, reading, depth - 1)
        case Sequence(content=items) if depth:
            for item in items:
                inner = item.value if isinstance(item, Rest) else item
                yield from _texts(inner, span, reading, depth - 1)
        case Object() if depth and (inside := _inside(value)) is not None:
            yield from _texts(inside, span, reading, depth - 1)
        case _:
            yield Prose("…", span, complete=False)


def _inside(made: Object) -> Value | None:
    """What a message says, or what a template is made of."""
    path = made.path or ""
    if MESSAGES.search(path):
        return made.arguments.get("content", 0)
    if FILLED.search(path):
        return made.receiver
    if TEMPLATES.search(path):
        return made.arguments.get("template") or made.arguments.get("messages") or made.arguments.get("", 0)
    return None


def _is_subject(value: Value, reading: Reading) -> bool:
    """Whether a part of a text is what the model works on: known, from the step's input, or what a model wrote."""
    match value:
        case Const():
            return True
        case Symbol(root=root, path=path):
            return root is reading.root and bool(path) and not any(TELLING.search(name) for name in path)
        case Unknown(sources=sources) if sources:
            return all(_is_subject(source, reading) for source in sources)
        case Member() | Object():
            return all(free_answer(option) is not None for option in options_of(value))
        case _:
            return text_of(value) is not None
