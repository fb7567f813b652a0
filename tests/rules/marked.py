"""Sources that mark what is to be found in them: `# <- WF507` at the end of a line."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from msgspec.structs import replace

from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Level, Persona
from wflint.request import CacheChoice, Request

_MARK = re.compile(r"# <- (?P<codes>WF\d{3}(?: WF\d{3})*)$")


def marked(source: str) -> list[tuple[int, str]]:
    """The lines that are marked, with their codes."""
    return [
        (number, code)
        for number, line in enumerate(dedent(source).splitlines(), start=1)
        if (found := _MARK.search(line)) is not None
        for code in found["codes"].split()
    ]


def loud(
    folder: Path, source: str, config: Config | None = None, least: Persona = Persona.REGULAR, **others: str
) -> list[tuple[int, str]]:
    """The lines and codes of everything from warnings on that this persona hears of, and no shyer one, in `app.py`."""
    (folder / "app.py").write_text(dedent(source), encoding="utf-8")
    for name, text in others.items():
        (folder / name.replace("__", ".")).write_text(dedent(text), encoding="utf-8")
    request = Request.of(folder, overrides=config or Config())
    found = audit(replace(request, cache=CacheChoice(is_off=True))).findings
    return sorted(
        (finding.span.line, finding.code)
        for finding in found
        if finding.level.rank >= Level.WARNING.rank and finding.persona is least
    )
