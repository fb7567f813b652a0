"""Findings whose every text does harm wherever it is written out as it is."""

from __future__ import annotations

from msgspec.structs import replace

from tests.samples import OVERWRITE
from wflint.model.finding import Finding, Level, Observation, Related
from wflint.model.span import Span

PATH = "app/a|b,c:d%0A\x1b[2J`<x>&\u202e\n::add-mask::x.py"
"""A name of a file that is allowed wherever names are bytes."""
MESSAGE = (
    'step "x\n::error file=y::z" %0A\r ##[debug] <script>alert(1)</script> <!-- --> ]]> | @everyone #12 '
    "[a](http://evil.test) ![p](www.evil.test/q) `code` **b** \x1b[31m\x00\x9b\u202e\ud800 & 'q'"
)

HOSTILE = replace(
    OVERWRITE,
    level=Level.ERROR,
    fingerprint="fp-hostile",
    observation=Observation(
        MESSAGE, Span(PATH, 1, 2, 3, 4), key=("k",), related=(Related(Span(PATH, 5, 1, 5, 2), MESSAGE),)
    ),
)


def many(number: int, level: Level) -> tuple[Finding, ...]:
    """So many findings of a level."""
    return tuple(replace(OVERWRITE, level=level, fingerprint=f"fp-{level}-{index}") for index in range(number))
