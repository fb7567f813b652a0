"""The values of literals, from their spelling.

Python's own `literal_eval` compiles every string, which takes as long as parsing it did, and warns about escapes that
are none of our business.
"""

from __future__ import annotations

import re
from typing import Final

from wflint.model.patterns import pattern

_STRING: Final = pattern(r"(?P<prefix>[A-Za-z]*)(?P<quote>'''|\"\"\"|'|\")")
_NEWLINE: Final = pattern(r"\r\n?")
_ESCAPE: Final = pattern(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<byte>[0-9A-Fa-f]{2})|u(?P<short>[0-9A-Fa-f]{4})|U(?P<long>[0-9A-Fa-f]{8})"
    r"|N\{(?P<name>[^}]*)\}|(?P<plain>[\n\\'\"abfnrtv]))"
)
_PLAIN: Final = {
    "\n": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
LARGEST_INTEGER: Final = 2**63 - 1
_LONGEST_INTEGER: Final = 200
"""Characters; any number of 64 bits can be written in fewer, and Python refuses to read very long ones."""
_LAST_CODE_POINT: Final = 0x10FFFF


def string_value(spelling: str) -> str | None:
    """The text of a string literal with its quotes; None for a bytes literal."""
    opening = _STRING.match(spelling)
    if opening is None or "b" in opening["prefix"].lower():
        return None
    body = spelling[opening.end() : -len(opening["quote"])]
    return piece_value(body, opening["prefix"])


def piece_value(body: str, prefix: str) -> str:
    """The text that stands between quotes, for a literal with this prefix."""
    text = _NEWLINE.sub("\n", body) if "\r" in body else body
    if "\\" not in text or "r" in prefix.lower():
        return text
    return _ESCAPE.sub(_unescaped, text)


def encodable(text: str) -> bool:
    """Whether the text has no lone surrogate, so that it can be written as JSON."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def integer_value(spelling: str) -> int | None:
    """The value of an integer literal, or None beyond 64 bits."""
    if len(spelling) > _LONGEST_INTEGER:
        return None
    value = int(spelling, 0)
    return value if value <= LARGEST_INTEGER else None


def float_value(spelling: str) -> float | None:
    """The value of a float literal, or None where it overflows."""
    value = float(spelling)
    return value if value != float("inf") else None


def _unescaped(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    text = match[kind]
    match kind:
        case "plain":
            return _PLAIN[text]
        case "octal":
            return chr(int(text, 8))
        case "name":
            return _named(text) or match[0]
        case _:
            code = int(text, 16)
            return chr(code) if code <= _LAST_CODE_POINT else match[0]


def _named(name: str) -> str | None:
    import unicodedata

    try:
        return unicodedata.lookup(name)
    except KeyError:
        return None
