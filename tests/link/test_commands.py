"""`wflint summarize` and `wflint link`, run whole."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from tests.link.programs import CONDENSE, CONDENSE_AGAIN, REPLY, agents, repository
from tests.link.test_calls import PACKAGE
from tests.link.test_linking import ANSWER, triage
from tests.meta.refresh import ROOT
from tests.writers.test_sarif import validator
from wflint import cli
from wflint.errors import ExitCode

CALLER = "from lodge_quotes.flow import quotes\n\nprint(quotes.invoke({'guest': 'A'})['currency'])\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.wflint, [str(argument) for argument in arguments], standalone_mode=False)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three repositories, and the folder of their summaries."""
    root = tmp_path_factory.mktemp("company")
    repository(root, "lodge", {**PACKAGE, "desk.py": agents("complaints", CONDENSE)})
    repository(root, "inn", {"agents.py": agents("complaints", CONDENSE_AGAIN, "apologies", REPLY), "main.py": CALLER})
    folders = [root / name for name in ("lodge", "inn", "gone")]
    result = run("summarize", *folders, "--into", root / "summaries", "--no-cache", "--engine", "here")
    assert result.return_value == ExitCode.CLEAN
    assert f"{root / 'gone'}: left out: " in result.stderr
    assert "2 of 3 repositories are summarised in" in result.stderr
    return root


def test_there_is_a_file_for_each_repository_that_can_be_read(company: Path) -> None:
    assert [file.name for file in sorted((company / "summaries").iterdir())] == ["inn.wflint.json", "lodge.wflint.json"]


def test_one_repository_goes_where_every_command_writes(company: Path, tmp_path: Path) -> None:
    result = run("summarize", company / "inn", "--no-cache", "-o", tmp_path / "inn.wflint.json")
    assert (result.return_value, result.stdout) == (ExitCode.CLEAN, "")
    expected = (company / "summaries" / "inn.wflint.json").read_bytes()
    assert (tmp_path / "inn.wflint.json").read_bytes() == expected


def test_what_is_there_is_left_as_it_is(company: Path) -> None:
    file = company / "summaries" / "inn.wflint.json"
    before, data = file.stat().st_mtime_ns, file.read_bytes()
    rest = ("--into", company / "summaries", "--no-cache", "--engine", "here")
    assert run("summarize", company / "inn", "--resume", *rest).return_value == ExitCode.CLEAN
    assert file.stat().st_mtime_ns == before
    file.write_bytes(data[:100])
    assert run("summarize", company / "inn", "--resume", *rest).return_value == ExitCode.CLEAN
    assert file.read_bytes() == data


def test_text_says_what_does_not_fit_and_what_is_done_again(company: Path) -> None:
    lines = run("link", company / "summaries", "--engine", "here").stdout.splitlines()
    assert lines[0] == "2 repositories, 3 workflows, 7 steps"
    gap = next(line for line in lines if line.startswith("  inn: main.py:3:"))
    assert 'does not hand over "nights", which it needs and uses "currency", which it does not give back' in gap
    assert "    lodge: desk.py:4:14: complaints (reworded, 0.9" in "\n".join(lines)
    assert lines[-1] == "Found 1 gap, 1 cluster of duplicated work, 0 workflows in copies; 0 left out"


def test_json_is_valid_by_the_published_schema(company: Path) -> None:
    found = json.loads(run("link", company / "summaries", "--engine", "here", "--format", "json").stdout)
    schema = json.loads((ROOT / "docs/schemas/link-v1.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    assert [each["repository"] for each in found["repositories"]] == ["inn", "lodge"]
    assert found["calls"][0]["missing"] == ["nights"]


def test_sarif_has_a_run_for_each_repository(company: Path) -> None:
    log = json.loads(run("link", company / "summaries", "--engine", "here", "--format", "sarif").stdout)
    validator().validate(log)
    told = [
        (run_["automationDetails"]["id"], result["ruleId"], uri(result))
        for run_ in log["runs"]
        for result in run_["results"]
    ]
    assert told == [
        ("wflint-link/inn/", "WFL101", "main.py"),
        ("wflint-link/inn/", "WFL201", "agents.py"),
        ("wflint-link/lodge/", "WFL101", "lodge_quotes/flow.py"),
        ("wflint-link/lodge/", "WFL201", "desk.py"),
    ]
    prints = [result["partialFingerprints"]["wflint/v1"] for run_ in log["runs"] for result in run_["results"]]
    assert len(set(prints)) == len(prints)


def uri(result: dict) -> str:  # type: ignore[type-arg]
    found = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert isinstance(found, str)
    return found


def test_a_file_that_is_no_summary_is_named_and_the_others_are_linked(company: Path, tmp_path: Path) -> None:
    (tmp_path / "bad\x1b[31m.wflint.json").write_text("{", encoding="utf-8")
    result = run("link", company / "summaries", tmp_path, "--engine", "here")
    assert result.return_value == ExitCode.CLEAN
    assert "bad␛[31m.wflint.json: left out: no summary, or one that is cut short" in result.stderr
    assert result.stdout.splitlines()[-1].endswith("1 left out")


def test_nothing_but_bad_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.wflint.json").write_text("{}", encoding="utf-8")
    assert run("link", tmp_path, "--engine", "here").return_value == ExitCode.USAGE


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("link", "."), "no summaries there"),
        (("link", "gone"), "gone: no such file or folder"),
        (("summarize", ".", "..", "--no-cache"), "several repositories, and --resume, take --into FOLDER"),
        (("summarize", ".", "--into", "x", "-o", "y"), "--into and --output-file exclude each other"),
        (("link", ".", "--scheduler", "tcp://x:1", "--engine", "here"), "--scheduler goes with --engine dask"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if expected.startswith("--scheduler"):
        (tmp_path / "a.wflint.json").write_text("{}", encoding="utf-8")
    error = run(*arguments).exception
    assert expected in str(error)


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The summaries of two repositories, one with two copies of what the other has."""
    root = tmp_path_factory.mktemp("drifted")
    more = f'apologies = Agent(name="apologies", instructions={REPLY!r})'
    changed = triage(answer=ANSWER.replace("two", "three"), more=more, added=", apologies")
    repository(root, "inn", {"a.py": changed, "b.py": changed})
    repository(root, "lodge", {"c.py": triage()})
    run("summarize", root / "inn", root / "lodge", "--into", root / "summaries", "--no-cache", "--engine", "here")
    return root / "summaries"


def test_text_says_where_copies_are_and_what_has_changed(drifted: Path) -> None:
    lines = run("link", drifted, "--engine", "here").stdout.splitlines()
    start = lines.index("Copies of one workflow")
    assert lines[start + 1 : start + 7] == [
        '  workflow "front" of lodge is also in inn as "front" (2 times): 2 differences',
        "    lodge: c.py:7:9: front, 3 steps",
        "    inn: a.py:7:9: front, 4 steps",
        "    inn: b.py:7:9: front, 4 steps",
        '      step "answer" has another prompt in inn (a.py:5:10)',
        '      step "apologies" is only in inn (a.py:6:13)',
    ]


def test_sarif_tells_each_repository_what_its_copy_differs_in(drifted: Path) -> None:
    log = json.loads(run("link", drifted, "--engine", "here", "--format", "sarif").stdout)
    validator().validate(log)
    assert [(uri(result), result["message"]["text"]) for run_ in log["runs"] for result in run_["results"]] == [
        (
            "a.py",
            (
                'workflow "front" of inn is also in lodge as "front" and inn as "front": 2 differences; '
                'step "answer" has another prompt in inn; step "apologies" is only in inn.'
            ),
        ),
        (
            "c.py",
            'workflow "front" of lodge is also in inn as "front" (2 times): 2 differences.',
        ),
    ]
