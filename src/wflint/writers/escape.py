"""Text from outside made harmless for where it goes: terminals, GitHub's logs, Markdown, XML.

Names, paths and messages come from sources that nobody has vouched for. Each format has characters that do something;
they are shown there and do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from wflint.model.patterns import pattern

_PICTURES: Final = 0x2400
"""Where Unicode shows the control characters, in their order."""
_DELETE: Final = 0x7F
_REPLACEMENT: Final = "\ufffd"
_SILENT: Final = pattern("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that move the cursor, start a command, end a line or turn the direction of writing."""
_NO_XML: Final = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not."""
_MARKUP: Final = pattern(r"([\\`*_{}\[\]<>()#+\-.!|~&$^:@])")
_TRIGGERS: Final = pattern(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
"""Within what GitHub makes a mention, a reference or a link of, markup or not."""
_BREAK: Final = "\u200b"
"""A space of no width: it parts what would be read as one."""


def printable(text: str) -> str:
    """One line for a terminal, as wide as before: each control character is shown by its picture."""
    return _SILENT.sub(_pictured, text)


def printable_lines(lines: Iterable[str]) -> str:
    """Lines for a terminal, below each other: what is in a line stays in it."""
    return "".join(f"{printable(line)}\n" for line in lines)


def _pictured(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < ord(" "):
        return chr(_PICTURES + code)
    return "\N{SYMBOL FOR DELETE}" if code == _DELETE else _REPLACEMENT


def command_data(text: str) -> str:
    """The message of a workflow command of GitHub's runner."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """The value of a property of a workflow command."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str) -> str:
    """One line of plain words within Markdown: nothing in it is markup, a link or a mention."""
    parted = _TRIGGERS.sub(_BREAK, printable(text))
    return _MARKUP.sub(_escaped, parted)


def html(text: str) -> str:
    """One line of plain words within HTML, in a page or in Markdown: nothing in it is markup or a mention."""
    from html import escape  # brings a table of all entities

    return escape(_TRIGGERS.sub(_BREAK, printable(text)))


def _escaped(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(found.group(), "\\" + found.group())


def code_span(text: str) -> str:
    """A code span within a cell of a Markdown table."""
    shown = printable(text).replace("|", "\N{BROKEN BAR}") or " "
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def xml(text: str) -> str:
    """The same without what XML cannot hold; whoever writes the XML escapes its markup."""
    return _NO_XML.sub(_REPLACEMENT, text)
