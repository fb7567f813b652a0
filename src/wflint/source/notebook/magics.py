"""What IPython understands and Python does not: magics, shell lines and questions.

They are blanked, so that every other character stays where it is. IPython looks for them at the beginning of
statements only: in the middle of a string or between brackets a `%` is what it is in Python.
"""

from __future__ import annotations

import re
from typing import Final

from wflint.model.patterns import pattern

_PYTHON_BELOW: Final = frozenset({"capture", "debug", "prun", "time", "timeit"})
"""Cell magics that run the cell as Python, in this notebook; what others do with it is their affair."""

_CELL: Final = pattern(r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n?|\n))*+%%(?P<name>\S*)[^\r\n]*")
"""A cell magic: the first line that is neither empty nor a comment, some of which editors read."""
_REST: Final = r"(?:[^\\\r\n]|\\(?:\r\n|.)|\\\Z)*+"
"""The rest of a line, and of the lines it is continued on."""
_SPOKEN: Final = r"(?:%?(?:pip3?|conda|mamba|micromamba|uv)|cat|cd|cp|load_ext|ls|matplotlib|mkdir|mv|rm|rmdir)"
"""Magics that are written without a percent sign; a word that another word follows is never Python."""
_MAGIC: Final = pattern(
    rf"""
    (?P<indent>[ \t]*+)
    (?:
        (?P<timed>%time[ \t]++)(?![-\r\n]|\Z)
      | (?P<escaped>[!%?/,;]{_REST})
      | (?P<question>[%\w.*\[\]'"]++\?\??[ \t]*+(?=[\r\n]|\Z))
      | (?P<spoken>{_SPOKEN}[ \t]++(?:(?!(?:if|in|is|and|or|not|else|for)\b)[A-Za-z_~"']|\.\.){_REST})
      | (?P<target>[\w.,*\[\] \t]++=[ \t]*+)(?P<value>[!%]{_REST})
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_TOKEN: Final = pattern(
    r"""
    (?P<string>\"\"\"(?:[^\\\"]|\\.|\"(?!\"\"))*+\"\"\"|'''(?:[^\\']|\\.|'(?!''))*+'''
        |\"(?:[^\\\"\n\r]|\\.)*+\"|'(?:[^\\'\n\r]|\\.)*+')
    | (?P<comment>\#[^\r\n]*+)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<continued>\\(?:\r\n|.))
    | (?P<end>\r\n?|\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_VISIBLE: Final = pattern(r"[^\r\n]")


def without_magics(text: str) -> str:
    """The text of a cell as Python, with every character where it was."""
    pieces: list[str] = []
    at = 0
    while (magic := _CELL.match(text, at)) is not None:
        start = magic.start("name") - len("%%")
        pieces += (text[at:start], _blank(text[start : magic.end()]))
        at = magic.end()
        if magic["name"] not in _PYTHON_BELOW:
            return "".join((*pieces, _blank(text[at:])))
    return "".join((*pieces, _without_line_magics(text, at)))


def _without_line_magics(text: str, at: int) -> str:
    pieces: list[str] = []
    while at < len(text):
        magic = _MAGIC.match(text, at)
        start = at if magic is None else magic.end()
        end = _end_of_statement(text, start)
        pieces.append("" if magic is None else _replaced(magic))
        pieces.append(text[start:end])
        at = end
    return "".join(pieces)


def _replaced(magic: re.Match[str]) -> str:
    """Python of the same length, which stands where a statement may have to stand."""
    kind = magic.lastgroup
    if kind == "timed":
        return f"{magic['indent']}0{' ' * (len(magic['timed']) - 2)};"
    if kind == "value":
        value = magic["value"]
        return f"{magic['indent']}{magic['target']}{'__'[: len(value)]}{_blank(value)[2:]}"
    blank = _blank(magic[0][len(magic["indent"]) :])
    return f"{magic['indent']}0{blank[1:]}" if magic["indent"] else blank


def _end_of_statement(text: str, start: int) -> int:
    """Behind the line end that ends the statement which begins at `start`."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth -= 1
            case "end" if depth <= 0:
                return token.end()
    return len(text)


def _blank(text: str) -> str:
    return _VISIBLE.sub(" ", text)
