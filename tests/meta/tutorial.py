"""The tutorial, followed: its files are written, its diffs applied, its commands run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.waiting import PATIENCE

BLOCK = re.compile(
    r"^`(?P<path>[^`\n]+)`\n\n```(?P<kind>python|diff)\n(?P<code>.*?)^```$"
    r"|^```console\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def followed(page: str, source: Path) -> str:
    """The page with what its commands print; `source` is where wflint is imported from."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder).resolve()
        (here / ".git").mkdir()  # a root of its own

        def follow(block: re.Match[str]) -> str:
            if block["shown"] is not None:
                lines = [line for line in block["shown"].splitlines() if line.startswith("$ ")]
                return "".join(("```console\n", *(f"{line}\n{_said(line[2:], here, source)}" for line in lines), "```"))
            place = here / block["path"]
            text = (
                _changed(place.read_text(encoding="utf-8"), block["code"]) if block["kind"] == "diff" else block["code"]
            )
            place.write_text(text, encoding="utf-8")
            return block[0]

        return BLOCK.sub(follow, page)


def _said(command: str, folder: Path, source: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(source), "XDG_CACHE_HOME": str(folder / ".cache"), "COLUMNS": "120"}
    arguments = [sys.executable, "-m", *command.split()]
    done = subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    return done.stdout + done.stderr


def _changed(text: str, diff: str) -> str:
    """A text with the lines that a diff takes away replaced by those that it adds."""
    before, after = ("".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] == sign) for sign in "-+")
    assert text.count(before) == 1, f"the tutorial changes lines that are not there once:\n{before}"
    return text.replace(before, after)
