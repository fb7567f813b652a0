"""The examples of the rules' pages: fenced blocks as files, comments as expectations.

A block stands alone, unless the line above it is a path in backticks: such blocks follow each other into one project,
until a path comes up again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
BLOCK = re.compile(
    r"(?:^`(?P<path>[^`\n]+)`\n\n?)?^```(?:python|json|toml)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
EXPECTATION = re.compile(r'# error: \[(?P<rule>[a-z-]+)\] "(?P<text>[^"]*)"')


@dataclass(frozen=True, slots=True)
class File:
    """A file of an example."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a comment asks for, on its own line."""

    path: str
    line: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A project of a page's section."""

    page: str
    section: str
    files: tuple[File, ...]

    def traces(self, folder: Path) -> tuple[Path, ...]:
        """The recorded runs among the files."""
        return tuple(folder / file.path for file in self.files if file.path.endswith(".jsonl"))

    @property
    def expected(self) -> tuple[Expected, ...]:
        """What the comments ask for, in order."""
        return tuple(
            Expected(file.path, number, match["rule"], match["text"])
            for file in sorted(self.files, key=lambda file: file.path)
            for number, line in enumerate(file.code.splitlines(), start=1)
            for match in EXPECTATION.finditer(line)
        )

    def write(self, folder: Path) -> None:
        """Write the project's files into a folder."""
        for file in self.files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.code, encoding="utf-8")


def sections(body: str) -> Iterator[tuple[str, str]]:
    """The headings of a page with the text below each."""
    parts = HEADING.split(body)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def examples(page: str, body: str) -> tuple[Example, ...]:
    """All examples of a page, in order."""
    return tuple(
        Example(page, title, files) for title, text in sections(body) for files in projects(list(BLOCK.finditer(text)))
    )


def projects(blocks: list[re.Match[str]]) -> Iterator[tuple[File, ...]]:
    """The blocks of a section, gathered into projects."""
    pending: list[File] = []
    for block in blocks:
        path = block["path"]
        if pending and (path is None or path in {file.path for file in pending}):
            yield tuple(pending)
            pending = []
        if path is None:
            yield (File("example.py", block["code"]),)
        else:
            pending.append(File(path, block["code"]))
    if pending:
        yield tuple(pending)
