"""Texts made of pieces: what literals that stand side by side, and f-strings, come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wflint.source.code import Constant, ExprT, JoinedStr, Opaque, TextRange
from wflint.source.literals import encodable

CONVERSIONS: Final = {"s": "str", "r": "repr", "a": "ascii"}
"""The functions that `!s`, `!r` and `!a` stand for."""


def joined(at: TextRange, parts: Iterable[ExprT]) -> ExprT:
    """One constant, or one `JoinedStr` where more than text is among the parts."""
    merged: list[ExprT] = []
    for part in parts:
        last = merged[-1] if merged else None
        match last, part:
            case Constant(value=str() as before), Constant(value=str() as after):
                merged[-1] = Constant((last.at[0], part.at[1]), before + after)
            case _:
                merged.append(part)
    match merged:
        case []:
            return Constant(at, "")
        case [Constant(value=str() as text)]:
            return Constant(at, text)
        case _:
            return JoinedStr(at, tuple(merged))


def without_doubled_braces(text: str) -> str:
    """The text of an f-string, in which braces are written twice."""
    return text.replace("{{", "{").replace("}}", "}")


def text_piece(at: TextRange, value: str) -> Constant | Opaque:
    """A piece of text; one that cannot be written down stays closed."""
    return Constant(at, value) if encodable(value) else Opaque(at, "text with a lone surrogate")
