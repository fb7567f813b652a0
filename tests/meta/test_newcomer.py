"""The recipes of docs/architecture.md work as they are written: followed in a copy of the repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.meta.refresh import ROOT
from tests.rules.examples import examples
from tests.waiting import PATIENCE
from wflint.rulebook import parse_page

GUIDE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^(?P<indent> *)`(?P<path>[^`\n]+)`\n\n"
    r"(?P=indent)(?P<fence>`{3,})(?P<kind>\w+)\n(?P<code>.*?)^(?P=indent)(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
OUTPUT = re.compile(
    r"^`python -m (?P<command>wflint [^`]+)`[^\n]*\n\n```text\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
PAGE = "forked-step"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the package with the toys in it, and the toy program beside it."""

    folder: Path

    @property
    def program(self) -> Path:
        return self.folder / "program"

    def place(self, path: str) -> Path:
        """Where a file of the guide belongs: those in a folder are wflint's, the others are the program's."""
        return self.folder / path if "/" in path else self.program / path

    def follow(self, path: str, kind: str, code: str) -> None:
        """Write a file, or change one."""
        place = self.place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = changed(place.read_text(encoding="utf-8"), code) if kind == "diff" else code
        place.write_text(text, encoding="utf-8")

    def say(self, command: str, folder: Path) -> str:
        """What a command prints in a folder."""
        return subprocess.run(
            [sys.executable, "-m", *command.split()],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(self.folder / "src")},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        ).stdout


def changed(text: str, diff: str) -> str:
    """A text with the lines that a diff adds, next to those that it shows."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] or "\n" for line in lines if not line.startswith("+"))
    after = "".join(line[1:] or "\n" for line in lines)
    assert text.count(before) == 1, f"the guide shows lines that are not there once:\n{before}"
    return text.replace(before, after)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    made = Copy(tmp_path_factory.mktemp("newcomer"))
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, made.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for block in BLOCK.finditer(GUIDE):
        code = "".join(line.removeprefix(block["indent"]) for line in block["code"].splitlines(keepends=True))
        made.follow(block["path"], block["kind"], code)
    return made


def shown(command: str) -> tuple[str, list[str]]:
    """A command of the guide with the lines that it says come out."""
    [block] = [block for block in OUTPUT.finditer(GUIDE) if block["command"].startswith(f"wflint {command} ")]
    return block["command"], block["text"].splitlines()


def test_the_toy_framework_has_the_graph_that_the_guide_shows(copy: Copy) -> None:
    command, expected = shown("graph")
    [workflow] = json.loads(copy.say(command, copy.program))["workflows"]
    assert sorted(f"{edge['source']} -> {edge['target']}" for edge in workflow["edges"]) == expected
    assert (workflow["framework"], workflow["name"], workflow["unresolved"]) == ("relay", "desk", [])
    contracts = {step["id"]: (names(step["needs"]), names(step["offers"])) for step in workflow["steps"]}
    assert contracts == {
        "__start__": ([], []),
        "find": (["topic"], ["sources"]),
        "draft": (["sources"], ["text"]),
        "check": (["text"], ["verdict"]),
        "post": (["text"], ["posted"]),
    }


def names(fields: list[dict[str, str]]) -> list[str]:
    return [field["name"] for field in fields]


def test_the_toy_rule_says_what_the_guide_shows(copy: Copy) -> None:
    command, expected = shown("check")
    said = copy.say(command, copy.program).splitlines()
    assert [line for line in said if "[" in line] == expected


def test_a_toy_step_from_elsewhere_is_reported(copy: Copy) -> None:
    lost = textwrap.dedent("""
        from relay import Relay

        def unseen(step_from_elsewhere):
            desk = Relay("desk")
            desk.step(step_from_elsewhere)
            return desk
    """)
    folder = copy.folder / "lost"
    folder.mkdir()
    (folder / "lost.py").write_text(lost, encoding="utf-8")
    [workflow] = json.loads(copy.say("wflint graph . --format json --no-cache", folder))["workflows"]
    assert [item["reason"] for item in workflow["unresolved"]] == ["a step could not be resolved"]


def test_the_toy_page_is_found_on_its_bad_lines_only(copy: Copy) -> None:
    page = parse_page(copy.place(f"rules/{PAGE}.md").read_text(encoding="utf-8"), f"{PAGE}.md")
    folder, known = copy.folder / "examples", examples(page.name, page.body)
    for example in known:
        example.write(folder / example.section)
    said = json.loads(copy.say("wflint check . --output-format json --no-cache", folder))["findings"]
    found = [(item["location"]["path"], item["location"]["line"]) for item in said if item["name"] == PAGE]
    assert found == [(f"{example.section}/{one.path}", one.line) for example in known for one in example.expected]
