"""From the text of a file to its summary."""

from __future__ import annotations

from typing import Final

from wflint.model.patterns import pattern
from wflint.source.code import ModuleIR
from wflint.source.comments import ignore_comments
from wflint.source.docstring import docstring
from wflint.source.tree.lowering import Doubt
from wflint.source.tree.module import lower_tree

_NEWLINE: Final = pattern(r"\r\n?|\n")
_LONE_RETURN: Final = pattern(r"\r(?!\n)")


def lower_module(text: str) -> ModuleIR:
    """The code tree of a file; raises `UnreadableSource` for what is not Python, or too deep to be read safely.

    Python's own parser goes first. What it refuses, because it is newer or wrong, libcst tries.
    """
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)  # an old way to end lines that libcst reads but cannot write
    lines = (0, *(newline.end() for newline in _NEWLINE.finditer(text)))
    try:
        body, comments = lower_tree(text, lines)
    except Doubt:
        from wflint.source.concrete.module import lower_concrete

        body, comments = lower_concrete(text)
    first = body[0].at[0] if body else len(text)
    ignores, misread = ignore_comments(text, lines, comments, first)
    return ModuleIR(body, lines, ignores, docstring(body), misread)
