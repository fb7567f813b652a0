"""What may be written in a configuration file: the settings with their bounds, and errors that name the key."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wflint.config import Config, CostSettings, LabelSettings, ModelCost, OutputFormat, kebab
from wflint.config.specifiers import constraint
from wflint.errors import ConfigError
from wflint.model.finding import Level, Persona
from wflint.model.releases import Releases

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
"""A list of strings in TOML; the strings stay strict."""

Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]

_LABELS = LabelSettings()
_COST = CostSettings()
_DEFAULTS = Config()


class LabelTable(BaseModel):
    """`[tool.wflint.labels]`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=kebab)

    runs: Annotated[float, Field(gt=0, allow_inf_nan=False)] = _LABELS.runs
    planning: Amount = _LABELS.planning
    setup: Amount = _LABELS.setup
    plan_tokens: Amount = _LABELS.plan_tokens
    adapting: Amount = _LABELS.adapting
    diagnosis: Amount = _LABELS.diagnosis
    verdict: Amount = _LABELS.verdict
    judge_prompt: Amount = _LABELS.judge_prompt
    handled_static: Share = _LABELS.handled_static
    handled_check: Share = _LABELS.handled_check
    handled_judge: Share = _LABELS.handled_judge
    prior_strength: Annotated[float, Field(ge=0.1, le=100)] = _LABELS.prior_strength
    prior_scale: Annotated[float, Field(ge=0, le=10)] = _LABELS.prior_scale
    prior_bias: Annotated[float, Field(ge=-20, le=20)] = _LABELS.prior_bias

    @property
    def settings(self) -> LabelSettings:
        """The table as settings."""
        return LabelSettings(**{name: getattr(self, name) for name in LabelTable.model_fields})


class ModelTable(BaseModel):
    """`[tool.wflint.cost.models.NAME]`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=kebab)

    factor: Amount = 1.0
    input: Amount | None = None
    cached: Amount | None = None
    output: Amount | None = None

    @property
    def settings(self) -> ModelCost:
        """The table as settings."""
        return ModelCost(**{name: getattr(self, name) for name in ModelTable.model_fields})


class CostTable(BaseModel):
    """`[tool.wflint.cost]`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=kebab)

    cached: Amount = _COST.cached
    output: Amount = _COST.output
    models: Mapping[str, ModelTable] = Field(default_factory=dict)

    @property
    def settings(self) -> CostSettings:
        """The table as settings."""
        return CostSettings(self.cached, self.output, {name: table.settings for name, table in self.models.items()})


class Table(BaseModel):
    """`[tool.wflint]`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=kebab)

    select: Texts | None = _DEFAULTS.select
    extend_select: Texts = _DEFAULTS.extend_select
    ignore: Texts = _DEFAULTS.ignore
    per_file_ignores: Mapping[str, Texts] = Field(default_factory=dict)
    exclude: Texts = _DEFAULTS.exclude
    severity: Mapping[str, Annotated[Level, Field(strict=False)]] = Field(default_factory=dict)
    persona: Annotated[Persona, Field(strict=False)] = _DEFAULTS.persona
    fail_on: Annotated[Level, Field(strict=False)] = _DEFAULTS.fail_on
    output_format: Annotated[OutputFormat, Field(strict=False)] | None = _DEFAULTS.output_format
    min_coverage: Annotated[float, Field(ge=0, le=100)] | None = _DEFAULTS.min_coverage
    labels: LabelTable | None = None
    cost: CostTable | None = None
    approval_gates: Mapping[str, Texts] = Field(default_factory=dict)
    decisions: str | None = _DEFAULTS.decisions
    baseline: str | None = _DEFAULTS.baseline
    encoder: str | None = _DEFAULTS.encoder
    plugins: Texts = _DEFAULTS.plugins
    versions: Mapping[str, str] = Field(default_factory=dict)

    @property
    def settings(self) -> Config:
        """The table as settings."""
        values = {
            name: getattr(self, name) for name in Table.model_fields if name not in {"labels", "cost", "versions"}
        }
        labels = None if self.labels is None else self.labels.settings
        cost = None if self.cost is None else self.cost.settings
        versions = {name: releases(name, text) for name, text in self.versions.items()}
        return Config(labels=labels, cost=cost, versions=versions, given=frozenset(self.model_fields_set), **values)


def releases(package: str, text: str) -> Releases:
    """The releases that a pin stands for."""
    found = constraint(text)
    if found is None or found.is_empty:
        raise ConfigError(
            f"key 'versions.{package}': {text!r} is no release, nor a range of releases such as '>=1.2,<2'"
        )
    return found


def checked(table: Mapping[str, object], source: str) -> Config:
    """A table of settings, checked; `source` names its file in errors."""
    try:
        return Table.model_validate(table, by_alias=True, by_name=False).settings
    except ValidationError as error:
        raise ConfigError(_explain(error.errors()[0]), source) from error
    except ConfigError as error:
        raise ConfigError(str(error), source) from error


def _explain(error: ErrorDetails) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] != "extra_forbidden":
        return f"key {key!r}: {error['msg']}"
    *tables, last = (str(part) for part in error["loc"])
    known = [field.alias or name for name, field in _model_of(tables).model_fields.items()]
    best = difflib.get_close_matches(last, known, n=1, cutoff=0.0)[0]
    near = ".".join((*tables, best))
    return f"unknown key {key!r}; the nearest one is {near!r}"


def _model_of(tables: list[str]) -> type[BaseModel]:
    """The model of a table, by its names from the top."""
    match tables:
        case ["labels"]:
            return LabelTable
        case ["cost"]:
            return CostTable
        case ["cost", "models", _]:
            return ModelTable
        case _:
            return Table
