"""Literate cases: a Markdown file a topic, a heading a case, fenced blocks as files, comments as expectations.

`# value of EXPRESSION: SHOWN` says what an expression gives at this point of its module, `# value: SHOWN` does so for
the name that was last assigned above it, `# recorded: CALLS` what the framework was told in the whole run. A path in
backticks above a block names the file; without one it is `main.py`. `Not yet: REASON` below a heading marks a case
that is known to fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tests.evaluate.programs import TABLE, program
from tests.evaluate.showing import show, show_event
from wflint.evaluate.library import CallSite
from wflint.evaluate.values import NONE, Const, ExternalName, Value

HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
BLOCK = re.compile(r"(?:^`(?P<path>[^`\n]+)`\n\n?)?^```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
CLAIM = re.compile(r"^# (?:value(?: of (?P<expression>.+?))?|(?P<recorded>recorded)): ?(?P<shown>.*)$")
ASSIGNED = re.compile(r"^(?P<name>\w+)\s*(?::[^=]+)?=[^=]")
NOT_YET = re.compile(r"^Not yet: (?P<reason>.+)$", re.MULTILINE)
PROBE = "look_here"


class Claim(Struct, frozen=True):
    """What a comment says; `expression` is None where it is about what was recorded."""

    path: str
    line: int
    expression: str | None
    shown: str


@dataclass(frozen=True)
class Case:
    """A program with the claims in it."""

    topic: str
    title: str
    files: tuple[tuple[str, str], ...]
    not_yet: str | None

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the comments say, in order."""
        return tuple(claim for path, code in self.files for claim in _claims(path, code))

    def observed(self) -> tuple[Claim, ...]:
        """The claims with what is really seen at their places, `never reached` where that is nothing."""
        seen: dict[int, str] = {}

        def look(call: CallSite) -> Value:
            number = call.arguments.positional[0]
            assert isinstance(number, Const)
            assert isinstance(number.value, int)
            claim = self.claims[number.value]
            assert claim.expression is not None
            seen[number.value] = show(made.value(claim.expression, claim.path))
            return NONE

        table = replace(TABLE, calls={**TABLE.calls, PROBE: look})
        made = program({path: self._probed(path, code) for path, code in self.files}, table)
        for path in made.files.paths:
            made.interpreter.linker.module(path).scope.content[PROBE] = ExternalName(PROBE)
        made.run()
        events = ", ".join(show_event(api_call) for api_call in made.interpreter.api_calls)
        return tuple(
            replace(claim, shown=seen.get(number, "never reached") if claim.expression is not None else events)
            for number, claim in enumerate(self.claims)
        )

    def _probed(self, path: str, code: str) -> str:
        """The code with a call of the probe in place of every comment that claims a value."""
        lines = code.splitlines(keepends=True)
        for number, claim in enumerate(self.claims):
            if claim.path == path and claim.expression is not None:
                lines[claim.line] = f"{PROBE}({number})\n"
        return "".join(lines)


def cases(page: Path) -> Iterator[Case]:
    """The cases of a page, in order."""
    parts = HEADING.split(page.read_text(encoding="utf-8"))
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        files = tuple((block["path"] or "main.py", block["code"]) for block in BLOCK.finditer(text))
        reason = NOT_YET.search(text)
        yield Case(page.stem, title, files, reason["reason"] if reason else None)


def _claims(path: str, code: str) -> Iterator[Claim]:
    last: str | None = None
    for number, line in enumerate(code.splitlines()):
        if assigned := ASSIGNED.match(line):
            last = assigned["name"]
        claim = CLAIM.match(line)
        if claim is None:
            continue
        expression = None if claim["recorded"] else claim["expression"] or last
        assert expression is not None or claim["recorded"], f"nothing is assigned above {line!r}"
        yield Claim(path, number, expression, claim["shown"])
