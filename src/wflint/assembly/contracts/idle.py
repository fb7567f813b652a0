"""Whether code does anything at all, or only stands where work is to be done one day, or in a test."""

from __future__ import annotations

from typing import Final

from wflint.source.code import Call, FunctionDef, Raise
from wflint.source.walking import called_name, nodes_in

IDLE: Final = frozenset(
    {
        "print", "log", "debug", "info", "warning", "error", "exception", "sleep", "append", "add", "len", "str",
        "repr", "strip", "lower", "upper", "format", "join", "get", "isinstance", "type", "yield_output",
    }
)  # fmt: skip
"""What code calls that only says, or remembers, that it was there."""


def is_idle(node: object) -> bool:
    """Whether a function calls nothing but what leaves no work behind, or fails on purpose; to make objects is none."""
    if not isinstance(node, FunctionDef):
        return False
    found = list(nodes_in(node.body))
    names = (called_name(each) for each in found if isinstance(each, Call))
    called = {name for name in names if not name[:1].isupper()}
    return called <= IDLE or any(isinstance(each, Raise) for each in found)
