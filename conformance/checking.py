"""Compares what programs do when their framework runs them with what wflint makes of their source.

A program is `FRAMEWORK/NAME.py`. Run by itself it prints one line of JSON, the facts that it proves; beside it lies
`NAME.expect.json` with these facts and with what wflint has to say of the same source.
"""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from wflint.audit import Audit, audit
from wflint.config import Config
from wflint.model.finding import Persona
from wflint.request import CacheChoice, Request

FOLDER = Path(__file__).parent
SECONDS = 120
"""So long may a program run."""


class Release(StrEnum):
    """Which of a framework's pinned releases a program is run with."""

    NEWEST = "newest"
    OLDER = "older"


class Expectation(BaseModel):
    """What a program proves, and what wflint says of it.

    `present` and `absent` are codes of rules, `edges` and `no_edges` pairs of step names in any of the workflows.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    facts: dict[str, JsonValue]
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    no_edges: tuple[tuple[str, str], ...] = ()
    releases: tuple[Release, ...] = Field(default=(Release.NEWEST,))


@dataclass(frozen=True, slots=True)
class Program:
    """A program and what is expected of it."""

    path: Path
    expectation: Expectation

    @property
    def framework(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.framework}/{self.path.stem}"

    @property
    def statement(self) -> str:
        """The first line of its docstring: what it proves."""
        doc = ast.get_docstring(ast.parse(self.path.read_text(encoding="utf-8"))) or ""
        return doc.partition("\n")[0]


def programs(*frameworks: str) -> Iterator[Program]:
    """The programs of the frameworks, by default of all of them."""
    for path in sorted(FOLDER.glob("*/*.expect.json")):
        if not frameworks or path.parent.name in frameworks:
            source = path.with_name(path.name.replace(".expect.json", ".py"))
            yield Program(source, Expectation.model_validate_json(path.read_bytes()))


def run(program: Program, python: str) -> list[str]:
    """Run the program with its framework; where the facts differ from the expected ones."""
    with TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 (a program of ours)
            [python, str(program.path.resolve())],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return [f"exit {done.returncode}: {done.stderr.strip()[-300:]}"]
    facts, expected = json.loads(lines[-1]), program.expectation.facts
    return [f"{key} is {facts.get(key)!r}, not {value!r}" for key, value in expected.items() if facts.get(key) != value]


def read(program: Program) -> list[str]:
    """Have wflint read the program by itself; where what it says differs from what is expected."""
    with TemporaryDirectory() as folder:
        alone = Path(copy(program.path, folder))
        request = Request(alone.parent, (alone.parent,), overrides=Config(persona=Persona.AUDITOR), cache=NO_CACHE)
        found = audit(request)
    return list(_differences(program.expectation, found))


NO_CACHE = CacheChoice(is_off=True)


def _differences(expected: Expectation, found: Audit) -> Iterator[str]:
    said = {finding.code: finding for finding in reversed(found.findings)}
    drawn = {(edge.source, edge.target) for flow in found.survey.program.workflows for edge in flow.edges}
    yield from (f"{code} is missing" for code in expected.present if code not in said)
    yield from (f"{code} is said: {said[code].message}" for code in expected.absent if code in said)
    yield from (f"the edge {' -> '.join(pair)} is missing" for pair in expected.edges if pair not in drawn)
    yield from (f"the edge {' -> '.join(pair)} is drawn" for pair in expected.no_edges if pair in drawn)
