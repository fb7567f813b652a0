"""What is not needed is not loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.waiting import PATIENCE

HEAVY = ("jinja2", "libcst", "numpy", "pydantic", "rich", "ruamel", "sarif_om")
CODE = f"""
import sys
from wflint.cli import run
run(sys.argv[1:])
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def loaded(folder: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", CODE, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return done.stdout.splitlines()[-1]


def test_a_check_without_findings_takes_no_heavy_package(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "agent.py").write_text("from langgraph.graph import StateGraph\n", encoding="utf-8")
    assert loaded(tmp_path, "check", ".", "--no-cache") == "[]"


def test_a_configuration_is_checked_by_pydantic(tmp_path: Path) -> None:
    (tmp_path / "wflint.toml").write_text('ignore = ["WF301"]\n', encoding="utf-8")
    assert loaded(tmp_path, "check", ".", "--no-cache") == "['pydantic']"
