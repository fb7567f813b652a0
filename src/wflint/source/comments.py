"""Comments that speak to wflint."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from wflint.model.patterns import pattern
from wflint.source.code import Ignore, Misread

_ADDRESSED: Final = pattern(r"#\s*wflint:\s*(?P<order>.*)", re.DOTALL)
_IGNORE: Final = pattern(r"ignore\s*(?:\[(?P<codes>[^\[\]]*)\]\s*(?P<why>.*)|(?P<bare>\s.*|))", re.DOTALL)
_CODE: Final = pattern(r"[A-Za-z][A-Za-z0-9-]*")


def ignore_comments(
    text: str, lines: Sequence[int], comments: Iterable[tuple[int, str]], first_statement: int
) -> tuple[tuple[Ignore, ...], tuple[Misread, ...]]:
    """What the comments ask to ignore, and those that try to and cannot be understood.

    `comments` are offsets and texts; `first_statement` is the offset of the first statement.
    """
    ignores: list[Ignore] = []
    misread: list[Misread] = []
    for offset, comment in comments:
        addressed = _ADDRESSED.search(comment)
        if addressed is None:
            continue
        start = offset + addressed.start()
        at = (start, offset + len(comment.rstrip()))
        order = _IGNORE.fullmatch(addressed["order"].strip())
        codes = None if order is None else _codes(order["codes"])
        if order is None or codes is None:
            misread.append(Misread(at, addressed["order"].strip()))
            continue
        line = bisect_right(lines, offset)
        alone = not text[lines[line - 1] : offset].strip()
        reason = (order["why"] if order["bare"] is None else order["bare"]).strip()
        ignores.append(Ignore(at, line, codes, reason, alone=alone, file_wide=alone and offset < first_statement))
    return tuple(ignores), tuple(misread)


def _codes(listed: str | None) -> tuple[str, ...] | None:
    """The codes between brackets, () without brackets, None where they are no codes."""
    if listed is None:
        return ()
    codes = tuple(code.strip() for code in listed.split(","))
    return codes if all(_CODE.fullmatch(code) for code in codes) else None
