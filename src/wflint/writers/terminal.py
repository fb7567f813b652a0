"""Text from outside on its way to a terminal."""

from __future__ import annotations

_LONGEST = 300


def escaped(text: str) -> str:
    """The text without what a terminal would obey: control characters, direction marks, line ends; cut to a length."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in shown)
