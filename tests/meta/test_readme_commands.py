"""The commands that the README shows run, in a repository that has what they name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.programs import DESK, MENDED
from tests.meta.refresh import ROOT
from tests.revisions.repositories import Repository
from tests.waiting import PATIENCE
from wflint.writers.report.document import TotalsWire

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
COMMANDS = tuple(
    line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line.startswith("wflint ")
)
INLINE = tuple(
    found
    for found in re.findall(r"`(wflint [^`]+)`", TEXT.replace("\n", " "))
    if "fixtures/tour" not in found and re.fullmatch(r"wflint [a-z]+ .*", found) and "FILE" not in found
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """What the commands name: a remote branch, releases, folders, a baseline, pairs and labels."""
    made = Repository.make(tmp_path_factory.mktemp("readme"))
    made.commit({"src/agents/desk.py": DESK, "app.py": DESK})
    made.git("tag", "v1.0")
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    made.commit({"app.py": MENDED})
    made.git("tag", "v1.1")
    field = {"name": "notes", "type": "str", "description": ""}
    label = {"workflow": "app.py::builder", "source": "research", "target": "draft", "mismatch": {"n": 20, "k": 3}}
    baseline = {"version": 1, "findings": []}
    totals = {name: 0 for name, field in TotalsWire.model_fields.items() if field.is_required()}
    made.write(
        {
            "pairs.jsonl": json.dumps({"upstream": field, "downstream": field | {"prompt": ""}}) + "\n",
            "runs.jsonl": json.dumps(label) + "\n",
            "wflint.baseline.json": json.dumps(baseline),
            "health.json": json.dumps({"version": 1, "totals": totals, "findings": []}),
            "traces/run.jsonl": json.dumps({"resourceSpans": []}) + "\n",
        }
    )
    program = made.root / "bin/wflint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wflint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return made


@pytest.mark.parametrize("command", dict.fromkeys((*COMMANDS, *INLINE)))
def test_it_runs(repository: Repository, command: str) -> None:
    path = os.pathsep.join([str(repository.root / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(repository.root)}
    if " - " in f"{command} ":
        command = f"{command} < app.py"
    done = subprocess.run(  # noqa: S602 (a line of the README)
        command,
        shell=True,
        cwd=repository.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "error:" not in done.stderr.lower()
    assert done.stdout or done.stderr


def test_there_are_some() -> None:
    assert len(COMMANDS) >= 10
    assert Path(ROOT / "examples/github/wflint.yml").is_file()
