"""`--encoder` and the key of that name: which encoder is asked, and what is said where it cannot be had."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Wflint
from tests.rules.examples import examples
from wflint import rulebook
from wflint.errors import ConfigError
from wflint.matching.encoders import static

COMMANDS = ("check", "graph", "plan")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a soft gap in it, as the working folder."""
    (tmp_path / ".git").mkdir()
    page = rulebook.load().page("soft-gap")
    next(one for one in examples(page.name, page.body) if one.section == "Bad").write(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", COMMANDS)
def test_an_encoder_that_nobody_knows_is_an_error(wflint: Wflint, command: str) -> None:
    result = wflint(command, "--no-cache", "--encoder", "glove")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "wflint: error: unknown encoder 'glove'; it is 'static' or 'sentence-transformers:NAME_OR_PATH'\n"
    )


def test_it_is_an_error_in_the_configuration_too_and_the_command_line_goes_first(wflint: Wflint, project: Path) -> None:
    (project / "wflint.toml").write_text('encoder = "glove"\n', encoding="utf-8")
    assert wflint("check", "--no-cache").code == 2
    assert wflint("check", "--no-cache", "--encoder", "static").code == 1


def test_an_encoder_is_loaded_where_nothing_is_to_be_matched(wflint: Wflint, project: Path) -> None:
    for file in project.glob("*.py"):
        file.unlink()
    assert wflint("check", "--no-cache").code == 0
    assert wflint("check", "--no-cache", "--encoder", "glove").code == 2


@pytest.mark.usefixtures("project")
def test_without_the_extra_its_name_is_given(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    result = wflint("check", "--no-cache", "--encoder", "sentence-transformers:some/model")
    assert (result.code, result.out) == (2, "")
    assert "pip install 'wflint[sentence-transformers]'" in result.err


@pytest.mark.usefixtures("project")
def test_damaged_weights_are_no_crash_of_a_rule(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> static.StaticEncoder:
        raise ConfigError("vectors.npy is damaged; install wflint again")

    monkeypatch.setattr(static, "load", damaged)
    result = wflint("check", "--no-cache")
    assert (result.code, result.out) == (2, "")
    assert result.err == "wflint: error: vectors.npy is damaged; install wflint again\n"
