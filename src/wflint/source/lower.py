"""From the text of a file to its summary."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import libcst as cst

from wflint.errors import UnreadableSource
from wflint.source.code import ModuleIR
from wflint.source.comments import ignore_comments
from wflint.source.lower_stmt import docstring, statements
from wflint.source.lowering import Lowering
from wflint.source.nesting import refuse_deep_nesting
from wflint.source.positions import measure, measure_with_comments
from wflint.source.realign import realign
from wflint.source.syntax_errors import syntax_error

_NEWLINE: Final = re.compile(r"\r\n?|\n")
_RECURSION_LIMIT: Final = 20_000
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_LONE_BACKSLASH: Final = re.compile(r"^([ \t]*)\\(?=\r?$)", re.MULTILINE)
"""A line that only continues, between statements: Python passes over it, libcst does not after a suite."""


def lower_module(text: str) -> ModuleIR:
    """The code tree of a file; raises `UnreadableSource` for what is not Python, or too deep to be read safely."""
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)  # an old way to end lines that libcst reads but cannot write
    refuse_deep_nesting(text)
    with _room_to_work():
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


def _summary(text: str, module: cst.Module) -> ModuleIR:
    offsets = measure_with_comments(module) if "wflint:" in text else measure(module)
    if offsets.size != len(text) and not realign(offsets, module.code, text):
        raise UnreadableSource("the parser does not give the text back as it is")
    body = statements(module.body, Lowering(text, offsets))
    lines = (0, *(newline.end() for newline in _NEWLINE.finditer(text)))
    first = body[0].at[0] if body else len(text)
    ignores, misread = ignore_comments(text, lines, offsets.comments, first)
    return ModuleIR(body, lines, ignores, docstring(body), misread)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


@contextmanager
def _room_to_work() -> Iterator[None]:
    """Stops the garbage collector and allows deep recursion.

    The collector would walk the half-made tree again and again, which doubles the time, and find nothing: the tree
    has no cycles. libcst puts strings that stand side by side inside one another, so that a long text takes a
    thousand levels; Python code calling Python code needs no stack for them.
    """
    collecting, limit = gc.isenabled(), sys.getrecursionlimit()
    gc.disable()
    sys.setrecursionlimit(max(limit, _RECURSION_LIMIT))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
