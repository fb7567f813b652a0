"""What the hunt mutates: the fixtures, each with the files that it needs, and a configuration with every setting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.frontends.fixtures import FOLDER, PROJECTS
from tests.hunt.observing import COMMANDS, OF_TRACES, Files
from tests.traces.programs import LIBRARY
from tests.traces.test_library import run
from tests.traces.writing import line

WHOLE = (FOLDER / "tour", *sorted(path for path in PROJECTS.iterdir() if path.is_dir()))
"""Folders that are one program."""

SUFFIXES = frozenset({".py", ".ipynb", ".yaml", ".json", ".jsonc", ".toml"})

SETTINGS = """\
[project]
name = "hunted"

[tool.wflint]
select = ["WF"]
extend-select = ["WF951"]
ignore = ["undeclared-contract", "WF4"]
persona = "auditor"
fail-on = "warning"
exclude = ["build", "*.gen.py"]
min-coverage = 40.0
encoder = "static"

[tool.wflint.per-file-ignores]
"tests/**" = ["WF301", "WF302"]
"*.ipynb" = ["WF9"]

[tool.wflint.labels]
runs = 100
"""


@dataclass(frozen=True, slots=True)
class Base:
    """A program that the hunt starts from; `mutable` are the files of it that may change, for each of `commands`."""

    name: str
    files: Files
    mutable: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...] = COMMANDS


@cache
def bases() -> tuple[Base, ...]:
    """Every base, in order."""
    alone = [
        _alone(folder, path)
        for folder in sorted(path for path in FOLDER.glob("*") if path.is_dir() and path != PROJECTS)
        for path in sorted(folder.glob("*"))
        if path.suffix in {".py", ".ipynb", ".yaml"}
    ]
    whole = [_whole(folder) for folder in WHOLE]
    return (*alone, *whole, *(_configured(base) for base in alone[::40]), _recorded())


def _recorded() -> Base:
    """A program whose recorded runs are what changes."""
    runs = [line(run(f"t{number}", 1 + number % 2, at=20 * number)) for number in range(3)]
    files = (("desk.py", LIBRARY.encode()), ("runs.jsonl", "".join(runs).encode()))
    return Base("recorded runs", files, ("runs.jsonl",), OF_TRACES)


def _alone(folder: Path, path: Path) -> Base:
    """A file with what lies in folders beside it."""
    beside = [other for other in _sources(folder) if other.parent != folder]
    files = ((path.name, path.read_bytes()), *_read(folder, beside))
    return Base(path.relative_to(FOLDER).as_posix(), files, tuple(name for name, _ in files))


def _whole(folder: Path) -> Base:
    files = _read(folder, _sources(folder))
    return Base(folder.relative_to(FOLDER).as_posix(), files, tuple(name for name, _ in files))


def _configured(base: Base) -> Base:
    """A base whose configuration is what changes."""
    settings = ("pyproject.toml", SETTINGS.encode())
    return Base(f"{base.name} with settings", (*base.files, settings), ("pyproject.toml",))


def _sources(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return [path for path in found if not path.name.endswith(".graph.json")]


def _read(folder: Path, paths: list[Path]) -> Files:
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)
