from __future__ import annotations

from pathlib import Path

import pytest

from wflint import config
from wflint.config import Config, OutputFormat, find_root, glob_matches
from wflint.errors import ConfigError
from wflint.model.finding import Level, Persona

EVERYTHING = """
[tool.wflint]
select = ["WF5"]
extend-select = ["WF301"]
ignore = ["concurrent-write"]
per-file-ignores = { "tests/**" = ["WF1"] }
exclude = ["vendored"]
severity = { WF301 = "error" }
persona = "auditor"
fail-on = "error"
output-format = "sarif"
"""


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "pyproject.toml", EVERYTHING)
    assert config.load(tmp_path, tmp_path) == config.Located(
        Config(
            select=("WF5",),
            extend_select=("WF301",),
            ignore=("concurrent-write",),
            per_file_ignores={"tests/**": ("WF1",)},
            exclude=("vendored",),
            severity={"WF301": Level.ERROR},
            persona=Persona.AUDITOR,
            fail_on=Level.ERROR,
            output_format=OutputFormat.SARIF,
        ),
        path,
    )


def test_nothing_to_read_is_the_default(tmp_path: Path) -> None:
    write(tmp_path, "pyproject.toml", "[project]\nname = 'x'\n")
    assert config.load(tmp_path, tmp_path) == config.Located(Config(), None)


def test_the_nearest_file_wins_and_wflint_toml_before_pyproject(tmp_path: Path) -> None:
    write(tmp_path, "pyproject.toml", "[tool.wflint]\nselect = ['WF1']\n")
    inner = write(tmp_path / "a", "wflint.toml", "select = ['WF2']\n")
    write(tmp_path / "a", "pyproject.toml", "[tool.wflint]\nselect = ['WF3']\n")
    deeper = write(tmp_path / "a" / "b", "agent.py", "")
    assert config.load(deeper, tmp_path) == config.Located(Config(select=("WF2",)), inner)


@pytest.mark.parametrize("name", ["wflint.toml", "pyproject.toml"])
def test_a_link_out_of_the_root_is_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.toml").write_text("[tool.wflint]\n", encoding="utf-8")
    root = tmp_path / "root"
    root.mkdir()
    (root / name).symlink_to("../outside.toml")
    with pytest.raises(ConfigError, match="is a link that leads out of"):
        config.load(root, root)
    (root / name).unlink()
    (root / name).symlink_to(name)
    assert config.load(root, root).path is None


def test_a_link_within_the_root_is_read(tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text('ignore = ["WF101"]\n', encoding="utf-8")
    (tmp_path / "wflint.toml").symlink_to("all.toml")
    assert config.load(tmp_path, tmp_path).config.ignore == ("WF101",)


def test_a_project_file_without_our_table_is_passed_over(tmp_path: Path) -> None:
    outer = write(tmp_path, "wflint.toml", "ignore = ['WF2']\n")
    write(tmp_path / "a", "pyproject.toml", "this is = not toml")
    assert config.load(tmp_path / "a", tmp_path) == config.Located(Config(ignore=("WF2",)), outer)


def test_nothing_above_the_root_is_read(tmp_path: Path) -> None:
    write(tmp_path, "wflint.toml", "ignore = ['WF2']\n")
    (tmp_path / "a").mkdir()
    assert config.load(tmp_path / "a", tmp_path / "a") == config.Located(Config(), None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("igonre = []", "unknown key 'igonre'; the nearest one is 'ignore'", id="misspelt key"),
        pytest.param("zzz = 1", "unknown key 'zzz'; the nearest one is 'versions'", id="no such key at all"),
        pytest.param("select = 'WF1'", "key 'select': Input should be a valid tuple", id="text for a list"),
        pytest.param("select = [1]", "key 'select.0': Input should be a valid string", id="number for a code"),
        pytest.param(
            "persona = 'loud'",
            "key 'persona': Input should be 'regular', 'pedantic' or 'auditor'",
            id="no such persona",
        ),
        pytest.param(
            "severity = { WF1 = 'fatal' }",
            "key 'severity.WF1': Input should be 'note', 'warning' or 'error'",
            id="no such level",
        ),
    ],
)
def test_a_mistake_names_the_file_and_the_key(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, "wflint.toml", text)
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path, tmp_path)
    assert str(caught.value) == f"{path}: {message}"


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "wflint.toml", "select = [")
    with pytest.raises(ConfigError, match="cannot be read") as caught:
        config.load(tmp_path, tmp_path)
    assert caught.value.source == str(path)


def test_a_table_that_is_none_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, "pyproject.toml", "[tool]\nwflint = 3\n")
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path, tmp_path)
    assert str(caught.value) == f"{path}: [tool.wflint] is not a table"


def test_overrides_replace_key_by_key() -> None:
    below = Config(ignore=("WF1",), persona=Persona.AUDITOR)
    assert below.overridden(Config(ignore=("WF2",))) == Config(ignore=("WF2",), persona=Persona.AUDITOR)


def test_a_selection_on_the_command_line_drops_the_ignores_of_the_file() -> None:
    below = Config(select=("WF1",), ignore=("WF301",), extend_select=("WF2",), fail_on=Level.NOTE)
    assert below.overridden(Config(select=("WF301",))) == Config(
        select=("WF301",), ignore=(), extend_select=(), fail_on=Level.NOTE
    )


def test_the_root_is_the_repository_then_the_project_then_the_folder(tmp_path: Path) -> None:
    project = tmp_path / "repo" / "project"
    write(project, "pyproject.toml", "")
    source = write(project / "src", "agent.py", "")
    assert find_root(source) == project
    (tmp_path / "repo" / ".git").mkdir()
    assert find_root(source) == tmp_path / "repo"
    assert find_root(tmp_path / "repo" / "project") == tmp_path / "repo"
    alone = write(tmp_path / "alone", "agent.py", "")
    assert find_root(alone) == tmp_path / "alone"


@pytest.mark.parametrize(
    ("pattern", "path", "covers"),
    [
        ("agent.py", "agent.py", True),
        ("agent.py", "deep/down/agent.py", True),
        ("agent.py", "agent.pyi", False),
        ("*.py", "deep/agent.py", True),
        ("src/*.py", "src/agent.py", True),
        ("src/*.py", "src/deep/agent.py", False),
        ("src/**/*.py", "src/agent.py", True),
        ("src/**/*.py", "src/deep/down/agent.py", True),
        ("src/**", "src/deep/agent.py", True),
        ("src", "src/deep/agent.py", True),
        ("src/", "other/src/agent.py", True),
        ("/src", "other/src/agent.py", False),
        ("./src/agent.py", "src/agent.py", True),
        ("a?.py", "ab.py", True),
        ("a?.py", "a/.py", False),
        ("a.b", "axb", False),
    ],
)
def test_patterns(pattern: str, path: str, covers: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert glob_matches(pattern, path) is covers


@pytest.mark.parametrize("key", ["select", "exclude", "plugins"])
def test_an_empty_entry_of_a_list_is_named(tmp_path: Path, key: str) -> None:
    path = write(tmp_path, "wflint.toml", f'{key} = [""]\n')
    with pytest.raises(ConfigError, match=f"{key}.*at least 1 character") as caught:
        config.load(tmp_path, tmp_path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = " + "[" * 2_000 + "]" * 2_000, id="brackets"),
        pytest.param(".".join("a" * 2_000) + " = 1", id="a dotted key"),
        pytest.param("[per-file-ignores]\n" + ".".join("a" * 2_000) + " = []", id="a dotted key within a setting"),
        pytest.param("a = " + "9" * 5_000, id="a number that is too long"),
    ],
)
def test_a_file_that_is_too_much_is_named(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "wflint.toml", text)
    with pytest.raises(ConfigError, match=r"nests too deeply|cannot be read|unknown key") as caught:
        config.load(tmp_path, tmp_path)
    assert str(path) in str(caught.value)


def test_what_other_tools_nest_is_theirs(tmp_path: Path) -> None:
    deep = "[tool.other]\n" + ".".join("a" * 500) + " = 1\n"
    write(tmp_path, "pyproject.toml", deep + '[tool.wflint]\npersona = "auditor"\n')
    assert config.load(tmp_path, tmp_path).config.persona is Persona.AUDITOR
