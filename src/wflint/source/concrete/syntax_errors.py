"""What is wrong with a file that does not parse, and where."""

from __future__ import annotations

from typing import Final

from wflint.errors import UnreadableSource
from wflint.model.patterns import pattern
from wflint.source.python_parser import module_in

_PARSER_ERROR: Final = pattern(r"error at (?P<line>\d+):(?P<column>\d+)")


def syntax_error(text: str, error: Exception) -> UnreadableSource:
    """The error as Python words it, which is clearer than libcst's list of tokens.

    Where this Python has nothing against the file, the place is libcst's.
    """
    try:
        module_in(text)
    except SyntaxError as own:
        return UnreadableSource(own.msg, max(own.lineno or 1, 1), max(own.offset or 1, 1))
    except (ValueError, RecursionError, MemoryError):
        pass
    found = _PARSER_ERROR.search(str(error))
    if found is None:
        return UnreadableSource("syntax that the parser does not know")
    return UnreadableSource("syntax that the parser does not know", int(found["line"]), max(int(found["column"]), 1))
