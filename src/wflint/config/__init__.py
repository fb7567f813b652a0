"""Configuration: `[tool.wflint]` of a pyproject.toml, or a wflint.toml, read strictly.

A key that is not known, or a value of the wrong kind, is an error that names the file and the key: a linter that
skips over a misspelt setting is believed to check what it does not.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from msgspec import Struct

from wflint.errors import ConfigError
from wflint.model.finding import Level, Persona
from wflint.model.releases import Releases


class OutputFormat(StrEnum):
    """How findings are printed."""

    FULL = "full"
    """With the code they are about."""
    CONCISE = "concise"
    """One line each."""
    JSON = "json"
    """For programs, versioned."""
    JSONL = "jsonl"
    """The same, an object a line."""
    SARIF = "sarif"
    """For code scanning."""
    GITHUB = "github"
    """Annotations, as commands in the log of a step."""
    GITLAB = "gitlab"
    """A code quality report."""
    JUNIT = "junit"
    """For whatever shows results of tests."""
    RDJSON = "rdjson"
    """For reviewdog."""
    MARKDOWN = "markdown"
    """For summaries and comments."""


class LabelSettings(Struct, frozen=True):
    """What the label of an edge is reckoned from; amounts in effective tokens (output tokens count four times).

    Every default is an estimate for a workflow nobody has measured; `wflint calibrate` and recorded runs better them.
    """

    runs: float = 200.0
    """N, runs until the contract changes: a workflow in use is touched every few weeks."""
    planning: float = 4_000.0
    """C_plan, writing the handling plan once: two prompts read (2,000), a few sentences written (500, four times)."""
    setup: float = 40_000.0
    """C_setup, a check, its handler and a test of both: their code is read (16,000) and written (6,000, four times)."""
    plan_tokens: float = 60.0
    """t_plan, the plan's own length, one or two sentences; paid on every run by a target that is prompted."""
    adapting: float = 300.0
    """A, what the target spends on following the plan when the output does not fit: some 75 tokens of caveat."""
    diagnosis: float = 30_000.0
    """Part of L: finding out, late, what went wrong, ten minutes of a person; to it comes what has to run again."""
    verdict: float = 20.0
    """Tokens of a model judge's answer, four times part of W; a schema check costs nothing."""
    judge_prompt: float = 150.0
    """Tokens of a model judge's question, part of W; what it reads comes on top."""
    handled_static: float = 0.5
    """h_s, share of mismatches that a plan foresees: those in presence and form, about half."""
    handled_check: float = 0.6
    """h_d where a schema check watches: it sees presence and form, as a plan does, but mends rather than makes do."""
    handled_judge: float = 0.9
    """h_d where a model judge watches: it reads what is said, too."""
    prior_strength: float = 3.0
    """Recorded runs that the source's word is worth: three that say otherwise outweigh it."""
    prior_scale: float = 1.0
    """Factor on the sum of the features' weights; 1 until labelled edges say otherwise."""
    prior_bias: float = 0.0
    """Added to the scaled sum, in log-odds; 0 until labelled edges say otherwise."""


class ModelCost(Struct, frozen=True):
    """What tokens of a model cost: prices for a million of them in any one currency, and a factor on its effort."""

    factor: float = 1.0
    """m: how much a token of this model counts in effective tokens."""
    input: float | None = None
    """Price of a million input tokens."""
    cached: float | None = None
    """Price of a million cached input tokens; that of input tokens where it is not given."""
    output: float | None = None
    """Price of a million output tokens, reasoning included."""


class CostSettings(Struct, frozen=True):
    """How recorded tokens are weighed: effective tokens, and money where prices are given."""

    cached: float = 0.1
    """An input token out of the cache, in effective tokens."""
    output: float = 4.0
    """An output token, reasoning included, in effective tokens."""
    models: Mapping[str, ModelCost] = {}
    """Models by name, without provider and date."""


DECISIONS_FILE = "wflint.decisions.toml"
"""Where people's decisions about edges are kept, below the root."""
BASELINE_FILE = "wflint.baseline.json"
"""Where `wflint baseline` writes, below the root."""

_DEEPEST = 16
"""Tables within tables; settings and decisions need three."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a run, as written; `None` where the default depends on something else.

    `given` are the names of those that somebody has set, if only to the default.
    """

    select: tuple[str, ...] | None = None
    """Rules that run: codes, prefixes of codes, or names; all of wflint's where it is not set."""
    extend_select: tuple[str, ...] = ()
    """Rules that run besides."""
    ignore: tuple[str, ...] = ()
    """Rules that do not run."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Patterns of paths, each with the rules that say nothing there."""
    exclude: tuple[str, ...] = ()
    """Patterns of files and folders that are not read."""
    severity: Mapping[str, Level] = field(default_factory=dict)
    """Rules, each with the level of its findings."""
    persona: Persona = Persona.REGULAR
    """Which findings are shown: `regular` for everyday work, `pedantic` for reviews, `auditor` for everything."""
    fail_on: Level = Level.WARNING
    """The lowest level that gives exit code 1."""
    output_format: OutputFormat | None = None
    """How findings are printed; `full` at a terminal, else `concise`, where it is not set."""
    min_coverage: float | None = None
    """Percent of the construction sites that must be recovered; less gives exit code 1."""
    labels: LabelSettings | None = None
    """What the labels of edges are reckoned from."""
    cost: CostSettings | None = None
    """How recorded tokens are weighed."""
    approval_gates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Steps that approve, each with the steps that may only run after it (WF307)."""
    decisions: str | None = None
    """The file of people's decisions about edges, below the root; `wflint.decisions.toml` where it is not set."""
    baseline: str | None = None
    """The file of the findings that are known already, below the root."""
    encoder: str | None = None
    """What compares words: `static`, or `sentence-transformers:NAME_OR_PATH` (needs the extra)."""
    plugins: tuple[str, ...] = ()
    """Entry points of packages that bring rules or front ends."""
    versions: Mapping[str, Releases] = field(default_factory=dict)
    """Frameworks, each with its release or a range of releases, where no lock or requirement file says it."""
    given: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def label_settings(self) -> LabelSettings:
        """What labels are reckoned from."""
        return self.labels or LabelSettings()

    @property
    def cost_settings(self) -> CostSettings:
        """How recorded tokens are weighed."""
        return self.cost or CostSettings()

    def decisions_path(self, root: Path) -> Path:
        """The file of people's decisions about edges."""
        return _within(root, "decisions", self.decisions or DECISIONS_FILE)

    def baseline_path(self, root: Path) -> Path | None:
        """The file of the findings that are known already; None where there is none."""
        return None if self.baseline is None else self.baseline_file(root)

    def baseline_file(self, root: Path) -> Path:
        """Where `wflint baseline` writes."""
        return _within(root, "baseline", self.baseline or BASELINE_FILE)

    def overridden(self, above: Config) -> Config:
        """This configuration with every key that `above` sets; a selection of its own also drops this one's ignores."""
        unset = Config()
        own = (name for name in Config.__slots__ if name in above.given or getattr(above, name) != getattr(unset, name))
        update = {name: getattr(above, name) for name in own if name != "given"}
        if "select" in update:
            update = {"ignore": (), "extend_select": (), **update}
        return replace(self, **update)


def _within(root: Path, key: str, value: str) -> Path:
    """A path of the configuration, which is a repository's own: it must not lead out of that."""
    try:
        if (root / value).resolve().is_relative_to(root.resolve()):
            return root / value
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: Python 3.12 and earlier, on a loop of links
        raise ConfigError(f"key {key!r}: {value!r} is no path: {error}") from error
    raise ConfigError(f"key {key!r}: {value!r} leads out of {root}")


class Located(Struct, frozen=True):
    """A configuration with the file it came from, None where there was none."""

    config: Config
    path: Path | None = None


def find_root(path: Path) -> Path:
    """The folder that paths in the output are relative to.

    The repository around `path`; where there is none, the nearest folder with a configuration or project file; else
    the folder itself.
    """
    start = path if path.is_dir() else path.parent
    ancestors = (start, *start.parents)
    for markers in ((".git",), ("wflint.toml", "pyproject.toml")):
        for folder in ancestors:
            if any((folder / marker).exists() for marker in markers):
                return folder
    return start


def load(path: Path, root: Path) -> Located:
    """The configuration nearest to `path`, looking upwards as far as `root`; wflint.toml goes before pyproject.toml."""
    for folder in _upwards(path if path.is_dir() else path.parent, root):
        own, project = folder / "wflint.toml", folder / "pyproject.toml"
        for file in (own, project):
            _refuse_outside(file, root)
        if own.is_file():
            return Located(parse(_read(own), str(own)), own)
        table = _project_table(project)
        if table is not None:
            return Located(parse(table, str(project)), project)
    return Located(Config())


def parse(table: Mapping[str, object], source: str) -> Config:
    """A table of settings, checked; `source` names its file in errors."""
    from wflint.config.schema import checked  # takes as long to load as a small repository to check

    refuse_nesting(table, source)
    return checked(table, source)


def kebab(name: str) -> str:
    """A setting as it is written in a file."""
    return name.replace("_", "-")


def _refuse_outside(path: Path, root: Path) -> None:
    """Raise where a configuration is a link that leads out of the root."""
    try:
        is_outside = path.is_symlink() and not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a loop of links is no file; RuntimeError: Python 3.12 and earlier
        return
    if is_outside:
        raise ConfigError(f"is a link that leads out of {root}", str(path))


def _upwards(folder: Path, root: Path) -> Iterator[Path]:
    yield folder
    if folder != root and root in folder.parents:
        yield from _upwards(folder.parent, root)


def _read(path: Path) -> dict[str, object]:
    try:
        return parse_toml(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ConfigError(f"cannot be read: {error}", str(path)) from error


def parse_toml(text: str) -> dict[str, object]:
    """A TOML document; raises `ValueError` where it is none, or where the parser cannot follow its nesting."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it nests too deeply") from error


def refuse_nesting(table: Mapping[str, object], source: str) -> None:
    """Raise `ConfigError` where a table nests deeper than settings do: who checks or prints it would recurse as deeply.

    A dotted key needs no brackets to nest, so the parser does not notice.
    """
    level: list[object] = [table]
    for _ in range(_DEEPEST):
        level = [value for item in level for value in _inside(item)]
    if level:
        raise ConfigError("nests too deeply", source)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


def _project_table(path: Path) -> Mapping[str, object] | None:
    """The wflint table of a pyproject.toml; None where there is no such file or table.

    A file that does not mention wflint may be as broken as it likes: that is for its own tools to say.
    """
    if not path.is_file() or b"wflint" not in path.read_bytes():
        return None
    tool = _read(path).get("tool")
    table = tool.get("wflint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError("[tool.wflint] is not a table", str(path))
    return table


def glob_matches(pattern: str, path: str) -> bool:
    """Whether a pattern of the configuration covers `path` (relative, posix).

    `*` and `?` stay within a folder, `**` does not. A pattern without a slash matches at any depth, and one that
    matches a folder covers what is in it, as in .gitignore.
    """
    return _glob(pattern).fullmatch(path) is not None


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    stripped = pattern.removeprefix("./").strip("/")
    anchor = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", stripped)
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(wild.get(piece, re.escape(piece)) for piece in pieces)
    return re.compile(f"{anchor}{body}(?:/.*)?", re.DOTALL)


def relative(path: Path, root: Path) -> str:
    """`path` as it is named in the output: relative to `root`, with forward slashes."""
    return Path(os.path.relpath(path, root)).as_posix()
