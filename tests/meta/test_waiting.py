"""No test waits for ever: whoever waits for another process says how long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.meta.refresh import ROOT

RUNS = frozenset({"run", "call", "check_call", "check_output"})
WAITS = frozenset({"wait", "communicate"})
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py"))


def endless(text: str) -> Iterator[str]:
    """The calls of a module that may wait for ever."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(ast.Name("subprocess"), name)) if name in RUNS:
                if all(keyword.arg != "timeout" for keyword in node.keywords):
                    yield ast.unparse(node.func)
            case ast.Call(func=ast.Attribute(_, name), args=[], keywords=[]) if name in WAITS or name == "join":
                yield ast.unparse(node.func)


@pytest.mark.parametrize("path", FILES)
def test_whoever_waits_says_how_long(path: str) -> None:
    assert list(endless((ROOT / path).read_text(encoding="utf-8"))) == []


def test_what_may_wait_for_ever_is_found() -> None:
    text = "subprocess.run(x)\nsubprocess.run(x, timeout=3)\nchild.wait()\nchild.wait(3)\nthread.join()\n','.join(x)\n"
    assert list(endless(text)) == ["subprocess.run", "child.wait", "thread.join"]


def test_the_tests_are_found() -> None:
    assert Path(__file__).relative_to(ROOT).as_posix() in FILES
