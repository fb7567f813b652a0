"""The variables that a Jinja template asks for, told from its text in one pass, whatever the text is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from wflint.model.patterns import pattern

_OPEN = pattern(r"\{[{%#]")
_CODE = pattern(r"(?:'[^']*+'|\"[^\"]*+\"|[^%}{'\"]|\{(?![{%])|[%}](?!\}))*+")
"""What stands between the brackets: texts, which may hold brackets themselves, and all else up to the next bracket."""
_BRACKETS = pattern(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WORD = pattern(r"[-+]?\s*+(\w+)")
_STRING = pattern(r"'[^']*+'|\"[^\"]*+\"")
_NAME = pattern(r"(?<![\w.])(?P<name>[A-Za-z_]\w*+)(?P<given>\s*+=(?!=))?")
_AFTER = pattern(r"(?:\|\s*+|\bis\s++(?:not\s++)?)\w++(?:\.\w++)*+")
"""Filters and tests."""
_IN = pattern(r"\bin\b")
_THROUGH = pattern(r"\s*(?P<item>\w+)\s+in\s+(?P<list>[A-Za-z_]\w*)(?:\[[\d:\s-]*\])?\s*-?")
"""`{% for item in list %}` over a variable, or the first of it, and nothing else."""
_EACH = pattern(r"-?\s*(?P<item>\w+)\s+in\s+(?P<list>[A-Za-z_]\w*)\s*-?")
_PIECE = pattern(r"-?\s*(?P<name>[A-Za-z_]\w*)\[(?P<number>-?\d+)\]\s*-?")
"""`{{ variable[0] }}`, and nothing else."""
_PART = pattern(r"(?<![\w.])(?P<item>[A-Za-z_]\w*)\.(?P<name>[A-Za-z_]\w*)(?P<asked>\s*+\|\s*+(?:default|d)\b)?")
_ASKING = pattern(r"\b(?:if|or|and|is)\b")
_DEFAULT = pattern(r"\|\s*+(?:default|d)\b")
_WORDS = frozenset(
    {
        "and", "or", "not", "in", "is", "if", "else", "recursive", "true", "false", "none", "True", "False", "None",
        "loop", "range", "dict", "lipsum", "cycler", "joiner", "namespace", "self", "super", "caller", "varargs",
        "kwargs", "ignore", "missing", "with", "without", "context", "now",
    }
)  # fmt: skip
"""Words of the language, and names that every template has."""
_EXPRESSIONS = frozenset({"if", "elif", "for", "set", "print", "call", "filter", "with", "include"})
"""Tags that read variables; those of extensions name things of their own."""


class _Tag(Struct, frozen=True):
    """`{% word rest %}`, or an output with an empty word."""

    word: str
    rest: str


def jinja_variables(template: str) -> tuple[str, ...]:
    """The names that a template reads and does not set itself, in order."""
    read: dict[str, None] = {}
    own: set[str] = set()
    for tag in _tags(template):
        if tag.word == "macro":
            own |= set(re.findall(r"\w+", tag.rest))
        elif not tag.word or tag.word in _EXPRESSIONS:
            targets, expression = _split(tag)
            own |= targets
            read.update(dict.fromkeys(_names(expression)))
    return tuple(name for name in read if name not in own)


def jinja_printed(template: str) -> frozenset[str]:
    """The variables that a template prints as they are, and neither asks about nor has a default for."""
    printed: set[str] = set()
    asked: set[str] = set()
    for tag in _tags(template):
        own, expression = _split(tag)
        plain = _STRING.sub("''", expression)
        soft = bool(tag.word) or _ASKING.search(plain) is not None or _DEFAULT.search(plain) is not None
        (asked if soft else printed).update(own, _names(expression))
    return frozenset(printed - asked)


class Part(Struct, frozen=True):
    """A part of each item of a list that a template goes through: `item` is what it calls the item there."""

    variable: str
    item: str
    name: str


def jinja_parts(template: str) -> tuple[Part, ...]:
    """The parts of items that a template shows, those apart that it first asks whether they are there."""
    loops: dict[str, set[str]] = {}
    shown: dict[tuple[str, str], None] = {}
    asked: set[tuple[str, str]] = set()
    for tag in _tags(template):
        if tag.word == "for" and (through := _THROUGH.fullmatch(tag.rest)) is not None:
            loops.setdefault(through["item"], set()).add(through["list"])
        elif tag.word in ("for", "set", "macro", "with"):
            for name in re.findall(r"\w+", tag.rest):
                loops.setdefault(name, set()).add("")
        plain = _STRING.sub("''", tag.rest)
        for found in _PART.finditer(plain):
            read = (found["item"], found["name"])
            if tag.word or found["asked"] or _ASKING.search(plain):
                asked.add(read)
            else:
                shown[read] = None
    sure = {item: next(iter(lists)) for item, lists in loops.items() if len(lists) == 1}
    return tuple(Part(sure[item], item, name) for item, name in shown if sure.get(item) and (item, name) not in asked)


def jinja_pieces(template: str) -> Iterator[tuple[str, str]]:
    """The variables of which a template shows one piece by its number, or each piece, with how it does."""
    for tag in _tags(template):
        if not tag.word and (found := _PIECE.fullmatch(tag.rest)) is not None:
            yield found["name"], f"{found['name']}[{found['number']}]"
        elif tag.word == "for" and (through := _EACH.fullmatch(tag.rest)) is not None:
            yield through["list"], f"for {through['item']} in {through['list']}"


def jinja_text(template: str) -> str:
    """The words of a template, with an ellipsis for everything that is filled in."""
    return _BRACKETS.sub(lambda found: "\u2026" if found.group().startswith("{{") else "", template)


def _tags(template: str) -> Iterator[_Tag]:
    at = 0
    while (bracket := _OPEN.search(template, at)) is not None:
        if bracket.group() == "{#":
            end = template.find("#}", bracket.end())
            if end < 0:
                return
            at = end + 2
            continue
        code = _CODE.match(template, bracket.end())
        assert code is not None
        at = code.end()
        if not template.startswith("}}" if bracket.group() == "{{" else "%}", at):
            continue
        word = _WORD.match(code.group()) if bracket.group() == "{%" else None
        tag = _Tag(word.group(1), code.group()[word.end() :]) if word is not None else _Tag("", code.group())
        if tag.word == "raw":
            at = template.find("endraw", at)
            if at < 0:
                return
        yield tag


def _split(tag: _Tag) -> tuple[set[str], str]:
    """The names that a tag sets, and the expression that it reads."""
    if tag.word == "for" and (found := _IN.search(tag.rest)) is not None:
        return _targets(tag.rest[: found.start()]), tag.rest[found.end() :]
    if tag.word in ("set", "with"):
        targets, _, expression = tag.rest.partition("=")
        return _targets(targets), expression
    return set(), tag.rest


def _targets(text: str) -> set[str]:
    return {part.strip().partition(".")[0] for part in text.strip(" ()-").split(",")}


def _names(expression: str) -> Iterator[str]:
    plain = _AFTER.sub(" ", _STRING.sub("''", expression))
    for match in _NAME.finditer(plain):
        if match["given"] is None and match["name"] not in _WORDS:
            yield match["name"]
