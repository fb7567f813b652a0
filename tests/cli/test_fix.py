from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Wflint
from tests.rules.test_fixes import HEAD, PROGRAMS

PROGRAM = HEAD + PROGRAMS["WF101"][0]
FIXED = PROGRAM.replace("leter", "letter")
UNSAFE = HEAD + PROGRAMS["WF404"][0]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one safe fix, in the working folder, without colours from outside."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "desk.py"
    path.write_bytes(PROGRAM.encode())
    return path


def test_a_finding_says_that_it_can_be_fixed(desk: Path, wflint: Wflint) -> None:
    told = wflint("check", "--no-cache", "--output-format", "concise")
    assert 'did you mean "letter"? [*]\n' in told.out
    assert told.out.endswith("[*] 1 fixable with `--fix`.\n")
    assert ' = fix: read "letter"\n' in wflint("check", "--no-cache", "--output-format", "full").out
    assert desk.read_bytes() == PROGRAM.encode()


def test_an_unsafe_fix_is_counted_apart(desk: Path, wflint: Wflint) -> None:
    desk.write_text(UNSAFE, encoding="utf-8")
    told = wflint("check", "--no-cache", "--output-format", "concise")
    assert "[*]" not in told.out
    assert told.out.endswith("\n1 fixable with `--fix --unsafe-fixes`.\n")
    assert wflint("check", "--no-cache", "--fix").code == 1
    assert desk.read_text(encoding="utf-8") == UNSAFE
    assert wflint("check", "--no-cache", "--fix", "--unsafe-fixes").code == 0
    assert '"wait"' not in desk.read_text(encoding="utf-8")


def test_the_diff_changes_nothing(desk: Path, wflint: Wflint) -> None:
    told = wflint("check", "--no-cache", "--diff")
    assert told.code == 1
    assert told.err == "wflint: would make 1 fix\n"
    assert told.out.startswith("--- a/desk.py\n+++ b/desk.py\n")
    changed = [line for line in told.out.splitlines()[2:] if line.startswith(("-", "+"))]
    assert changed == [
        '-    return {"topics": [state["leter"]]}  # one',
        '+    return {"topics": [state["letter"]]}  # one',
    ]
    assert desk.read_bytes() == PROGRAM.encode()


def test_a_fix_is_made_and_what_is_left_is_reported(desk: Path, wflint: Wflint, tmp_path: Path) -> None:
    cache = f"--cache-dir={tmp_path / 'cache'}"
    assert wflint("check", cache).code == 1
    told = wflint("check", cache, "--fix")  # from what the cache holds
    assert (told.code, told.err) == (0, "wflint: made 1 fix\n")
    assert "WF101" not in told.out
    assert desk.read_bytes() == FIXED.encode()
    again = wflint("check", cache, "--fix")
    assert (again.code, again.err) == (0, "wflint: made no fixes\n")


@pytest.mark.parametrize("data", [PROGRAM.replace("\n", "\r\n").encode(), PROGRAM.encode("utf-8-sig")])
def test_line_ends_and_marks_stay(desk: Path, wflint: Wflint, data: bytes) -> None:
    desk.write_bytes(data)
    assert wflint("check", "--no-cache", "--fix").code == 0
    assert desk.read_bytes() == data.replace(b"leter", b"letter")


def test_an_ignored_finding_is_not_fixed(desk: Path, wflint: Wflint) -> None:
    ignored = PROGRAM.replace("# one", "# wflint: ignore[WF101]")
    desk.write_text(ignored, encoding="utf-8")
    wflint("check", "--no-cache", "--fix", "--unsafe-fixes")
    assert desk.read_text(encoding="utf-8") == ignored


def test_only_files_that_were_asked_for_are_changed(desk: Path, wflint: Wflint, tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("x = 1\n", encoding="utf-8")
    wflint("check", "other.py", "--no-cache", "--fix")
    assert desk.read_bytes() == PROGRAM.encode()


@pytest.mark.parametrize("arguments", [("--unsafe-fixes",), ("-", "--stdin-filename", "desk.py", "--fix")])
def test_what_cannot_be_fixed_is_a_wrong_command(
    desk: Path, wflint: Wflint, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROGRAM.encode())))
    assert wflint("check", *arguments).code == 2
    assert desk.read_bytes() == PROGRAM.encode()


def test_programs_are_told_the_edits(desk: Path, wflint: Wflint) -> None:
    line = next(number for number, line in enumerate(PROGRAM.splitlines(), start=1) if "leter" in line)
    column = PROGRAM.splitlines()[line - 1].index("leter") + 1
    assert desk.is_file()
    found = json.loads(wflint("check", "--no-cache", "--output-format", "json").out)["findings"]
    (fix,) = [finding["fix"] for finding in found if finding["fix"] is not None]
    place = fix["edits"][0]["location"]
    assert (fix["title"], fix["safe"], [edit["text"] for edit in fix["edits"]]) == ('read "letter"', True, ["letter"])
    assert (place["path"], place["line"], place["column"], place["endColumn"]) == ("desk.py", line, column, column + 5)
    sarif = json.loads(wflint("check", "--no-cache", "--output-format", "sarif").out)
    (told,) = [result["fixes"] for result in sarif["runs"][0]["results"] if "fixes" in result]
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + 5}
    assert told == [
        {
            "description": {"text": 'read "letter"'},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "desk.py", "uriBaseId": "%SRCROOT%"},
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": "letter"}}],
                }
            ],
        }
    ]


def test_fixes_that_may_change_results_are_offered(desk: Path, wflint: Wflint) -> None:
    desk.write_text(UNSAFE, encoding="utf-8")
    assert wflint("check", "--no-cache", "--diff").err == "wflint: would make no fixes; 1 more with --unsafe-fixes\n"
    assert wflint("check", "--no-cache", "--fix").err == "wflint: made no fixes; 1 more with --unsafe-fixes\n"
    assert wflint("check", "--no-cache", "--diff", "--unsafe-fixes").err == "wflint: would make 1 fix\n"
