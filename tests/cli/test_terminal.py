"""What a person at a terminal sees: colours, links, a sign of life, completed words."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.history.programs import DESK
from tests.meta.refresh import ROOT
from tests.waiting import PATIENCE
from wflint import cli
from wflint.cli import progress

LINK = re.compile(r"\x1b\]8;;(?P<address>[^\x1b]*)\x1b\\")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "desk.py").write_text(DESK, encoding="utf-8")
    return tmp_path


def at_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What wflint shows at a terminal."""
    ours, theirs = pty.openpty()
    variables = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    given = {**variables, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **environment}
    command = [sys.executable, "-m", "wflint", *arguments]
    with subprocess.Popen(command, cwd=folder, env=given, stdin=theirs, stdout=theirs, stderr=theirs) as process:  # noqa: S603
        os.close(theirs)
        data = b""
        try:
            while select.select([ours], [], [], PATIENCE)[0] and (chunk := os.read(ours, 65_536)):
                data += chunk
        except OSError:  # the other end is closed
            pass
        process.wait(PATIENCE)
    os.close(ours)
    return data.decode()


def test_a_terminal_gets_frames_colours_and_links(folder: Path) -> None:
    said = at_terminal(folder, "check", "--no-cache")
    assert "\x1b[1;31m" in said
    pages = [address.rpartition("/")[2] for address in LINK.findall(said) if address]
    assert pages == ["undeclared-output.md", "read-never-written.md", "unreachable-step.md"]
    assert "builder.add_node" in said


@pytest.mark.parametrize(
    ("environment", "colored", "linked"),
    [
        ({"NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"FORCE_HYPERLINK": "0"}, True, False),
        ({"NO_COLOR": "1", "FORCE_HYPERLINK": "1"}, False, True),
    ],
)
def test_what_people_set_is_respected(folder: Path, environment: dict[str, str], colored: bool, linked: bool) -> None:  # noqa: FBT001 (a table)
    said = at_terminal(folder, "check", "--no-cache", **environment)
    assert (("\x1b[1;31m" in said), LINK.search(said) is not None) == (colored, linked)


def test_no_terminal_no_links(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["check", "--no-cache", str(folder), "--color", "always"])
    assert LINK.search(capsys.readouterr().out) is None


class Terminal:
    """A standard error that is one."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        """Everything is there at once."""


def test_long_work_gives_a_sign_and_takes_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    monkeypatch.setattr(progress, "BEAT", 0.01)
    with progress.shown("checking", quiet=False):
        time.sleep(0.2)
    assert terminal.text.startswith("\r\x1b[2Kwflint: checking (0 s)")
    assert terminal.text.endswith("\r\x1b[2K")


def test_short_work_and_quiet_work_give_none(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress.shown("checking", quiet=False):
        pass
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    with progress.shown("checking", quiet=True):
        time.sleep(0.1)
    assert terminal.text == ""


@pytest.mark.parametrize(("shell", "check"), [("bash", ["bash", "-n"]), ("zsh", []), ("fish", [])])
def test_the_script_for_a_shell(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shell: str, check: list[str]
) -> None:
    assert cli.run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_WFLINT_COMPLETE={shell}_complete" in script
    (tmp_path / "script").write_text(script, encoding="utf-8")
    if check:
        subprocess.run([*check, str(tmp_path / "script")], check=True, timeout=PATIENCE)  # noqa: S603


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wflint ch", ["check"]),
        ("wflint check --output-fo", ["--output-format"]),
        ("wflint check --output-format sa", ["sarif"]),
        ("wflint rule WF40", ["WF401", "WF403", "WF404", "WF405", "WF406", "WF407", "WF408"]),
        ("wflint check --select WF101,unreach", ["WF101,unreachable-step"]),
    ],
)
def test_words_are_completed(words: str, expected: list[str]) -> None:
    number = str(len(words.split()) - 1)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "_WFLINT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": number,
    }
    done = subprocess.run(
        [sys.executable, "-c", "from wflint.cli import main; main()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert [line.partition(",")[2] for line in done.stdout.splitlines()] == expected


def _deep(number: int) -> str:
    """A function that builds a workflow within more loops than Python compiles: its evaluation is cut short."""
    lines = ["    " + " " * depth + f"for a{depth} in given:" for depth in range(25)]
    return "\n".join((f"def build{number}(given):", *lines, " " * 30 + "StateGraph(dict).compile()\n"))


@pytest.mark.parametrize(("options", "shown", "more"), [((), 5, ["wflint: 2 more places"]), (("--verbose",), 7, [])])
def test_of_many_notices_of_a_kind_a_few_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], shown: int, more: list[str]
) -> None:
    source = "from langgraph.graph import StateGraph\n" + "\n".join(map(_deep, range(7)))
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    cli.run(["check", str(tmp_path), "--no-cache", *options])
    said = capsys.readouterr().err.splitlines()
    assert len([line for line in said if "was cut short after" in line]) == shown
    assert [line[: len("wflint: 2 more places")] for line in said if "more places" in line] == more
