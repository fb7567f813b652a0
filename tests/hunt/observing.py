"""What a command says of an input: its exit code and its words, and what is wrong about them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from wflint import cli
from wflint.errors import ExitCode

Files = tuple[tuple[str, bytes], ...]
"""Paths below the root and what is in them."""

HERE = "HERE"
"""The folder of the input, in a command."""

COMMANDS = (
    ("check", "--output-format", "json", "--persona", "auditor"),
    ("check", "--output-format", "sarif", "--persona", "auditor"),
    ("check", "--output-format", "full", "--persona", "pedantic", "--color", "never"),
    ("graph", "--format", "json"),
    ("graph", "--format", "mermaid"),
    ("graph", "--format", "text"),
    ("plan", "--format", "json"),
    ("plan", "--format", "markdown"),
    ("report", "--format", "html"),
    ("report", "--format", "markdown"),
    ("report", "--format", "json"),
    ("check", "--diff", "--unsafe-fixes"),
    ("check", "--output-format", "github"),
)
"""Inputs take these in turn."""

OF_TRACES = (
    ("trace", "--format", "json", "--source", HERE),
    ("trace", "--format", "text", "--source", HERE),
    ("check", "--traces", HERE, "--output-format", "json", "--persona", "auditor"),
    ("report", "--traces", HERE, "--format", "html"),
    ("plan", "--traces", HERE),
)
"""Recorded runs take these."""

MOST_EVENTS = 30_000_000
"""Calls and returns that a command on a small program may take: some hundred times what a usual one takes."""


class Hung(BaseException):
    """A command that does not end; no net inside wflint catches it."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What came of a command."""

    code: int
    out: bytes
    err: bytes

    @property
    def faults(self) -> tuple[str, ...]:
        """What must not be, each in a line."""
        told = [line for line in self.err.decode(errors="replace").splitlines() if "internal error" in line]
        crashed = [f"exit code {self.code}"] if self.code not in _EXPECTED else []
        return (*crashed, *told)


_EXPECTED = frozenset({ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.USAGE})


def written(files: Files, folder: Path) -> None:
    """Puts files below a folder."""
    for name, data in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def observed(folder: Path, command: tuple[str, ...]) -> Observation:
    """What a command says of a folder."""
    out, err = io.BytesIO(), io.BytesIO()
    with _captured(out, redirect_stdout), _captured(err, redirect_stderr):
        words = (str(folder) if word == HERE else word for word in command[1:])
        talk = () if command[0] == "trace" else ("--verbose",)
        code = cli.run((command[0], str(folder), *words, "--no-cache", *talk))
    return Observation(code, out.getvalue(), err.getvalue())


@contextmanager
def _captured(
    raw: io.BytesIO, redirect: Callable[[io.TextIOWrapper], AbstractContextManager[object]]
) -> Iterator[None]:
    text = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True)
    with redirect(text):
        yield
    text.detach()


@contextmanager
def at_most(events: int) -> Iterator[None]:
    """Ends what calls functions without end: work is counted, not time."""
    left = events

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            sys.setprofile(None)
            raise Hung

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)
