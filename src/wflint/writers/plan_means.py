"""What each framework offers for carrying a plan out: the table in `plan_means.toml`, filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from wflint.analyses.plan.response import Action, Intervention, Site, Watch
from wflint.model.workflow import Edge

_GENERAL = "default"


class Table(BaseModel):
    """One framework's own ways to check and to step in, by place; `checked` is what they were read from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked: str
    check: Mapping[Site, str] = {}
    rerun: Mapping[Site, str] = {}
    adapt: Mapping[Site, str] = {}
    ask: Mapping[Site, str] = {}

    def action(self, action: Action) -> Mapping[Site, str]:
        """The ways to step in of one kind."""
        return {Action.RERUN: self.rerun, Action.ADAPT: self.adapt, Action.ASK: self.ask}[action]


class Means:
    """The means of a framework, completed by what holds everywhere."""

    def __init__(self, own: Table, general: Table) -> None:
        self.own = own
        self.general = general

    def checking(self, edge: Edge, watch: Watch) -> str:
        """Where the condition on an edge goes."""
        text = self.own.check.get(watch.site) or self.general.check[watch.site]
        return _filled(text, edge, watch, 0)

    def stepping_in(self, item: Intervention, edge: Edge, watch: Watch) -> str:
        """How to step in."""
        text = self.own.action(item.action).get(item.site) or self.general.action(item.action)[item.site]
        return _filled(text, edge, watch, item.times)


def means_of(framework: str) -> Means:
    """The means of a framework; general advice for one that the table does not know."""
    known = tables()
    return Means(known.get(framework, known[_GENERAL]), known[_GENERAL])


@cache
def tables() -> Mapping[str, Table]:
    """The whole table, by framework id."""
    text = Path(__file__).with_name("plan_means.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Table]).validate_python(tomllib.loads(text))


def _filled(text: str, edge: Edge, watch: Watch, times: int) -> str:
    for name, value in (
        ("{writer}", watch.writer),
        ("{target}", edge.target),
        ("{times}", str(times)),
        ("{attempts}", str(times + 1)),
    ):
        text = text.replace(name, value)
    return text
