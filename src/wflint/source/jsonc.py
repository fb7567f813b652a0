"""JSON documents with comments and trailing commas (JSONC) as small trees in which everything knows its place."""

from __future__ import annotations

import json
import re
from typing import Final

from wflint.errors import UnreadableSource
from wflint.model.patterns import pattern
from wflint.source.literals import encodable
from wflint.source.yaml import DEEPEST, LONGEST, MOST_NODES, Listing, Node, Pair, Scalar, Table

_TOKEN: Final = pattern(
    r'(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<comment>//[^\r\n]*|/\*.*?\*/)|(?P<comma>,)|(?P<space>\s+)|(?P<other>.)',
    re.DOTALL,
)
_LINE_PART: Final = pattern(r"[^\r\n]")
_BLANK: Final = pattern(r"[ \t\r\n]*")


def parse(text: str) -> Node | None:
    """The tree of a document; raises `UnreadableSource` where it is no JSON, comments and trailing commas aside."""
    if len(text) > LONGEST:
        raise UnreadableSource("a document that is too long to read")
    plain = _without_extras(text)
    try:
        json.loads(plain)
    except json.JSONDecodeError as error:
        raise UnreadableSource(f"no JSON: {error.msg}", error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableSource("no JSON") from error
    return _Reader(plain).document()


def _without_extras(text: str) -> str:
    """The text with comments and trailing commas blanked, so that everything else stays where it is."""
    parts: list[str] = []
    comma: int | None = None
    for token in _TOKEN.finditer(text):
        kind, part = token.lastgroup, token.group()
        if kind == "comment":
            part = _LINE_PART.sub(" ", part)
        elif kind != "space":
            if comma is not None and part in ("}", "]"):
                parts[comma] = " "
            comma = len(parts) if kind == "comma" else None
        parts.append(part)
    return "".join(parts)


class _Reader:
    """Walks through a text that is known to be JSON, within bounds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.decoder = json.JSONDecoder()
        self.left = MOST_NODES

    def document(self) -> Node:
        return self._node(self._next(0), 0)[0]

    def _next(self, index: int) -> int:
        """Where the next token begins."""
        blank = _BLANK.match(self.text, index)
        return blank.end() if blank is not None else index

    def _node(self, start: int, depth: int) -> tuple[Node, int]:
        """What begins at an offset, and where it ends."""
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise UnreadableSource("a document that is too large to read", self.text.count("\n", 0, start) + 1)
        match self.text[start]:
            case "{":
                return self._table(start, depth)
            case "[":
                return self._listing(start, depth)
            case _:
                return self._scalar(start)

    def _scalar(self, start: int) -> tuple[Scalar, int]:
        value, end = self.decoder.raw_decode(self.text, start)
        if isinstance(value, str) and not encodable(value):
            before = self.text[:start]
            raise UnreadableSource("a lone surrogate in the text", before.count("\n") + 1, start - before.rfind("\n"))
        return Scalar((start, end), value), end

    def _table(self, start: int, depth: int) -> tuple[Table, int]:
        pairs: list[Pair] = []
        index = self._next(start + 1)
        while self.text[index] != "}":
            key, end = self._scalar(index)
            value, end = self._node(self._next(self._next(end) + 1), depth + 1)
            pairs.append(Pair(key, value))
            index = self._after(end)
        return Table((start, index + 1), tuple(pairs)), index + 1

    def _listing(self, start: int, depth: int) -> tuple[Listing, int]:
        items: list[Node] = []
        index = self._next(start + 1)
        while self.text[index] != "]":
            item, end = self._node(index, depth + 1)
            items.append(item)
            index = self._after(end)
        return Listing((start, index + 1), tuple(items)), index + 1

    def _after(self, end: int) -> int:
        """The next item's beginning, or the bracket that closes: a comma in between is passed."""
        index = self._next(end)
        return self._next(index + 1) if self.text[index] == "," else index
