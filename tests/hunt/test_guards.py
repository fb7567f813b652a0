"""The guard of the hunt sees what a command must not do, and leaves alone what it may."""

from __future__ import annotations

import json
import runpy
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hunt.guards import watched
from tests.hunt.observing import SECRET, Link, observed, outside_of, written

PROGRAM = "x = 1\n"


def told(root: Path, act: Callable[[], object]) -> list[str]:
    """What the guard says of an act."""
    found: list[str] = []
    with watched(root, root.parent / "out", tell=found.append):
        act()
    return [each.replace(str(root.parent), "") for each in found]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    outside_of(tmp_path)
    written((("flow.py", PROGRAM.encode()),), tmp_path / "root", (Link("linked.py", "../outside.py"),))
    (tmp_path / "out").mkdir()
    return tmp_path / "root"


def test_what_is_read_outside_is_told(root: Path) -> None:
    assert told(root, (root / "flow.py").read_bytes) == []
    assert told(root, (root.parent / "outside.py").read_bytes) == ["reads /outside.py"]
    assert told(root, (root / "linked.py").read_bytes) == ["reads /root/linked.py"]
    assert told(root, lambda: list(root.parent.iterdir()))[0].startswith("looks into")


def test_what_is_written_is_told(root: Path) -> None:
    assert told(root, lambda: (root.parent / "out/a.txt").write_text("x")) == []
    assert told(root, lambda: (root / "a.txt").write_text("x")) == ["writes /root/a.txt"]
    assert told(root, (root / "a.txt").unlink) == ["os.remove /root/a.txt"]
    assert told(root, lambda: (root / "flow.py").rename(root.parent / "out/b.py")) == ["os.rename /root/flow.py"]


def test_what_is_run_is_told(root: Path) -> None:
    assert told(root, lambda: json.loads("[1]")) == []
    [ran] = told(root, lambda: runpy.run_path(str(root / "flow.py")))
    assert ran.startswith("executes /root/flow.py")
    [started] = told(root, lambda: subprocess.run([sys.executable, "-c", ""], check=True, timeout=60))
    assert started.startswith("subprocess.Popen")
    with socket.socket() as connection:
        assert told(root, lambda: connection.bind(("127.0.0.1", 0)))[0].startswith("socket.bind")


def test_a_command_that_stays_inside_has_no_faults(root: Path) -> None:
    found = observed(root, ("check", "--output-format", "json"))
    assert (found.faults, found.code) == ((), 0)
    assert SECRET.encode() not in found.out
