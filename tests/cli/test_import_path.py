"""What lies in the audited folder is never imported, whoever does the work and however wflint is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.programs import DESK
from tests.meta.refresh import ROOT

LIBRARY = ("__future__", "numbers", "json", "ast", "struct", "pickle", "multiprocessing", "typing", "click", "msgspec")
"""Modules that the interpreter does not load by itself before it looks for wflint."""
PACKAGE = "wflint/__init__"
"""Which `python -m wflint` runs whatever wflint does: the interpreter finds it first."""

AS_MODULE = ("-m", "wflint")
AS_MODULE_SAFELY = ("-P", "-m", "wflint")
AS_SCRIPT = ("../bin/wflint",)
CHECK = ("check", ".", "--no-cache")
TOGETHER = ("summarize", ".", "../other", "--no-cache", "--engine", "processes", "--jobs", "2", "--into", "../made")


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    """A folder whose modules leave a mark where they are run, another one, and the script that an installer writes."""
    folder, script = tmp_path / "audited", tmp_path / "bin" / "wflint"
    for each in (folder / "wflint", tmp_path / "other", script.parent):
        each.mkdir(parents=True)
    for name in ("audited", "other"):
        (tmp_path / name / "desk.py").write_text(DESK, encoding="utf-8")
    script.write_text("from wflint.cli import main\n\nif __name__ == '__main__':\n    main()\n", encoding="utf-8")
    return folder


def marked(audited: Path, names: tuple[str, ...], *arguments: str) -> tuple[int, list[str]]:
    """The exit code of a run in a folder with modules of these names, and which of them were run."""
    mark = audited.parent / "mark"
    for name in names:
        line = f"with open({str(mark)!r}, 'a') as mark:\n    mark.write({name!r} + '\\n')\n"
        (audited / f"{name}.py").write_text(line, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, *arguments],
        cwd=audited,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.returncode, mark.read_text(encoding="utf-8").split() if mark.exists() else []


@pytest.mark.parametrize(
    ("names", "start", "command", "code"),
    [
        (LIBRARY, AS_MODULE, CHECK, 1),
        (LIBRARY, ("-mwflint",), CHECK, 1),
        pytest.param(LIBRARY, AS_MODULE, TOGETHER, 0, marks=pytest.mark.slow),
        ((*LIBRARY, PACKAGE), AS_SCRIPT, CHECK, 1),
        ((*LIBRARY, PACKAGE), AS_MODULE_SAFELY, CHECK, 1),
        pytest.param((*LIBRARY, PACKAGE), AS_SCRIPT, TOGETHER, 0, marks=pytest.mark.slow),
        pytest.param((*LIBRARY, PACKAGE), AS_MODULE_SAFELY, TOGETHER, 0, marks=pytest.mark.slow),
    ],
)
def test_nothing_of_the_audited_folder_is_run(
    audited: Path, names: tuple[str, ...], start: tuple[str, ...], command: tuple[str, ...], code: int
) -> None:
    assert marked(audited, names, *start, *command) == (code, [])


def test_the_path_of_a_program_that_uses_wflint_is_its_own(audited: Path) -> None:
    (audited / "tool").mkdir()
    (audited / "tool" / "__init__.py").write_text("import wflint\n", encoding="utf-8")
    (audited / "tool" / "__main__.py").write_text("import sys\nimport beside\n", encoding="utf-8")
    assert marked(audited, ("beside",), "-m", "tool") == (0, ["beside"])


def test_a_wflint_that_lies_in_the_folder_is_still_found(audited: Path) -> None:
    (audited / "wflint").rmdir()
    (audited / "wflint").symlink_to(ROOT / "src" / "wflint")
    assert marked(audited, (), *AS_MODULE, "graph", ".", "--no-cache") == (0, [])
