"""Fields that prose names: a literal JSON object, "a JSON object with the keys a and b", a list of fields, `names`.

Only what can hardly be meant otherwise is taken for a name: the keys of a literal, words after "keys" or "fields" where
an object is spoken of, and words that are written as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from wflint.model.patterns import pattern

_QUOTED = r"[`\"'*]{1,3}(?P<quoted>[A-Za-z_][\w-]*)[`\"'*]{1,3}"
_OPEN = pattern(r"(?P<list>\[\s*)?(?P<brace>\{\{?)\s*(?P<quote>[\"'])(?P<key>[A-Za-z_][\w-]*)(?P=quote)\s*:")
_KEY = pattern(r"(?P<quote>[\"'])(?P<key>[A-Za-z_][\w-]*)(?P=quote)\s*:")
_SPOKEN = pattern(
    r"\b(?:(?P<many>keys|fields|properties|attributes)|(?P<one>key|field|property|attribute))\b"
    "(?:\\s+(?:are|is|called|named))?\\s*[:,\u2013\u2014-]?\\s*",
    re.IGNORECASE,
)
_BEFORE = pattern(_QUOTED + r"\s+(?:key|field|property|attribute)\b", re.IGNORECASE)
_ITEM = pattern(rf"(?:{_QUOTED}|(?P<plain>[A-Za-z_]\w*))(?:\s*\([^)]*\))?")
_BETWEEN = pattern(r"\s*(?:,\s*(?:and|or)?|and|or|&)\s*")
_CLOSED = pattern(r"\s*(?:$|[.;:)\n]|(?:in|for|from|as|that|which|each|with|to|of|where|only)\b)", re.IGNORECASE)
_OBJECT = pattern(r"\b(?:json|object|dict(?:ionary)?|yaml|mapping|struct(?:ure)?d?|record)s?\b", re.IGNORECASE)
_MARK = r"[ \t]*(?:[-*•]|\d+[.)])[ \t]+"
_DASH = "[-\u2013\u2014]"
_BULLETS = pattern(
    rf"\b(?:keys|fields|properties|attributes)\b[^\n.:]{{0,40}}:[ \t]*\n(?P<items>(?:{_MARK}\S[^\n]*(?:\n|$))+)",
    re.IGNORECASE,
)
_BULLET = pattern(
    rf"{_MARK}[`\"'*]{{0,3}}(?P<name>[A-Za-z_]\w*)[`\"'*]{{0,3}}(?:\s*\([^)]*\))?[*]{{0,2}}\s*(?::|{_DASH}\s|$)"
)
_CODE = pattern(
    r"`(?P<ticked>[A-Za-z_]\w*)`|[\"']?(?<![\w{/.\[])(?P<snake>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?![\w}/.(\]])[\"']?"
)
_DOERS = pattern(
    r"'?s?\s+(?:(?:sub)?-?agents?|tools?|functions?|tasks?|steps?|nodes?|crews?|team|api)\b", re.IGNORECASE
)
"""After the name of somebody or something that does work."""
_NO_NAMES = frozenset({"and", "or", "the", "of", "for", "in", "from", "with", "that", "each", "only", "all"})
_LONGEST = 4_000
"""A literal goes on for so many characters at most."""


class Named(Struct, frozen=True):
    """Fields that a text names in one place, at the character `at`."""

    names: tuple[str, ...]
    at: int


def objects_in(text: str) -> Iterator[Named]:
    """The objects that a text describes, by the names of their fields; elements of lists are none."""
    for way in (_literals, _listed, _told):
        for named in way(text):
            if named.names:
                yield named


def code_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase that are written as code; placeholders and whoever does work aside."""
    found = (word for word in _CODE.finditer(phrase) if not _DOERS.match(phrase, word.end()))
    names = (word["ticked"] or word["snake"] for word in found)
    return tuple(dict.fromkeys(name for name in names if not name.lower().endswith(("tool", "agent"))))


def _literals(text: str) -> Iterator[Named]:
    end = 0
    for opening in _OPEN.finditer(text):
        if opening.start() < end:
            continue
        names, end = _keys(text, opening)
        if opening["list"] is None:
            yield Named(names, opening.start())
        else:
            end = max(end, text.find("]", end))


def _keys(text: str, opening: re.Match[str]) -> tuple[tuple[str, ...], int]:
    """The keys of a literal at its first depth, and where it ends; templates double the braces."""
    names, depth, quoted, at = [opening["key"]], 1, False, opening.end()
    width = len(opening["brace"])
    stop = min(len(text), at + _LONGEST)
    while at < stop and depth:
        sign = text[at]
        key = _KEY.match(text, at) if depth == 1 and not quoted else None
        if key is not None and text[at - 1] in " \t\n,":
            names.append(key["key"])
            at = key.end()
            continue
        if quoted or sign == '"':
            quoted = not quoted if sign in '"\n' else quoted
        elif sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
        at += width if sign in "{}" and not quoted and text.startswith(sign * width, at) else 1
    return tuple(dict.fromkeys(names)), at


def _listed(text: str) -> Iterator[Named]:
    for found in _BULLETS.finditer(text):
        items = [_BULLET.match(line) for line in found["items"].splitlines()]
        if all(items):
            yield Named(tuple(item["name"] for item in items if item is not None), found.start())


def _told(text: str) -> Iterator[Named]:
    """`with the keys a, b and c`, `a single key "score"`, `a "score" key`."""
    for spoken in _SPOKEN.finditer(text):
        names = _row(text, spoken.end(), plain=spoken["many"] is not None and _speaks_of_object(text, spoken.start()))
        if names:
            yield Named(names, spoken.start())
    for before in _BEFORE.finditer(text):
        yield Named((before["quoted"],), before.start())


def _speaks_of_object(text: str, at: int) -> bool:
    """Whether the same sentence has spoken of an object before."""
    return _OBJECT.search(re.split(r"[.!?]\s|\n\s*\n", text[max(0, at - 200) : at])[-1]) is not None


def _row(text: str, at: int, *, plain: bool) -> tuple[str, ...]:
    """The names that stand in a row; none unless the row ends where a clause does."""
    names: list[str] = []
    while (item := _ITEM.match(text, at)) is not None:
        name = item["quoted"] or item["plain"]
        if name.lower() in _NO_NAMES or (item["quoted"] is None and not plain and "_" not in name):
            break
        names.append(name)
        at = item.end()
        between = _BETWEEN.match(text, at)
        if between is None or not between.group().strip():
            return tuple(names) if _CLOSED.match(text, at) or item["quoted"] else tuple(names[:-1])
        at = between.end()
    return tuple(names)
