"""What the README shows works as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tests.meta.refresh import ROOT
from wflint.audit import audit
from wflint.cli import COMMANDS, wflint
from wflint.request import CacheChoice, Request

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^(?:- run: )?wflint (?P<name>[a-z]+)(?P<rest>[^#\n]*)", re.MULTILINE)
LINK = re.compile(r"`((?:docs|rules|fixtures)/[^`]*|[A-Z]+\.md)`")


def test_the_configuration_is_accepted(tmp_path: Path) -> None:
    [shown] = re.findall(r"^```toml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    (tmp_path / "pyproject.toml").write_text(shown, encoding="utf-8")
    request = Request.of(tmp_path)
    assert request.effective.ignore == ("undeclared-contract",)
    found = audit(Request(request.root, request.paths, request.settings, cache=CacheChoice(is_off=True)))
    assert found.findings == ()


@pytest.mark.parametrize("command", sorted({match["name"] for match in COMMAND.finditer(TEXT)}))
def test_every_command_exists(command: str) -> None:
    assert command in COMMANDS


@pytest.mark.parametrize(
    "option", sorted(set(re.findall(r"--[a-z-]+", "".join(m["rest"] for m in COMMAND.finditer(TEXT)))))
)
def test_every_option_exists(option: str) -> None:
    with click.Context(wflint) as context:
        commands = [wflint.get_command(context, name) for name in COMMANDS]
    assert option in {name for command in commands if command for each in command.params for name in each.opts}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_path_exists(page: str) -> None:
    named = LINK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [path for path in named if "<" not in path and not (ROOT / path).exists()] == []
