"""The templates that a step's code fills, and the placeholders that get no value there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from wflint.assembly.contracts.models import PIPE
from wflint.assembly.contracts.placeholders import Grammar, Placeholders, placeholders_in
from wflint.assembly.contracts.prompt_texts import written_at
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.unfilled import unfilled
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Formatting, LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import (
    Arguments,
    Const,
    Mapping,
    Object,
    Sequence,
    TrackedValue,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.model.patterns import pattern
from wflint.model.prompt import TemplateGap
from wflint.model.span import Span

TEMPLATE: Final = pattern(
    r"(?:^|\.)\w*PromptTemplate(?:\.from_template|\.from_messages)?$|^(?:string|jinja2)\.Template$"
)
"""What makes a template: the constructors, and the ways to make one of a text or of messages."""
GRAMMARS: Final = (
    ("langchain", Grammar.FORMAT),
    ("string.", Grammar.DOLLAR),
    ("jinja2.", Grammar.JINJA),
    ("llama_index.", Grammar.LENIENT),
)
"""How templates of a library are written, by the beginning of its name."""
GIVEN: Final = {"f-string": Grammar.FORMAT, "jinja2": Grammar.JINJA, "mustache": Grammar.MUSTACHE}
"""How a template says that it is written."""
BY_DICT: Final = frozenset({"invoke", "ainvoke", "stream", "astream"})
BY_NAME: Final = frozenset(
    {"format", "aformat", "format_messages", "aformat_messages", "format_prompt", "aformat_prompt", "substitute"}
    | {"render", "render_async"}
)
"""Methods that fill a template: with one dict, or with arguments by name."""
BY_MODEL: Final = {"predict": 0, "apredict": 0, "structured_predict": 1, "astructured_predict": 1}
"""Methods of models that fill the template which they are given at a position, with arguments by name."""
SAME: Final = frozenset({"with_retry", "with_config", "with_fallbacks", "bind", "with_types", "with_listeners"})
"""Methods of a chain that give one which is filled alike."""
OPTIONAL: Final = ("placeholder",)
"""Roles of messages that may be left out."""


class _Template(Struct, frozen=True):
    """A template with what it asks for; `settled` are the names that it has values for."""

    asked: tuple[Placeholders, ...]
    grammar: Grammar
    settled: frozenset[str]
    span: Span | None


def template_gaps(summary: FunctionSummary | None, interp: Interpreter) -> tuple[TemplateGap, ...]:
    """The fillings that leave something out, for certain, in order."""
    if summary is None:
        return ()
    found = [
        *(gap for call in summary.calls if not call.tried for gap in _of_call(call, interp)),
        *(gap for formatting in summary.formattings if not formatting.tried for gap in _of_text(formatting)),
        *unfilled(summary),
    ]
    return tuple(dict.fromkeys(found))


def _of_text(formatting: Formatting) -> Iterator[TemplateGap]:
    """`"...".format(...)` of a text that is known."""
    text, given = text_of(formatting.template), formatting.arguments
    if text is None or given.open or given.tail is not None or given.rest is not None:
        return
    asked = placeholders_in(text, Grammar.FORMAT)
    supplied = {name for name, _ in given.keywords}
    missing = tuple(name for name in asked.names if name not in supplied)
    span = formatting.location.span
    if asked.broken or missing or asked.misread:
        names = (*missing, *asked.misread)
        place = written_at(formatting.template, f"{{{names[0]}" if names else "")
        yield TemplateGap(names, span, place, fails=True, misread=asked.misread, reason=asked.broken)
    elif asked.positions > len(given.positional):
        few = tuple(f"{{{number}}}" for number in range(len(given.positional), asked.positions))
        yield TemplateGap(few, span, written_at(formatting.template), fails=True)


def _of_call(call: LibraryCall, interp: Interpreter) -> Iterator[TemplateGap]:
    """A template that is filled by itself, or at the beginning of a chain."""
    if call.receiver is None or call.method not in BY_DICT | BY_NAME | BY_MODEL.keys():
        return
    for template, supplied in _filled(call, interp):
        missing = dict.fromkeys(
            name
            for asked in template.asked
            for name in (*asked.names, *asked.misread)
            if name not in supplied and name not in template.settled
        )
        misread = tuple(name for asked in template.asked for name in asked.misread if name in missing)
        if missing:
            fails = template.grammar.fails or call.method in BY_DICT  # which look for the names before they fill
            yield TemplateGap(tuple(missing), _filling(call), template.span, fails, misread)


def _filling(call: LibraryCall) -> Span:
    """Where a template is filled: where the names are given to a function that only hands on what it is given."""
    given = call.get("input", 0) if call.method in BY_DICT else None
    spread = isinstance(given, Mapping) and given.location is None  # `**values` of the function
    return call.within[-1].location.span if spread and call.within else call.span


def _filled(call: LibraryCall, interp: Interpreter) -> Iterator[tuple[_Template, frozenset[str]]]:
    """The templates that a call fills, each with the names that get a value."""
    if call.method in BY_MODEL:
        yield from _handed_over(call)
        return
    pieces = list(_pieces(call.receiver))
    first = _template(pieces[0]) if pieces else None
    if first is not None:
        supplied = _supplied(call, interp) if call.method in BY_DICT else _named(call.arguments)
        if supplied is not None:
            yield first, supplied
    for before, piece in pairwise(pieces):
        template = _template(piece)
        keys = _keys(before) if isinstance(before, Mapping) else None
        if template is not None and keys is not None:
            yield template, keys


def _handed_over(call: LibraryCall) -> Iterator[tuple[_Template, frozenset[str]]]:
    """The template that a model is told to fill."""
    given, arguments = call.get("prompt", BY_MODEL[call.method]), call.arguments
    template = _template(given) if given is not None else None
    if template is not None and not arguments.open and arguments.rest is None:
        yield template, frozenset(name for name, _ in arguments.keywords)


def _pieces(value: Value | None) -> Iterator[Value]:
    """What a chain consists of, in order."""
    while isinstance(value, Object) and last_of(value.path) in SAME and value.receiver is not None:
        value = value.receiver
    if isinstance(value, Object) and value.path == PIPE:
        for piece in value.arguments.positional:
            yield from _pieces(piece)
    elif value is not None:
        yield value


# ------------------------------------------------------------------------------------------- what is supplied


def _named(given: Arguments) -> frozenset[str] | None:
    if given.open or given.rest is not None or given.positional:
        return None
    return frozenset(name for name, _ in given.keywords)


def _supplied(call: LibraryCall, interp: Interpreter) -> frozenset[str] | None:
    """The names of the one dict, or state, that a chain is given; None where they are not all known."""
    given = call.get("input", 0)
    found = [_names_of(option, interp, call) for option in alternatives(given)] if given is not None else []
    known = [names for names in found if names is not None]
    return frozenset().union(*known) if found and len(known) == len(found) else None


def _names_of(given: Value, interp: Interpreter, call: LibraryCall) -> frozenset[str] | None:
    match given:
        case Mapping():
            return _keys(given)
        case TrackedValue(type=type_) if isinstance(bare(type_), Class):
            schema = schema_of(interp, bare(type_), call.location)
            return schema.names if schema is not None and schema.closed and schema.mapping else None
        case _:
            return None


def _keys(given: Mapping) -> frozenset[str] | None:
    return frozenset(str(key) for key, _ in given.known()) if given.closed else None


# ---------------------------------------------------------------------------------------------- what is asked


def _template(value: Value) -> _Template | None:
    """A template as far as it is known; None where something else it is made with may supply values."""
    settled: set[str] = set()
    while isinstance(value, Object) and last_of(value.path) == "partial" and isinstance(value.receiver, Object):
        if value.arguments.open or value.arguments.rest is not None:
            return None
        settled |= {name for name, _ in value.arguments.keywords}
        value = value.receiver
    if not isinstance(value, Object) or value.path is None or not TEMPLATE.search(value.path) or value.cls is not None:
        return None
    grammar = _grammar(value)
    held = value.arguments.get("partial_variables")
    if grammar is None or value.arguments.open or not isinstance(held, Mapping | None):
        return None
    names = _keys(held) if held is not None else frozenset()
    inside = _inside(value)
    if names is None or inside is None:
        return None
    span = written_at(inside) or (value.location.span if value.location is not None else None)
    return _Template(tuple(_asked(inside, grammar)), grammar, names | settled, span)


def _grammar(template: Object) -> Grammar | None:
    """How a template is written; None where that is not known."""
    given = template.arguments.get("template_format")
    if given is not None:
        return GIVEN.get(text_of(given) or "")
    return next((grammar for begin, grammar in GRAMMARS if (template.path or "").startswith(begin)), None)


def _inside(template: Object) -> Value | None:
    given = template.arguments
    return given.get("template") or given.get("messages") or given.get("", 0)


def _asked(inside: Value, grammar: Grammar) -> Iterator[Placeholders]:
    """What each known text of a template asks for; messages that are made already are no templates."""
    match inside:
        case Const(value=str(text)):
            yield placeholders_in(text, grammar)
        case Sequence(kind="tuple", content=[Const(value=str(role)), text]) if role not in OPTIONAL:
            yield from _asked(text, grammar) if text_of(text) is not None else ()
        case Sequence(kind="list", content=items):
            for item in items:
                yield from _asked(item, grammar)
        case Object(path=str(path)) if path.endswith("MessagesPlaceholder"):
            name = text_of(inside.arguments.get("variable_name", 0))
            if name is not None and inside.arguments.get("optional") in (None, Const(value=False)):
                yield Placeholders((name,))
        case Object(path=str(path)) if TEMPLATE.search(path) and inside.arguments.get("template_format") is None:
            held = _template(inside)
            if held is not None:
                yield from (
                    Placeholders(tuple(name for name in asked.names if name not in held.settled), 0, asked.misread)
                    for asked in held.asked
                )
        case _:
            pass
