"""The conditions of a router: expressions that people write as templates, and the words that they look for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from wflint.assembly.contracts.output_formats import is_form
from wflint.evaluate.values import Mapping, Object, Sequence, Value, last_of, text_of
from wflint.model.contract import Format, FormatExpectation
from wflint.model.patterns import pattern
from wflint.source.python_parser import expression_in

OUTPUT = pattern(r"\s*\{\{(?P<code>.*)\}\}\s*")
"""A condition that is one expression."""
TEXT = "text"
"""What a message calls its words."""


def conditions_of(made: Value) -> list[ast.expr] | None:
    """What the routes of a conditional router ask; None where that is not known of all."""
    routes = made.arguments.get("routes", 0) if isinstance(made, Object) else None
    if not isinstance(made, Object) or last_of(made.path) != "ConditionalRouter" or not isinstance(routes, Sequence):
        return None
    given = [route.content.get("condition") for route in routes.content if isinstance(route, Mapping)]
    texts = [text_of(condition) for condition in given if condition is not None]
    found = [_parsed(text) for text in texts if text is not None]
    known = [condition for condition in found if condition is not None]
    return known if routes.closed and len(known) == len(routes.content) else None


def _parsed(text: str) -> ast.expr | None:
    whole = OUTPUT.fullmatch(text)
    try:
        return expression_in(whole["code"].strip()) if whole is not None else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def words_expected(made: Object) -> dict[str, tuple[FormatExpectation, ...]]:
    """The words that a router looks for in each of its inputs, where these are signals; any of them will do."""
    found: dict[str, dict[str, None]] = {}
    for condition in conditions_of(made) or ():
        for name, word in _words(condition):
            found.setdefault(name, {})[word] = None
    return {
        name: (FormatExpectation(Format.WORD, made.site.span, tuple(words)),)
        for name, words in found.items()
        if all(map(is_form, words))
    }


def _words(condition: ast.expr) -> Iterator[tuple[str, str]]:
    for node in ast.walk(condition):
        match node:
            case (
                ast.Compare(
                    left=ast.Constant(value=str(word)), ops=[ast.In() | ast.NotIn() | ast.Eq()], comparators=[text]
                )
                | ast.Compare(left=text, ops=[ast.Eq()], comparators=[ast.Constant(value=str(word))])
            ):
                name = _input(text)
                if name is not None and word.strip():
                    yield name, word
            case _:
                pass


def _input(text: ast.expr) -> str | None:
    """The input whose first text an expression is: `replies[0]`, `replies[0].text`, trimmed or not."""
    match text:
        case ast.Call(func=ast.Attribute(value=inner, attr="lower" | "upper" | "strip")):
            return _input(inner)
        case ast.Attribute(value=inner, attr=name) if name == TEXT:
            return _input(inner)
        case ast.Subscript(value=ast.Name(id=name)):
            return name
        case _:
            return None
