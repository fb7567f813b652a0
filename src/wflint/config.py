"""Configuration: `[tool.wflint]` of a pyproject.toml, or a wflint.toml, read strictly.

A key that is not known, or a value of the wrong kind, is an error that names the file and the key: a linter that
skips over a misspelt setting is believed to check what it does not.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wflint.errors import ConfigError
from wflint.model.finding import Level, Persona

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Texts = Annotated[tuple[str, ...], Field(strict=False)]
"""A list of strings in TOML; the strings stay strict."""


class OutputFormat(StrEnum):
    """How findings are printed."""

    FULL = "full"
    """With the code they are about."""
    CONCISE = "concise"
    """One line each."""
    JSON = "json"
    """For programs, versioned."""
    SARIF = "sarif"
    """For code scanning."""


def _kebab(name: str) -> str:
    return name.replace("_", "-")


Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]


class LabelSettings(BaseModel):
    """What the label of an edge is reckoned from; amounts in effective tokens (output tokens count four times).

    Every default is an estimate for a workflow nobody has measured; `wflint calibrate` and recorded runs better them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=_kebab, populate_by_name=True)

    runs: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 200.0
    """N, runs until the contract changes: a workflow in use is touched every few weeks."""
    planning: Amount = 4_000.0
    """C_plan, writing the handling plan once: two prompts read (2,000), a few sentences written (500, four times)."""
    setup: Amount = 40_000.0
    """C_setup, a check, its handler and a test of both: their code is read (16,000) and written (6,000, four times)."""
    plan_tokens: Amount = 60.0
    """t_plan, the plan's own length, one or two sentences; paid on every run by a target that is prompted."""
    adapting: Amount = 300.0
    """A, what the target spends on following the plan when the output does not fit: some 75 tokens of caveat."""
    diagnosis: Amount = 2_000.0
    """Part of L: finding out, late, what went wrong; to it comes every step that has to run again."""
    verdict: Amount = 20.0
    """Tokens of a model judge's answer, four times part of W; a schema check costs nothing."""
    judge_prompt: Amount = 150.0
    """Tokens of a model judge's question, part of W; what it reads comes on top."""
    handled_static: Share = 0.5
    """h_s, share of mismatches that a plan foresees: those in presence and form, about half."""
    handled_check: Share = 0.6
    """h_d where a schema check watches: it sees presence and form, as a plan does, but mends rather than makes do."""
    handled_judge: Share = 0.9
    """h_d where a model judge watches: it reads what is said, too."""
    prior_strength: Annotated[float, Field(ge=0.1, le=100)] = 3.0
    """Recorded runs that the source's word is worth: three that say otherwise outweigh it."""
    prior_scale: Annotated[float, Field(ge=0, le=10)] = 1.0
    """Factor on the sum of the features' weights; 1 until labelled edges say otherwise."""
    prior_bias: Annotated[float, Field(ge=-20, le=20)] = 0.0
    """Added to the scaled sum, in log-odds; 0 until labelled edges say otherwise."""


class ModelCost(BaseModel):
    """What tokens of a model cost: prices for a million of them in any one currency, and a factor on its effort."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=_kebab, populate_by_name=True)

    factor: Amount = 1.0
    """m: how much a token of this model counts in effective tokens."""
    input: Amount | None = None
    """Price of a million input tokens."""
    cached: Amount | None = None
    """Price of a million cached input tokens; that of input tokens where it is not given."""
    output: Amount | None = None
    """Price of a million output tokens, reasoning included."""


class CostSettings(BaseModel):
    """How recorded tokens are weighed: effective tokens, and money where prices are given."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=_kebab, populate_by_name=True)

    cached: Amount = 0.1
    """An input token out of the cache, in effective tokens."""
    output: Amount = 4.0
    """An output token, reasoning included, in effective tokens."""
    models: Mapping[str, ModelCost] = Field(default_factory=dict)
    """Models by name, without provider and date."""


DECISIONS_FILE = "wflint.decisions.toml"
_DEEPEST = 16
"""Tables within tables; settings and decisions need three."""
"""Where people's decisions about edges are kept, below the root."""


class Config(BaseModel):
    """The settings of a run, as written; `None` where the default depends on something else."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=_kebab, populate_by_name=True)

    select: Texts | None = None
    extend_select: Texts = ()
    ignore: Texts = ()
    per_file_ignores: Mapping[str, Texts] = Field(default_factory=dict)
    exclude: Texts = ()
    severity: Mapping[str, Annotated[Level, Field(strict=False)]] = Field(default_factory=dict)
    persona: Annotated[Persona, Field(strict=False)] = Persona.REGULAR
    fail_on: Annotated[Level, Field(strict=False)] = Level.WARNING
    output_format: Annotated[OutputFormat, Field(strict=False)] | None = None
    min_coverage: Annotated[float, Field(ge=0, le=100)] | None = None
    labels: LabelSettings | None = None
    cost: CostSettings | None = None
    decisions: str | None = None
    encoder: str | None = None

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
        return root / (self.decisions or DECISIONS_FILE)

    def overridden(self, above: Config) -> Config:
        """This configuration with every key that `above` sets; a selection of its own also drops this one's ignores."""
        update = {name: getattr(above, name) for name in above.model_fields_set}
        if "select" in update:
            update = {"ignore": (), "extend_select": (), **update}
        return self.model_copy(update=update)


@dataclass(frozen=True, slots=True)
class Located:
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
        own = folder / "wflint.toml"
        if own.is_file():
            return Located(parse(_read(own), str(own)), own)
        project = folder / "pyproject.toml"
        table = _project_table(project)
        if table is not None:
            return Located(parse(table, str(project)), project)
    return Located(Config())


def parse(table: Mapping[str, object], source: str) -> Config:
    """A table of settings, checked; `source` names its file in errors."""
    refuse_nesting(table, source)
    try:
        return Config.model_validate(table, by_alias=True, by_name=False)
    except ValidationError as error:
        raise ConfigError(_explain(error.errors()[0]), source) from error


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


def _explain(error: ErrorDetails) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] != "extra_forbidden":
        return f"key {key!r}: {error['msg']}"
    *tables, last = (str(part) for part in error["loc"])
    model = _model_of(tables)
    known = [field.alias or name for name, field in model.model_fields.items()]
    best = difflib.get_close_matches(last, known, n=1, cutoff=0.0)[0]
    near = ".".join((*tables, best))
    return f"unknown key {key!r}; the nearest one is {near!r}"


def _model_of(tables: list[str]) -> type[BaseModel]:
    """The model of a table, by its names from the top."""
    match tables:
        case ["labels"]:
            return LabelSettings
        case ["cost"]:
            return CostSettings
        case ["cost", "models", _]:
            return ModelCost
        case _:
            return Config


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
