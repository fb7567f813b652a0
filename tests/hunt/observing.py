"""What a command says of an input: its exit code and its words, and what is wrong about them."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType

from msgspec import Struct

from tests.hunt.guards import watched
from wflint import cli
from wflint.errors import ExitCode

Files = tuple[tuple[str, bytes], ...]
"""Paths below the root and what is in them."""

HERE = "HERE"
"""The folder of the input, in a command."""

SECRET = "nobody_outside_reads_this"  # noqa: S105 (a name to look for)

OUTSIDE = {
    "outside.py": f"from langgraph.graph import StateGraph\n{SECRET} = StateGraph(dict)\n",
    "outside.yaml": f"{SECRET}:\n  role: {SECRET}\n  goal: {SECRET}\n  description: {SECRET}\n",
    "outside.json": f'{{"name": "{SECRET}", "role": "{SECRET}", "agents": ["{SECRET}"]}}\n',
    "outside.toml": f"[[decision]]\nworkflow = '{SECRET}'\n",
    "outside.jsonl": f'{{"name": "{SECRET}"}}\n',
}
"""Files beside the root, which no input may reach."""

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
    ("check", "--output-format", "rdjson", "--persona", "pedantic"),
    ("check", "--output-format", "junit", "--statistics"),
    ("check", "--show-settings"),
    ("check", "--show-files"),
    ("explain", "--path"),
    ("summarize",),
)
"""Inputs take these in turn."""

WRITING = (
    ("check", "--fix", "--unsafe-fixes", "--output-format", "markdown"),
    ("plan", "--write"),
    ("baseline",),
    ("baseline", "--prune"),
)
"""These change what lies below the root, and inputs take them at times."""

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


class Observation(Struct, frozen=True):
    """What came of a command; `touched` is what it should not have."""

    code: int
    out: bytes
    err: bytes
    touched: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """What must not be, each in a line."""
        told = [line for line in self.err.decode(errors="replace").splitlines() if "internal error" in line]
        crashed = [f"exit code {self.code}"] if self.code not in _EXPECTED else []
        leaked = ["tells of what is outside its root"] if SECRET.encode() in self.out + self.err else []
        return (*crashed, *told, *leaked, *self.touched)


_EXPECTED = frozenset({ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.USAGE})


class Link(Struct, frozen=True):
    """Something in the place of a file that is no file: a link to `target`, or a pipe where that is None."""

    name: str
    target: str | None


def outside_of(top: Path) -> None:
    """Puts files into the folder around roots that none of them may reach."""
    for name, text in OUTSIDE.items():
        (top / name).write_text(text, encoding="utf-8")


def written(files: Files, folder: Path, links: tuple[Link, ...] = ()) -> None:
    """Puts files below a folder, which is a repository."""
    (folder / ".git").mkdir(parents=True)
    for name, data in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for link in links:
        (folder / link.name).unlink(missing_ok=True)
        if link.target is None:
            os.mkfifo(folder / link.name)
        else:
            (folder / link.name).symlink_to(link.target)


def observed(folder: Path, command: tuple[str, ...], cache: Path | None = None) -> Observation:
    """What a command says of a folder; with a cache, that may be written, too."""
    out, err, touched = io.BytesIO(), io.BytesIO(), dict[str, None]()
    may_write = [each for each in (cache, folder if command in WRITING else None) if each is not None]
    guard = watched(folder, *may_write, tell=touched.setdefault)
    with _captured(out, redirect_stdout), _captured(err, redirect_stderr), guard:
        code = cli.run(tuple(_words(folder, command, cache)))
    return Observation(code, out.getvalue(), err.getvalue(), tuple(touched))


def _words(folder: Path, command: tuple[str, ...], cache: Path | None) -> Iterator[str]:
    name, *options = command
    yield name
    if not options or options[-1] != "--path":
        yield str(folder)
    yield from (word.replace(HERE, str(folder)) for word in options)
    if options and options[-1] == "--path":
        yield str(folder)
    yield from ("--no-cache",) if cache is None else ("--cache-dir", str(cache))
    if name not in {"trace", "summarize"}:
        yield "--verbose"


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
