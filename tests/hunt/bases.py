"""What the hunt mutates: the fixtures, the examples of the rules, the programs of the conformance suite, settings."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from msgspec import Struct

from tests.frontends.fixtures import FOLDER, PROJECTS
from tests.history.programs import DESK
from tests.hunt.observing import COMMANDS, HERE, OF_TRACES, WRITING, Files
from tests.hunt.recordings import PROGRAM, recordings
from tests.meta.refresh import ROOT
from tests.rules.examples import examples
from wflint import rulebook

WHOLE = (FOLDER / "tour", *sorted(path for path in PROJECTS.iterdir() if path.is_dir()))
"""Folders that are one program."""

SUFFIXES = frozenset({".py", ".ipynb", ".yaml", ".json", ".jsonc", ".toml"})

SETTINGS = """\
[project]
name = "hunted"
dependencies = ["langgraph>=0.2,<2", "crewai[tools]==1.2; python_version > '3.9'", "llama-index @ file:///x"]

[project.optional-dependencies]
more = ["haystack-ai"]

[tool.uv]
constraint-dependencies = ["autogen-agentchat<1"]

[tool.wflint]
select = ["WF"]
extend-select = ["WF951"]
ignore = ["undeclared-contract", "WF4"]
persona = "auditor"
fail-on = "warning"
exclude = ["build", "*.gen.py"]
min-coverage = 40.0
encoder = "static"
decisions = "wflint.decisions.toml"

[tool.wflint.severity]
WF301 = "note"

[tool.wflint.versions]
langgraph = "1.0"

[tool.wflint.approval-gates]
pay = ["approve"]

[tool.wflint.per-file-ignores]
"tests/**" = ["WF301", "WF302"]
"*.ipynb" = ["WF9"]

[tool.wflint.labels]
runs = 100

[tool.wflint.cost]
output = 5
models.m-1 = { input = 1.0, output = 2 }
"""

_ENTRY = """\
[[decision]]
workflow = "desk.py::builder"
source = "research"
target = "draft"
decision = "static"
by = "me"
reason = "so"
contracts = "0123456789abcdef"
"""
_KNOWN = {
    "fingerprint": "0" * 32, "code": "WF301", "name": "unreachable-step", "level": "error", "persona": "regular",
    "path": "desk.py", "workflow": None, "message": "x",
}  # fmt: skip
_LOCK = '[[package]]\nname = "langgraph"\nversion = "1.0.1"\n\n[[package]]\nname = "crewai"\nversion = "0.1"\n'
_LABEL = '{"workflow": "desk.py::builder", "source": "research", "target": "draft", "mismatch": true}\n'

BESIDE: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = (
    ("pyproject.toml", SETTINGS, (*COMMANDS, *WRITING)),
    ("wflint.toml", SETTINGS.split("[tool.wflint]\n")[1].replace("[tool.wflint.", "["), COMMANDS),
    ("wflint.decisions.toml", _ENTRY + _ENTRY.replace("research", "idle"), (*COMMANDS[:4], ("plan",))),
    (
        "wflint.baseline.json",
        json.dumps({"version": 1, "findings": [_KNOWN]}),
        (("baseline", "--prune"), ("check", "--baseline", f"{HERE}/wflint.baseline.json")),
    ),
    ("labels.jsonl", _LABEL * 3, (("calibrate", "--labels", f"{HERE}/labels.jsonl"),)),
    ("uv.lock", "version = 1\n" + _LOCK, COMMANDS[:1]),
    ("poetry.lock", _LOCK, COMMANDS[:1]),
    ("Pipfile.lock", '{"default": {"langgraph": {"version": "==1.0"}}}', COMMANDS[:1]),
    ("requirements.txt", "-r more.txt\n-c ../outside.txt\nlanggraph>=1,<2 ; extra == 'x' # y\n", COMMANDS[:1]),
    ("environment.yml", "dependencies:\n  - langgraph=1.0\n  - pip:\n    - crewai>=0.1\n", COMMANDS[:1]),
    ("setup.cfg", "[options]\ninstall_requires =\n  langgraph>=1\n  crewai\n", COMMANDS[:1]),
    (".gitignore", "build/\n!x\n*.gen.py\n", (("check", "--show-files"),)),
)
"""Documents that stand beside a program, each with the commands that read it."""


class Base(Struct, frozen=True):
    """A program that the hunt starts from; `mutable` are the files of it that may change, for each of `commands`."""

    name: str
    files: Files
    mutable: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...] = (*COMMANDS, *COMMANDS, *WRITING)

    @property
    def size(self) -> int:
        return sum(len(data) for _, data in self.files)


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
    return (*alone, *whole, *_pages(), *_conforming(), *_beside(), *_recorded())


def _pages() -> list[Base]:
    """The examples of the rules' pages, sound and not."""
    pages = [each for page in rulebook.load().pages for each in examples(page.name, page.body)]
    shown = [(each.page, tuple((file.path, file.code.encode()) for file in each.files)) for each in pages]
    return [
        Base(f"{page} {number}", files, tuple(name for name, _ in files if Path(name).suffix in SUFFIXES))
        for number, (page, files) in enumerate(shown)
    ]


def _conforming() -> list[Base]:
    paths = sorted(ROOT.glob("conformance/*/*.py"))
    return [Base(f"conforming {path.stem}", ((path.name, path.read_bytes()),), (path.name,)) for path in paths]


def _beside() -> list[Base]:
    program = ("desk.py", DESK.encode())
    return [
        Base(f"desk with {name}", (program, (name, text.encode())), (name,), commands)
        for name, text, commands in BESIDE
    ]


def _recorded() -> list[Base]:
    """Programs whose recorded runs are what changes."""
    return [
        Base(f"recorded {name}", (("desk.py", PROGRAM.encode()), (name, text.encode())), (name,), OF_TRACES)
        for name, text in recordings().items()
    ]


def _alone(folder: Path, path: Path) -> Base:
    """A file with what lies in folders beside it."""
    beside = [other for other in _sources(folder) if other.parent != folder]
    files = ((path.name, path.read_bytes()), *_read(folder, beside))
    return Base(path.relative_to(FOLDER).as_posix(), files, tuple(name for name, _ in files))


def _whole(folder: Path) -> Base:
    files = _read(folder, _sources(folder))
    return Base(folder.relative_to(FOLDER).as_posix(), files, tuple(name for name, _ in files))


def _sources(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return [path for path in found if not path.name.endswith(".graph.json")]


def _read(folder: Path, paths: list[Path]) -> Files:
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)
