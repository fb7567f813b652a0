"""The placeholders of a template, by the grammar of the engine that fills it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from string import Formatter
from typing import Final

from msgspec import Struct

from wflint.assembly.contracts.jinja import jinja_variables
from wflint.model.patterns import pattern

NAME: Final = pattern(r"[A-Za-z_]\w*$")
_SAMPLE: Final = pattern(r"(?s)```.*?```|`[^`\n]*`")
"""Code that a text shows, in which braces are what they are."""
_LENIENT: Final = pattern(r"(?<![{$=<])\{([A-Za-z_]\w*)\}(?!\})")
_DOLLAR: Final = pattern(r"\$(?:\$|(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})")
_MUSTACHE: Final = pattern(r"\{\{\{?\s*([A-Za-z_]\w*)\s*\}?\}\}")


class Grammar(StrEnum):
    """How an engine writes placeholders, and what it makes of one without a value."""

    FORMAT = "format"
    """`{name}` as `str.format` reads it; without a value it raises."""
    LENIENT = "lenient"
    """`{name}`, other braces are text; without a value it stays as it is."""
    JINJA = "jinja2"
    """`{{ name }}`; without a value it is empty."""
    MUSTACHE = "mustache"
    """`{{name}}`; without a value it is empty."""
    DOLLAR = "dollar"
    """`$name` and `${name}`; without a value it raises."""

    @property
    def fails(self) -> bool:
        """Whether a placeholder without a value raises."""
        return self in (Grammar.FORMAT, Grammar.DOLLAR)


class Placeholders(Struct, frozen=True):
    """What a template asks for: names, numbers of arguments by position, and what is no name at all.

    `broken` says why the engine cannot read it.
    """

    names: tuple[str, ...] = ()
    positions: int = 0
    misread: tuple[str, ...] = ()
    broken: str = ""


def placeholders_in(text: str, grammar: Grammar) -> Placeholders:
    """The placeholders of a text that is wholly known."""
    match grammar:
        case Grammar.FORMAT:
            return _of_format(text)
        case Grammar.LENIENT:
            return Placeholders(_each(_LENIENT.findall(_SAMPLE.sub("", text))))
        case Grammar.MUSTACHE:
            return Placeholders(_each(_MUSTACHE.findall(text)))
        case Grammar.DOLLAR:
            return Placeholders(_each(m["plain"] or m["braced"] for m in _DOLLAR.finditer(text) if m.lastgroup))
        case Grammar.JINJA:
            return Placeholders(tuple(name for name in jinja_variables(text) if _is_plainly_shown(name, text)))


def _of_format(text: str) -> Placeholders:
    names: dict[str, None] = {}
    misread: dict[str, None] = {}
    positions = 0
    try:
        for _, field, spec, _ in Formatter().parse(text):
            if field is None:
                continue
            name = re.split(r"[.\[]", field, maxsplit=1)[0]
            if not name:
                positions += 1
            elif name.isdecimal():
                positions = max(positions, int(name[:6]) + 1)
            elif NAME.match(name):
                names[name] = None
            else:
                misread[field] = None
            names.update(dict.fromkeys(_of_format(spec).names) if spec and "{" in spec else {})
    except ValueError as error:
        return Placeholders(broken=str(error))
    return Placeholders(tuple(names), positions, tuple(misread))


def _is_plainly_shown(name: str, text: str) -> bool:
    """Whether a variable is shown as it is, and nowhere tested or given a default."""
    shown = re.search(rf"\{{\{{[-+]?\s*{name}\s*(?:\|(?!\s*d(?:efault)?\b)|[-+]?\}}\}}|[.\[])", text)
    tested = re.search(rf"\{{%[-+]?\s*(?:el)?if\b[^%]*\b{name}\b|\b{name}\s*\|\s*d(?:efault)?\b", text)
    tested = tested or re.search(rf"\b{name}\s+(?:is|or|if)\b|\b(?:or|if)\s+{name}\b", text)
    return shown is not None and tested is None


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
