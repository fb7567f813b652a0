"""What may be written in a configuration file: the settings with their bounds, and errors that name the key."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wflint.config import Config, LabelSettings, OutputFormat, kebab
from wflint.errors import ConfigError
from wflint.model.finding import Level, Persona

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Texts = Annotated[tuple[str, ...], Field(strict=False)]
"""A list of strings in TOML; the strings stay strict."""

Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]

_LABELS = LabelSettings()
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
    decisions: str | None = _DEFAULTS.decisions
    baseline: str | None = _DEFAULTS.baseline
    encoder: str | None = _DEFAULTS.encoder
    plugins: Texts = _DEFAULTS.plugins

    @property
    def settings(self) -> Config:
        """The table as settings."""
        values = {name: getattr(self, name) for name in Table.model_fields if name != "labels"}
        labels = None if self.labels is None else self.labels.settings
        return Config(labels=labels, given=frozenset(self.model_fields_set), **values)


def checked(table: Mapping[str, object], source: str) -> Config:
    """A table of settings, checked; `source` names its file in errors."""
    try:
        return Table.model_validate(table, by_alias=True, by_name=False).settings
    except ValidationError as error:
        raise ConfigError(_explain(error.errors()[0]), source) from error


def _explain(error: ErrorDetails) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] != "extra_forbidden":
        return f"key {key!r}: {error['msg']}"
    *tables, last = (str(part) for part in error["loc"])
    model: type[BaseModel] = LabelTable if tables == ["labels"] else Table
    known = [field.alias or name for name, field in model.model_fields.items()]
    best = difflib.get_close_matches(last, known, n=1, cutoff=0.0)[0]
    near = ".".join((*tables, best))
    return f"unknown key {key!r}; the nearest one is {near!r}"
