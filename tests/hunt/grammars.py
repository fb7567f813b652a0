"""Small programs by chance: what a framework's program begins with, then calls of it with anything in their holes."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.hunt.hostile import VALUES

GRAMMARS = tuple(
    tuple(text.split("\n---\n"))
    for text in (Path(__file__).parent / "grammars.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n\n")
)
"""For each framework how its programs begin, and what may follow; `_` stands for any expression or name."""

HOLE = re.compile(r"\b_\b(?P<names>=)?")
NAME = re.compile(r"^(?:class |def |async def )?(\w+)(?= = |\(|:)", re.MULTILINE)
PLAIN = (
    "'a'", "'b'", "'x'", "'c.a'", "END", "START", "str", "int", "list[str]", "None", "True", "0", "3", "[]",
    "['a', 'b']", "{'a': 'b'}", "lambda x: x", "lambda s: 'a' if s else 'b'", "print", "'{{a}} {b}'", "...", "dict",
    "'''a\nb'''",
)  # fmt: skip
LISTED = ("[{0}]", "[{0}, {1}]", "({0}, {1})", "{{'a': {0}, 'b': {1}}}", "{0}()", "{0}({1})", "{0} or {1}")
MOST_CALLS = 12
ODD = tuple(value for value in VALUES if not value.startswith(("*", "99")))
"""Values that may stand wherever an expression may."""


def program_of(chance: random.Random) -> str:
    """A program of one framework."""
    begin, rest = chance.choice(GRAMMARS)
    statements = _statements(rest)
    names = NAME.findall(begin) + re.findall(r"import (.*)", begin)[0].split(", ")
    chosen = [chance.choice(statements) for _ in range(chance.randrange(1, MOST_CALLS))]
    body = "\n".join(HOLE.sub(lambda hole: _filled(hole, names, chance), one) for one in chosen)
    if chance.random() < 1 / 4:
        inner = body.replace("\n", "\n    ")
        body = f"def build(a, *b, **c):\n    {inner}\nbuild(1)"
    return f"{begin}\n{body}\n"


def _statements(text: str) -> list[str]:
    """The statements of a grammar: a decorator belongs to what it decorates."""
    found: list[str] = []
    for row in text.split("\n"):
        if found and (row.startswith(" ") or found[-1].rpartition("\n")[2].startswith("@")):
            found[-1] += f"\n{row}"
        else:
            found.append(row)
    return found


def _filled(hole: re.Match[str], names: list[str], chance: random.Random) -> str:
    if hole["names"]:
        return f"{chance.choice(('name', 'a', 'x', 'config'))}="
    if chance.random() < 1 / 4:
        around = chance.choice(LISTED)
        return around.format(_atom(names, chance), _atom(names, chance))
    return _atom(names, chance)


def _atom(names: list[str], chance: random.Random) -> str:
    return chance.choice(chance.choice((names, names, PLAIN, PLAIN, PLAIN, ODD)))
