"""From a text to its body and comments by way of libcst, which reads newer grammar than the running Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import libcst as cst

from wflint.errors import UnreadableSource
from wflint.model.patterns import pattern
from wflint.source.code import StmtT
from wflint.source.concrete.lowering import Lowering
from wflint.source.concrete.nesting import refuse_deep_nesting
from wflint.source.concrete.positions import measure, measure_with_comments
from wflint.source.concrete.realign import realign
from wflint.source.concrete.statements import statements
from wflint.source.concrete.syntax_errors import syntax_error
from wflint.source.recursion import recursion_limit

_DEEPEST: Final = 20_000
"""Frames. libcst puts strings that stand side by side inside one another, so that a long text takes a thousand levels;
Python code calling Python code needs no stack for them."""
_LONE_BACKSLASH: Final = pattern(r"^([ \t]*)\\(?=\r?$)", re.MULTILINE)
"""A line that only continues, between statements: Python passes over it, libcst does not after a suite."""


def lower_concrete(text: str) -> tuple[tuple[StmtT, ...], Sequence[tuple[int, str]]]:
    """The statements of a file, and the offset and text of its comments where one may speak to wflint.

    Raises `UnreadableSource` for what is not Python, or too deep to be read safely.
    """
    refuse_deep_nesting(text)
    with recursion_limit(_DEEPEST):
        module = _parsed(text)
        try:
            return _summary(text, module)
        except RecursionError as error:
            raise UnreadableSource("nested too deeply") from error


def _parsed(text: str) -> cst.Module:
    try:
        return _module(text)
    except UnreadableSource:
        blanked = _LONE_BACKSLASH.sub(r"\1 ", text)
        if blanked == text:
            raise
        return _module(blanked)


def _module(text: str) -> cst.Module:
    try:
        return cst.parse_module(text)
    except (cst.ParserSyntaxError, cst.CSTValidationError) as error:
        raise syntax_error(text, error) from error
    except RecursionError as error:
        raise UnreadableSource("nested too deeply") from error
    except UnicodeEncodeError as error:
        raise UnreadableSource("a lone surrogate in the text", *_place(text, error.start)) from error


def _summary(text: str, module: cst.Module) -> tuple[tuple[StmtT, ...], Sequence[tuple[int, str]]]:
    offsets = measure_with_comments(module) if "wflint:" in text else measure(module)
    if offsets.size != len(text) and not realign(offsets, module.code, text):
        raise UnreadableSource("the parser does not give the text back as it is")
    return statements(module.body, Lowering(text, offsets)), offsets.comments


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
