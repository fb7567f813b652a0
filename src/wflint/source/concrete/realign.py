"""Offsets of a text that libcst does not give back exactly.

libcst forgets white space in a few rare places (`except (A, B) :`, a backslash before the first statement). The tree
is right all the same, so its offsets are moved to where the text has the same characters.
"""

from __future__ import annotations

from wflint.source.code import TextRange
from wflint.source.concrete.positions import Offsets

_BLANK = frozenset(" \t\f\\\r\n")


def realign(offsets: Offsets, code: str, text: str) -> bool:
    """Moves offsets into `code`, what libcst gave back, to offsets into `text`; false where more than blanks differ."""
    moved = _moved(code, text)
    if moved is None:
        return False
    offsets.spans = {key: _span(at, moved) for key, at in offsets.spans.items()}
    offsets.starts = {key: moved[start] for key, start in offsets.starts.items()}
    offsets.comments = [(moved[start], comment) for start, comment in offsets.comments]
    offsets.size = len(text)
    return True


def _span(at: TextRange, moved: list[int]) -> TextRange:
    """The end moves with the last character, so that a blank that was forgotten behind it stays outside."""
    start, end = at
    return moved[start], moved[end - 1] + 1 if end > start else moved[start]


def _moved(code: str, text: str) -> list[int] | None:
    moved: list[int] = []
    place = 0
    for character in code:
        while place < len(text) and text[place] != character and text[place] in _BLANK:
            place += 1
        if place < len(text) and text[place] == character:
            moved.append(place)
            place += 1
        elif character in _BLANK:
            moved.append(place)
        else:
            return None
    moved.append(len(text))
    return None if text[place:].strip(" \t\f\\\r\n") else moved
