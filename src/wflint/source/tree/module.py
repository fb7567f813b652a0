"""From a text to its body and comments by way of Python's own parser."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Sequence
from typing import Final

from wflint.source.code import StmtT
from wflint.source.python_parser import module_in
from wflint.source.recursion import depth, recursion_limit
from wflint.source.tree.lowering import Doubt, TreeLowering
from wflint.source.tree.statements import statements

_FRAMES: Final = 350
"""What nests deeper than lowering gets with these, fifty to a hundred levels, is left to the way that counts them."""


def lower_tree(text: str, lines: Sequence[int]) -> tuple[tuple[StmtT, ...], Sequence[tuple[int, str]]]:
    """The statements of a file, and the offset and text of its comments where one may speak to wflint.

    `lines` are the offsets at which lines begin. Raises `Doubt` for what this Python cannot parse, or this lowering not
    tell.
    """
    with recursion_limit(depth() + _FRAMES):
        try:
            body = statements(_parsed(text).body, TreeLowering.of(text, lines))
        except RecursionError as error:
            raise Doubt("deep nesting") from error
    return body, _comments(text, lines) if "wflint:" in text else ()


def _parsed(text: str) -> ast.Module:
    try:
        return module_in(text)
    except (SyntaxError, ValueError, MemoryError) as error:
        raise Doubt("no Python of this version") from error


def _comments(text: str, lines: Sequence[int]) -> Sequence[tuple[int, str]]:
    try:
        return [
            (lines[token.start[0] - 1] + token.start[1], token.string)
            for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline)
            if token.type == tokenize.COMMENT
        ]
    except (tokenize.TokenError, SyntaxError) as error:
        raise Doubt("no tokens") from error
