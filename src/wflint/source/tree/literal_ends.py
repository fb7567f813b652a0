"""Where literals, and expressions within f-strings, end."""

from __future__ import annotations

import re
from typing import Final

from wflint.model.patterns import pattern
from wflint.source.tree.lowering import Doubt, visible

OPENING: Final = pattern(r"(?P<prefix>[A-Za-z]*)(?P<quote>'''|\"\"\"|'|\")")
"""How a literal begins."""

_QUOTES: Final = ("'''", '"""', "'", '"')
_PLAIN: Final = {
    quote: pattern(rf"(?:[^\\{quote[0]}]|\\.|(?!{quote}){quote[0]})*+{quote}", re.DOTALL) for quote in _QUOTES
}
"""The rest of a literal that holds no expressions, by its quotes."""
_PIECE: Final = {
    quote: pattern(
        rf"(?:[^\\{quote[0]}{{}}]|\{{\{{|\}}\}}|\\N\{{[^}}]*\}}|\\[^N{{}}]|\\(?=[{{}}N])|(?!{quote}){quote[0]})*+",
        re.DOTALL,
    )
    for quote in _QUOTES
}
"""Text between expressions, by the quotes around."""
_RAW_PIECE: Final = {
    quote: pattern(rf"(?:[^\\{quote[0]}{{}}]|\{{\{{|\}}\}}|\\[^{{}}]|\\(?=[{{}}])|(?!{quote}){quote[0]})*+", re.DOTALL)
    for quote in _QUOTES
}
_SPEC_PIECE: Final = pattern(r"[^{}\\'\"\n]*")
_OPEN: Final = frozenset("([{")
_CLOSE: Final = frozenset(")]}")
_LETTERS: Final = pattern(r"[A-Za-z]*\Z")


def plain_end(text: str, place: int, quote: str) -> int:
    """The end of a literal without expressions whose quotes have been opened."""
    found = _PLAIN[quote].match(text, place)
    if found is None:
        raise Doubt("a string that does not end")
    return found.end()


def piece_end(text: str, place: int, prefix: str, quote: str) -> int:
    """The end of the text before the next expression or the closing quotes of an f-string."""
    found = (_RAW_PIECE if "r" in prefix else _PIECE)[quote].match(text, place)
    return place if found is None else found.end()


def spec_piece_end(text: str, place: int) -> int:
    """The end of the text in a format, before the next expression or the closing brace."""
    found = _SPEC_PIECE.match(text, place)
    end = place if found is None else found.end()
    if text[end] not in "{}" or text.startswith("{{", end):
        raise Doubt("a format that is more than text and expressions")
    return end


def expression_end(text: str, place: int) -> tuple[int, bool]:
    """Where an expression in braces ends, and whether an `=` is behind that shows its text."""
    depth = 0
    while True:
        character = text[place]
        if character in "'\"":
            place = _string_end(text, place)
            continue
        if character in _OPEN:
            depth += 1
        elif depth:
            depth -= character in _CLOSE
        elif character in ":}" or (character == "!" and text[place + 1] != "="):
            return place, False
        elif character == "=" and text[place + 1] != "=" and text[place - 1] not in "=!<>":
            return place, True
        if character in "#\\":
            raise Doubt("a comment or a backslash in an f-string")
        place += 1


def _string_end(text: str, place: int) -> int:
    """The end of a string whose quotes begin at a place and whose prefix stands before."""
    before = _LETTERS.search(text, max(0, place - 2), place)
    prefix = "" if before is None else before[0].lower()
    opening = OPENING.match(text, place)
    assert opening is not None
    quote = opening["quote"]
    return (
        _formatted_end(text, opening.end(), prefix, quote)
        if "f" in prefix
        else plain_end(text, place + len(quote), quote)
    )


def _formatted_end(text: str, place: int, prefix: str, quote: str) -> int:
    while not text.startswith(quote, place := piece_end(text, place, prefix, quote)):
        place = _replacement_end(text, place)
    return place + len(quote)


def _replacement_end(text: str, place: int) -> int:
    """The end of an expression with the braces around it."""
    if text[place] != "{":
        raise Doubt("an f-string that does not end")
    place, is_shown = expression_end(text, place + 1)
    if is_shown:
        place = visible(text, place + 1)
    if text[place] == "!":
        place = visible(text, place + 2)
    if text[place] == ":":
        place = spec_piece_end(text, place + 1)
        while text[place] == "{":
            place = spec_piece_end(text, _replacement_end(text, place))
    if text[place] != "}":
        raise Doubt("an expression that does not end")
    return place + 1
