from __future__ import annotations

from pathlib import Path

import pytest

import wflint
from tests.samples import BOOK, PATH, PROGRAM
from wflint.audit import audit
from wflint.errors import UsageError
from wflint.model.finding import Finding
from wflint.model.span import Span
from wflint.model.text import PlainText
from wflint.model.workflow import Workflow
from wflint.request import Request
from wflint.source.code import Ignore
from wflint.survey import Recovered

TEXT = "x = 1\r\ny = 2  # wflint: ignore[WF501] no\r\n"


def test_the_place_of_an_ignore_is_its_line_and_column(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    start = TEXT.index("#")
    ignore = Ignore((start, len(TEXT) - 2), 2, ("WF501",), "no", alone=False, file_wide=False)
    recovered = Recovered(PROGRAM, {PATH: (ignore,)}, lambda _path: PlainText(lambda: TEXT))
    monkeypatch.setattr("wflint.survey.recover", lambda _request, _contained, _cache: recovered)
    monkeypatch.setattr("wflint.rules.RULES", ())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("wflint.rulebook.load", lambda: BOOK)
    (finding,) = audit(Request.of(tmp_path)).findings
    assert (finding.code, finding.span) == ("WF990", Span(PATH, 2, 8, 2, 34))


def test_the_root_is_around_all_paths(tmp_path: Path) -> None:
    for name in ("a/deep", "b"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a/deep/agent.py").touch()
    paths = (tmp_path / "a/deep/agent.py", tmp_path / "b")
    assert Request.of(*paths) == Request(tmp_path, paths)
    assert Request.of(tmp_path / "a" / ".." / "b") == Request(tmp_path / "b", (tmp_path / "b",))


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        Request.of(tmp_path / "gone")


def test_the_package_offers_the_types_of_results() -> None:
    assert (wflint.Finding, wflint.Workflow) == (Finding, Workflow)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = wflint.Nothing
