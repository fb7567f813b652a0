"""wflint for other programs: `import wflint; wflint.audit("src")`.

`docs/library.md` explains the values that come back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

from wflint.analyses.coverage import Coverage, coverage_of
from wflint.audit import Audit, CacheChoice, Request
from wflint.audit import audit as run
from wflint.config import Config
from wflint.model.finding import EdgeLabel, Finding, Level, Persona
from wflint.model.program import Notice
from wflint.model.workflow import Edge, Workflow

Path_ = str | os.PathLike[str]


class Settings(TypedDict, total=False):
    """What a caller may ask for; each goes before the configuration file, as options of the command line do."""

    select: Iterable[str]
    ignore: Iterable[str]
    exclude: Iterable[str]
    persona: Persona | str
    plugins: Iterable[str]
    cache: bool


@dataclass(frozen=True, slots=True)
class Report:
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
        return tuple(finding for finding in self.findings if finding.level.rank >= Level(level).rank)

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
    overrides = Config.model_validate(
        {
            name: tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
            for name, value in settings.items()
        },
        by_name=True,
    )
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
