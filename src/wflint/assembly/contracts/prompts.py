"""What the models that some code asks are told, which values are what they answer, and what the code makes of that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.assembly.contracts.models import ASKING, PIPE, TELLING, asks, is_model, runs_model
from wflint.assembly.contracts.output_formats import answer_of, bare, expected_formats
from wflint.assembly.contracts.prompt_texts import is_scripted, written_at
from wflint.assembly.function_summary import FunctionSummary
from wflint.assembly.sequences import known_text
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import (
    Arguments,
    Const,
    ExternalAttribute,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    text_of,
)
from wflint.model.contract import Format, FormatExpectation
from wflint.model.patterns import pattern
from wflint.model.prompt import Prompt, PromptText
from wflint.model.span import Span

FORMATS = frozenset(
    {
        "response_format", "format", "response_schema", "response_mime_type", "model_kwargs", "generation_config",
        "stop", "text", "text_format", "config", "output_config", "extra_body", "tools", "functions", "output_type",
    }
)  # fmt: skip
"""Settings of models that see to the form of the answer."""
SHAPING = (".with_structured_output", ".with_config", ".with_fallbacks", ".bind_tools", ".as_structured_llm")
STRUCTURED = pattern(r"structured|with_tools|predict_and_call|parse$")
"""Methods whose answers are no free texts."""
PLAIN_PARSER = "StrOutputParser"
PARSERS = pattern(r"\.(?:Json|SimpleJson|Pydantic)OutputParser$")
"""Ends of chains that fail on what is no JSON; they tell a model of that only where they are asked to."""
MESSAGES = pattern(r"\.(?:System|Human|Chat)Message$")
SAID = frozenset({"system", "user", "developer", "human"})
"""Roles of messages that tell a model something; what it is to have said itself may be how its answer begins."""
TEMPLATES = pattern(r"PromptTemplate(?:\.from_template|\.from_messages)?$")
FILLED = pattern(r"PromptTemplate(?:\.from_\w+)?\.(?:format|format_messages|format_prompt|invoke|partial)$")
TOLD = ("messages", "prompt", "contents", "input", "instructions", "system", "message", "user_msg", "chat_history")
"""Arguments that tell a model something."""
MAKING = ("system_instruction", "system_prompt", "system")
"""Settings that tell a model something whenever it is asked."""
HINTING = pattern(r"prompt|instruct|format|schema|system|template|guideline|rule|config", re.IGNORECASE)
"""Names of fields that may hold words for the model rather than what it works on."""
TALK = pattern(r"message|history|conversation|chat", re.IGNORECASE)
"""Names of fields that may hold what was said before, words for the model among it."""
PLACEHOLDER = pattern(r"(?<!\{)\{(\w+)\}")
DEEPEST = 6


def formats_in(summary: FunctionSummary) -> tuple[FormatExpectation, ...]:
    """What some code makes of what its own models answer."""
    made = expected_formats(summary, lambda value: "" if free_answer(value) is not None else None).get("", ())
    return (*made, *_parsed_in_chains(summary))


def _parsed_in_chains(summary: FunctionSummary) -> Iterator[FormatExpectation]:
    for call in summary.calls:
        chain = call.receiver
        if asks(call) and not call.tried and isinstance(chain, Object) and chain.path == PIPE:
            *before, last = _pieces(chain)
            free = all(TEMPLATES.search(_path(piece)) or _is_free(piece) for piece in before)
            if PARSERS.search(_path(last)) and before and free and runs_model(before[-1]):
                yield FormatExpectation(Format.JSON, call.span)


def free_answer(value: Value, *, in_json: bool = False) -> Object | None:
    """The answer, in whatever form the model likes, that a text is; None for every other value.

    With `in_json`, it may be JSON of any form that the model is told to write.
    """
    made = answer_of(bare(value))
    if not isinstance(made, Object) or not _is_asked(made) or STRUCTURED.search(_path(made)):
        return None
    model = made.receiver
    is_text = made is not bare(value) or (model is not None and _ends_in_text(model))
    is_free = (model is None or _is_free(model, in_json=in_json)) and not _shapes(made.arguments, in_json=in_json)
    return made if is_text and is_free else None


def _is_asked(made: Object) -> bool:
    """Whether an object is what a model was asked for."""
    last = _path(made).rpartition(".")[2]
    if made.receiver is None:
        return last in ASKING and is_model(_path(made))
    return last in TELLING or (last in ASKING and (runs_model(made.receiver) or is_model(_path(made))))


def _ends_in_text(model: Value) -> bool:
    """Whether a chain ends in a parser that leaves the text as it is."""
    last = model.arguments.positional[-1] if isinstance(model, Object) and model.path == PIPE else None
    return isinstance(last, Object) and (last.path or "").endswith(PLAIN_PARSER)


def _is_free(value: Value, depth: int = DEEPEST, *, in_json: bool = False) -> bool:
    """Whether nothing about a model or a chain sees to the form of the answer."""
    while isinstance(value, ExternalAttribute):
        value = value.receiver
    if not isinstance(value, Object) or not depth:
        return isinstance(value, Object)
    path = value.path or ""
    if is_scripted(value) or any(mark in path for mark in SHAPING) or value.arguments.open:
        return False
    if _shapes(value.arguments, in_json=in_json):
        return False
    if path == PIPE:
        pieces = value.arguments.positional
        return all(
            _is_free(piece, depth - 1, in_json=in_json) or TEMPLATES.search(_path(piece)) for piece in pieces
        ) and (runs_model(pieces[-1]) or _path(pieces[-1]).endswith(PLAIN_PARSER))
    return value.receiver is None or _is_free(value.receiver, depth - 1, in_json=in_json)


def _path(value: Value) -> str:
    return (value.path or "") if isinstance(value, Object) else ""


def _shapes(arguments: Arguments, *, in_json: bool = False) -> bool:
    return any(name in FORMATS and not (in_json and _is_json_mode(value)) for name, value in arguments.keywords)


def _is_json_mode(value: Value, depth: int = 2) -> bool:
    """Whether a setting asks for JSON, and says nothing of what is in it."""
    match value:
        case Const(value="json" | "application/json" | "json_object"):
            return True
        case Mapping(content=content) if depth and value.closed:
            return bool(content) and all(_is_json_mode(each, depth - 1) for each in content.values())
        case _:
            return False


# ------------------------------------------------------------------------------------------------------- texts


def prompt_of(summary: FunctionSummary) -> Prompt | None:
    """What all the models are told that some code asks; None where it asks none."""
    calls = [call for call in summary.calls if asks(call)]
    texts = [text for call in calls for text in _told(call, summary)]
    return Prompt(tuple(dict.fromkeys(texts))) if calls else None


def _told(call: LibraryCall, summary: FunctionSummary) -> Iterator[PromptText]:
    span = call.span
    for text in _settings(call.receiver):
        yield from _texts(text, span, summary)
    templates = [piece for piece in _pieces(call.receiver) if TEMPLATES.search(_path(piece))]
    for template in templates:
        yield from _texts(template, span, summary)
    given = [*call.arguments.positional[:1], *(value for key, value in call.arguments.keywords if key in TOLD)]
    for argument in given:
        yield from _filled(argument, span, summary) if templates else _texts(argument, span, summary)
    if call.arguments.open or not (templates or given):
        yield PromptText("…", span, complete=False)


def _settings(model: Value | None) -> Iterator[Value]:
    """What a model is told whenever it is asked, as it was made."""
    while isinstance(model, ExternalAttribute):
        model = model.receiver
    if isinstance(model, Object):
        yield from (value for key, value in model.arguments.keywords if key in MAKING)


def _filled(given: Value, span: Span, summary: FunctionSummary) -> Iterator[PromptText]:
    """What fills a template, where that may hold words for the model."""
    for option in alternatives(given):
        values = option.content.values() if isinstance(option, Mapping) else ()
        if any(not _is_subject(value, summary) for value in values):
            yield PromptText("…", span, complete=False)


def _pieces(value: Value | None) -> Iterator[Value]:
    if isinstance(value, Object) and value.path == PIPE:
        for piece in value.arguments.positional:
            yield from _pieces(piece)
    elif value is not None:
        yield value


def _texts(value: Value, span: Span, summary: FunctionSummary, depth: int = DEEPEST) -> Iterator[PromptText]:
    """The texts in a prompt; one that is not complete for what cannot be told."""
    match value:
        case Const(value=str(text)):
            place = written_at(value) or span
            yield PromptText(text, place, complete=not any(map(HINTING.search, PLACEHOLDER.findall(text))))
        case Mapping(content={"role": Const(value=str(role)), "content": text}) if depth and role in SAID:
            yield from _message(text, span, summary, depth - 1)
        case Text(parts=parts):
            place = written_at(value) or span
            yield PromptText(known_text(value), place, complete=all(_is_subject(part, summary) for part in parts))
        case Sequence(kind="tuple", content=[Const(value=str()), text]) if depth:
            yield from _message(text, span, summary, depth - 1)
        case Sequence(content=items) if depth:
            for item in items:
                inner = item.value if isinstance(item, RepeatedElement) else item
                yield from _texts(inner, span, summary, depth - 1)
        case Object(path=str(path)) if depth and MESSAGES.search(path):
            yield from _message(value.arguments.get("content", 0), span, summary, depth - 1)
        case Object() if depth and (inside := _inside(value)) is not None:
            yield from _texts(inside, span, summary, depth - 1)
        case _:
            yield PromptText("…", span, complete=False)


def _message(content: Value | None, span: Span, summary: FunctionSummary, depth: int) -> Iterator[PromptText]:
    """What a message says; nothing where it merely holds what the model works on."""
    held = content if isinstance(content, TrackedValue) and not TALK.search("".join(content.access_path[:1])) else None
    if content is None:
        yield PromptText("…", span, complete=False)
    elif held is None or not _is_subject(held, summary):
        yield from _texts(content, span, summary, depth)


def _inside(made: Object) -> Value | None:
    """What a template is made of."""
    path = made.path or ""
    if FILLED.search(path):
        return made.receiver
    if TEMPLATES.search(path):
        return made.arguments.get("template") or made.arguments.get("messages") or made.arguments.get("", 0)
    return None


def _is_subject(value: Value, summary: FunctionSummary) -> bool:
    """Whether a part of a text is what the model works on: known, from the step's input, or what a model wrote."""
    match value:
        case Const():
            return True
        case TrackedValue(root=root, access_path=path):
            return root is summary.root and bool(path) and not any(HINTING.search(name) for name in path)
        case Unknown(depends_on=sources) if sources:
            return all(_is_subject(source, summary) for source in sources)
        case ExternalAttribute() | Object():
            return all(free_answer(option) is not None for option in alternatives(value))
        case _:
            return text_of(value) is not None
