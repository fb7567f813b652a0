"""Compares what programs do when their framework runs them with what wflint makes of their source.

A program is `FRAMEWORK/NAME.py`. Run by itself it prints one line of JSON, the facts that it proves; beside it lies
`NAME.expect.json` with these facts and with what wflint has to say of the same source.
"""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from wflint.audit import Audit, audit
from wflint.config import Config
from wflint.config.specifiers import constraint
from wflint.frontends import FRONT_ENDS
from wflint.model.finding import Persona
from wflint.model.releases import Releases
from wflint.request import CacheChoice, Request
from wflint.survey import Survey, survey

FOLDER = Path(__file__).parent
NO_CACHE = CacheChoice(is_off=True)


class Release(StrEnum):
    """Which of a framework's pinned releases a program is run with."""

    NEWEST = "newest"
    OLDER = "older"


class Outcome(BaseModel):
    """What a program proves with one release, and what wflint says of it.

    `present` and `absent` are codes of rules, `edges` and `no_edges` pairs of step names in any of the workflows,
    `limit` is what ends a run of the first of them, `most` how often its steps run at most, None where nothing tells.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    facts: dict[str, JsonValue]
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    no_edges: tuple[tuple[str, str], ...] = ()
    limit: int | None = None
    most: dict[str, int | None] = Field(default_factory=dict)


class Expectation(Outcome):
    """What a program proves with all `releases`; `older` is what the older one does otherwise."""

    releases: tuple[Release, ...] = Field(default=(Release.NEWEST,))
    older: Outcome | None = None

    def of(self, release: Release) -> Outcome | None:
        """What is expected with a release; None where the program is not run with it."""
        if release is Release.OLDER and self.older is not None:
            return self.older
        return self if release in self.releases else None


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


@cache
def requirements(framework: str, release: Release) -> tuple[Requirement, ...]:
    """What is installed for a release of a framework; the first one is the framework itself."""
    pinned = tomllib.loads((FOLDER / "versions.toml").read_text(encoding="utf-8"))
    return tuple(map(Requirement, pinned.get(framework, {}).get(release, ())))


def pins(framework: str, release: Release) -> Mapping[str, Releases]:
    """The same as a configuration pins it."""
    known = {name for end in FRONT_ENDS if end.package is not None for name in end.package.names}
    found = {one.name: constraint(str(one.specifier)) for one in requirements(framework, release) if one.name in known}
    return {name: releases for name, releases in found.items() if releases is not None}


def read(program: Program, release: Release = Release.NEWEST) -> list[str]:
    """Have wflint read the program by itself; where what it says differs from what is expected with a release."""
    expected = program.expectation.of(release)
    if expected is None:
        return []
    with _request(program, release) as request:
        return list(_differences(expected, audit(request)))


def survey_of(program: Program, release: Release) -> Survey:
    """What wflint makes of the program by itself, before any rule looks at it."""
    with _request(program, release) as request:
        return survey(request)


@contextmanager
def _request(program: Program, release: Release) -> Iterator[Request]:
    with TemporaryDirectory() as folder:
        alone = Path(copy(program.path, folder))
        overrides = Config(persona=Persona.AUDITOR, versions=pins(program.framework, release))
        yield Request(alone.parent, (alone.parent,), overrides=overrides, cache=NO_CACHE)


def _differences(expected: Outcome, found: Audit) -> Iterator[str]:
    workflows = found.survey.program.workflows
    said = {finding.code: finding for finding in reversed(found.findings)}
    drawn = {(edge.source, edge.target) for flow in workflows for edge in flow.edges}
    limit = workflows[0].limit if workflows else None
    yield from (f"{code} is missing" for code in expected.present if code not in said)
    yield from (f"{code} is said: {said[code].message}" for code in expected.absent if code in said)
    yield from (f"the edge {' -> '.join(pair)} is missing" for pair in expected.edges if pair not in drawn)
    yield from (f"the edge {' -> '.join(pair)} is drawn" for pair in expected.no_edges if pair in drawn)
    if expected.limit is not None and (limit is None or limit.most != expected.limit):
        yield f"the limit is {limit.most if limit is not None else None}, not {expected.limit}"
    yield from _bounds(expected, found)


def _bounds(expected: Outcome, found: Audit) -> Iterator[str]:
    """Steps that may run more or less often in the worst case than they do."""
    workflows = found.survey.program.workflows if expected.most else ()
    plans = [found.survey.facts.of(workflow).execution for workflow in workflows[:1]]
    bounds = {one.step: one.most for plan in plans for one in plan.executions}
    for step, most in expected.most.items():
        if bounds.get(step) != most:
            yield f'the bound of "{step}" is {bounds.get(step)}, not {most}'


def compared(expected: Outcome, line: str, problem: str) -> list[str]:
    """Where the line that a program printed differs from what it is to prove."""
    try:
        facts = json.loads(line)
    except ValueError:
        return [f"no facts: {problem}"]
    return [
        f"{key} is {facts.get(key)!r}, not {value!r}"
        for key, value in expected.facts.items()
        if facts.get(key) != value
    ]
