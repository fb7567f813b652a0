"""Fixtures: real small workflows, each with the graph that the framework itself makes of it.

`fixtures/<framework>/NAME.py` or `NAME.yaml` stands beside `NAME.graph.json`, and so do `fixtures/notebooks/NAME.ipynb`
and `fixtures/projects/NAME/`. A graph is in the format of `wflint graph --format json`, without what analyses add.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wflint.audit import Audit, audit
from wflint.model.program import Program
from wflint.request import CacheChoice, Request
from wflint.survey import Survey
from wflint.writers import graph_json

FOLDER = Path(__file__).parents[2] / "fixtures"
PROJECTS = FOLDER / "projects"
APART = {PROJECTS, FOLDER / "rosetta"}
KINDS = ("*.py", "*.ipynb", "*.yaml")
WIDTH = 120


@dataclass(frozen=True, slots=True)
class Fixture:
    """A file or a project with its expected graph; `root` is the folder that paths in the graph are relative to."""

    source: Path
    root: Path

    @property
    def name(self) -> str:
        return self.source.relative_to(FOLDER).as_posix()

    @property
    def graph(self) -> Path:
        """Where the expected graph is."""
        return self.source.parent / f"{self.source.stem}.graph.json"

    def program(self) -> Program:
        """What wflint recovers of it."""
        program = recovered(self.root)
        if self.source.is_dir():
            return program
        return Program(
            tuple(flow for flow in program.workflows if flow.span.path == self.source.name),
            unresolved=tuple(item for item in program.unresolved if item.span.path == self.source.name),
        )


def fixtures() -> tuple[Fixture, ...]:
    """All fixtures, in order."""
    files = [
        Fixture(path, folder)
        for folder in sorted(FOLDER.iterdir())
        if folder.is_dir() and folder not in APART
        for path in sorted(path for kind in KINDS for path in folder.glob(kind))
    ]
    projects = [Fixture(path, path) for path in sorted(PROJECTS.iterdir()) if path.is_dir()]
    return (*files, *projects)


def recovered(root: Path) -> Program:
    """Every workflow in a folder."""
    return surveyed(root).program


def surveyed(root: Path) -> Survey:
    """Everything in a folder, read at once."""
    return audited(root).survey


@cache
def audited(root: Path) -> Audit:
    """What is found in a folder, read once for all tests of a process."""
    return audit(Request(root, (root,), cache=CacheChoice(is_off=True)))


def graph_of(fixture: Fixture) -> object:
    """What wflint says the graph is, as JSON, without figures that follow from it."""
    graph = json.loads(graph_json.write(fixture.program(), lambda _: {}, surveyed(fixture.root).recovered.texts))
    for counted in (graph, *graph["workflows"]):
        del counted["coverage"]
    for flow in graph["workflows"]:
        del flow["execution"]
    return graph if graph["unresolved"] else {key: value for key, value in graph.items() if key != "unresolved"}


def rendered(value: object, indent: int = 0, taken: int = 0) -> str:
    """JSON with short things on one line, so that a difference shows the thing that differs.

    `taken` is how much of the first line is used already.
    """
    short = json.dumps(value)
    if indent + taken + len(short) < WIDTH or not isinstance(value, dict | list):
        return short
    inner = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {rendered(item, indent + 1, len(key) + 4)}" for key, item in value.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + rendered(item, indent + 1) for item in value) + "\n" + " " * indent + "]"
