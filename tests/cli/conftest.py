"""The command line, run whole on the sample program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.samples import BOOK, FINDINGS, LABEL_STATIC, NOTICE, PATH, PROGRAM, SOURCE, WORKFLOW, texts
from wflint import cli
from wflint.analyses.facts import Facts
from wflint.model.containment import Containment
from wflint.model.finding import Finding, Observation
from wflint.model.workflow import Workflow
from wflint.request import Request
from wflint.rulebook import Rule
from wflint.source.cache import Cache
from wflint.survey import Recovered


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Wflint = Callable[..., Result]


def _rule(name: str, finding: Finding) -> Rule:
    def check(workflow: Workflow, _facts: Facts) -> Iterator[Observation]:
        assert workflow is WORKFLOW
        yield finding.observation

    return Rule(name, check)


RULES = tuple(_rule(finding.name, finding) for finding in FINDINGS)


@pytest.fixture
def recovered(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> list[Request]:
    """Has every audit find the sample program, without what others have kept; holds the requests it was asked with."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    requests: list[Request] = []

    def recover(request: Request, _contained: Containment, _cache: Cache) -> Recovered:
        requests.append(request)
        return Recovered(PROGRAM, {}, texts, (LABEL_STATIC.span.path, NOTICE.span.path))

    monkeypatch.setattr("wflint.survey.recover", recover)
    monkeypatch.setattr("wflint.rules.RULES", RULES)
    monkeypatch.setattr("wflint.rulebook.load", lambda: BOOK)
    return requests


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recovered: list[Request]) -> Path:
    """A repository that holds the sample, as the working folder, without colours from outside."""
    del recovered
    (tmp_path / ".git").mkdir()
    (tmp_path / "app").mkdir()
    (tmp_path / PATH).write_text(SOURCE, encoding="utf-8")
    (tmp_path / NOTICE.span.path).write_text("x =\n   1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def wflint(capsys: pytest.CaptureFixture[str]) -> Wflint:
    """Runs the command line."""

    def run(*arguments: str) -> Result:
        code = cli.run(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run
