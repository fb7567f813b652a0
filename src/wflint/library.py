"""wflint for other programs: `import wflint; wflint.audit("src")`.

`docs/library.md` explains the values that come back.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypedDict, Unpack

import msgspec
from msgspec import Struct

from wflint.analyses.coverage import Coverage, coverage_of
from wflint.audit import Audit
from wflint.audit import audit as run
from wflint.config import Config
from wflint.errors import UsageError
from wflint.model.finding import EdgeLabel, Finding, Level, Persona
from wflint.model.lookup import known
from wflint.model.program import Notice
from wflint.model.workflow import Edge, Workflow
from wflint.request import CacheChoice, Request

Path_ = str | os.PathLike[str]


class Settings(TypedDict, total=False):
    """What a caller may ask for; each goes before the configuration file, as options of the command line do."""

    select: Iterable[str]
    ignore: Iterable[str]
    exclude: Iterable[str]
    persona: Persona | str
    plugins: Iterable[str]
    cache: bool


class Report(Struct, frozen=True):
    """What an audit came to: findings and workflows in order of place, and notices about what could not be read.

    Paths in it are relative to `root`.
    """

    root: Path
    findings: tuple[Finding, ...]
    workflows: tuple[Workflow, ...]
    notices: tuple[Notice, ...]
    coverage: Coverage
    _audit: Audit

    def labels(self, workflow: Workflow) -> Mapping[Edge, EdgeLabel]:
        """How each edge of a workflow should be coordinated."""
        return self._audit.survey.labels(workflow)

    def at_least(self, level: Level | str) -> tuple[Finding, ...]:
        """The findings at a level and above."""
        least = Level(known(level, [each.value for each in Level], "level")).rank
        return tuple(finding for finding in self.findings if finding.level.rank >= least)

    def to_json(self) -> str:
        """The report as `wflint check --output-format json` prints it."""
        from wflint.writers import check_json

        survey = self._audit.survey
        return check_json.write(self.findings, survey.program, survey.recovered.texts)


def audit(*paths: Path_, **settings: Unpack[Settings]) -> Report:
    """Audit files and folders (default: the working folder) as `wflint check` does.

    Reads the configuration around them; nothing that is audited is run or imported. Raises `wflint.WflintError`, of
    which `UsageError` is about the paths and `ConfigError` about the configuration.
    """
    cached = settings.pop("cache", True)
    overrides = _overrides(dict(settings))
    request = Request.of(*(Path(path) for path in paths or (".",)), overrides=overrides)
    found = run(Request(request.root, request.paths, request.settings, overrides, CacheChoice(is_off=not cached)))
    program = found.survey.program
    return Report(
        root=request.root,
        findings=found.findings,
        workflows=program.workflows,
        notices=program.notices,
        coverage=coverage_of(program),
        _audit=found,
    )


def _overrides(settings: Mapping[str, object]) -> Config:
    """The settings of a caller; a wrong one is named with the nearest right one."""
    for name in settings:
        if name not in Settings.__annotations__:
            near = difflib.get_close_matches(name, Settings.__annotations__, n=1, cutoff=0.0)[0]
            raise UsageError(f"unknown setting {name!r}; the nearest one is {near!r}")
    values = {name: value if isinstance(value, str) else _listed(value) for name, value in settings.items()}
    try:
        return msgspec.convert({**values, "given": tuple(values)}, Config)
    except msgspec.ValidationError as error:
        raise UsageError(str(error)) from error


def _listed(value: object) -> object:
    return tuple(value) if isinstance(value, Iterable) else value
