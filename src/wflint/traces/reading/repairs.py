"""What stands between a text and its JSON: words of a log around it, halves of characters, other encodings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_BEGIN = re.compile(r"\{|\[\s*\{")
_HALF = re.compile(rb"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_DECODER = json.JSONDecoder()


def documents_in(data: bytes) -> list[bytes]:
    """The documents in a text that holds several, or words beside them; none where it is one, or one is broken."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    found, at = [], 0
    while (begin := _BEGIN.search(text, at)) is not None:
        try:
            _, at = _DECODER.raw_decode(text, begin.start())
        except (ValueError, RecursionError):
            return []
        found.append(text[begin.start() : at].encode())
    return [] if found == [data.strip()] else found


def without_halves(data: bytes) -> bytes:
    """The same text, with a mark for each half of a character that was cut in two.

    Whoever cuts long texts by UTF-16 units leaves such halves behind, and a strict reader takes nothing of the text.
    """
    kept: list[bytes] = []
    at = 0
    for pair in _PAIR.finditer(data):
        kept += (_HALF.sub(rb"\1\\ufffd", data[at : pair.start()]), pair.group())
        at = pair.end()
    return b"".join((*kept, _HALF.sub(rb"\1\\ufffd", data[at:])))


def described(item: Mapping[str, object]) -> str:
    """What an object is that is no trace of a form that is read."""
    names = set(map(str, item))
    if "resourceMetrics" in names:
        return "metrics, and no spans"
    shown = ", ".join(repr(str(name)[:40]) for name in list(item)[:5])
    return f"not a trace: an object with {shown or 'no fields'}"
