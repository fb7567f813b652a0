"""What goes wrong around a run is told in a sentence, and breaks nothing that was there."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.programs import DESK
from tests.meta.refresh import ROOT
from wflint import atomic, cli

CODES = {"WF101", "WF102", "WF301"}


def process(
    folder: Path, *arguments: str, within: str = "{wflint}", data: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """wflint in a process of its own, below a shell that prepares its surroundings."""
    words = " ".join(f"'{word}'" for word in (sys.executable, "-m", "wflint", *arguments))
    return subprocess.run(  # noqa: S603 (our own words)
        ["bash", "-c", within.format(wflint=words)],  # noqa: S607 (whichever there is)
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "desk.py").write_text(DESK, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ("{wflint} > /dev/full", "standard output cannot be written: No space left on device"),
        ("{wflint} >&-", "standard output is closed; --output-file writes to a file"),
        ("mkdir gone; cd gone; rmdir ../gone; {wflint}", ".: the working folder is gone"),
    ],
)
def test_surroundings_that_fail(folder: Path, within: str, said: str) -> None:
    done = process(folder, "check", "--no-cache", within=within)
    assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (2, f"wflint: error: {said}")


def test_a_closed_standard_error_is_nobody_s_loss(folder: Path) -> None:
    done = process(folder, "check", "--no-cache", within="{wflint} 2>&-")
    assert done.returncode == 1
    assert b"Found 3 findings" in done.stdout


def test_a_closed_standard_input(folder: Path) -> None:
    done = process(folder, "check", "--no-cache", "-", "--stdin-filename", "x.py", within="{wflint} <&-")
    assert (done.returncode, done.stderr) == (2, b"wflint: error: standard input is closed\n")


def test_a_working_folder_that_is_gone_matters_to_relative_paths_only(folder: Path) -> None:
    done = process(folder, "check", "--no-cache", str(folder), within="mkdir gone; cd gone; rmdir ../gone; {wflint}")
    assert done.returncode == 1
    assert f"{folder}/desk.py:" in done.stdout.decode()


def test_a_full_disk_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = folder / "report.json"
    report.write_text("old", encoding="utf-8")

    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("wflint.atomic.os.fdopen", full)
    assert cli.run(["check", str(folder), "--no-cache", "-o", str(report)]) == 2
    assert report.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["desk.py", "report.json"]


def test_a_file_is_replaced_with_its_rights_and_through_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    atomic.write(link, b"new")
    assert (link.is_symlink(), real.read_bytes(), real.stat().st_mode & 0o777) == (True, b"new", 0o640)
    atomic.write(tmp_path / "fresh.txt", b"x")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "fresh.txt").stat().st_mode & 0o777 == 0o666 & ~mask
    atomic.write(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said of arguments that are refused before anything is read."""
    assert cli.run(["check", "--no-cache", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()[-1]


def test_paths_that_hold_nothing_to_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe, loop, nowhere = folder / "pipe.py", folder / "loop.py", folder / "nowhere.py"
    os.mkfifo(pipe)
    loop.symlink_to(folder / "loop2.py")
    (folder / "loop2.py").symlink_to(loop)
    nowhere.symlink_to(folder / "nothing.py")
    assert "neither a file nor a folder" in refused(capsys, str(pipe))
    assert "cannot be followed" in (said := refused(capsys, str(loop))) or "no such file" in said
    assert "no such file or folder" in refused(capsys, str(nowhere))
    assert "an empty path stands for nothing" in refused(capsys, "")
    assert "an empty path stands for nothing" in refused(capsys, ".", "--output-file", "")
    assert "the name is not UTF-8" in refused(capsys, os.fsdecode(bytes(folder) + b"/\xff.py"))


def test_a_name_in_an_error_moves_no_cursor(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert refused(capsys, str(folder / "a\x1b[2J.py")).endswith("/a␛[2J.py: no such file or folder")


def test_what_cannot_be_read_within_a_folder_is_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(folder / "pipe.py")
    (folder / "loop.py").symlink_to(folder / "loop.py")
    Path(os.fsdecode(bytes(folder) + b"/\xff.py")).write_text(DESK, encoding="utf-8")
    assert cli.run(["check", "--no-cache", str(folder)]) == 1
    captured = capsys.readouterr()
    assert {line.split()[1] for line in captured.out.splitlines() if ": WF" in line} == CODES
    assert "a file name is not text, so the file was not read" in captured.err


def test_standard_input_stands_for_a_file(folder: Path) -> None:
    (folder / "desk.py").write_text("x = 1\n", encoding="utf-8")
    done = process(folder, "check", "--no-cache", "-q", "-", "--stdin-filename", "desk.py", data=DESK.encode())
    assert {line.split()[1] for line in done.stdout.decode().splitlines()} == CODES
    elsewhere = process(folder, "check", "--no-cache", "-q", "-", "--stdin-filename", "new/one.py", data=DESK.encode())
    assert {line.split()[0] for line in elsewhere.stdout.decode().splitlines()} == {
        f"new/one.py:{place}:" for place in ("13:38", "17:38", "27:1")
    }


def test_a_file_outside_a_repository_is_judged_as_inside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for name in ("outside", "inside"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "helper.py").write_text(DESK.partition("builder =")[0], encoding="utf-8")
        rest = DESK.partition("builder =")[2]
        text = f"from langgraph.graph import END, START, StateGraph\nfrom helper import *\nbuilder ={rest}"
        (folder / "desk.py").write_text(text, encoding="utf-8")
        if name == "inside":
            (folder / ".git").mkdir()
        cli.run(["check", "--no-cache", "--persona", "auditor", "--output-format", "json", str(folder / "desk.py")])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert '"WF301"' in said[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chekc",), "did you mean 'check'?"),
        (("check", "--selct", "x"), "--select"),
        (("rule", "WF3O1"), "did you mean 'WF301'?"),
        (("check", "--select", "unreachable-stpe"), "did you mean 'unreachable-step'?"),
        (("check", "--output-format", "sarfi"), "'sarif'"),
    ],
)
def test_a_wrong_word_is_named_with_the_nearest_right_one(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(folder)
    assert cli.run(arguments) == 2
    assert said in capsys.readouterr().err
