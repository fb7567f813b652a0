"""What each framework offers for carrying a plan out: the table in `plan_means.toml`, filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from wflint.analyses.plan.planning import Action
from wflint.model.workflow import Edge

_GENERAL = "default"


class Means(BaseModel):
    """One framework's own ways to check and to step in; `checked` is what they were read from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked: str
    check: str
    rerun: str
    adapt: str
    ask: str

    def checking(self, edge: Edge) -> str:
        """Where the condition on an edge goes."""
        return _filled(self.check, edge, 0)

    def stepping_in(self, action: Action, edge: Edge, times: int) -> str:
        """How to step in."""
        texts = {Action.RERUN: self.rerun, Action.ADAPT: self.adapt, Action.ASK: self.ask}
        return _filled(texts[action], edge, times)


def means_of(framework: str) -> Means:
    """The means of a framework; general advice for one that the table does not know."""
    known = means()
    return known.get(framework, known[_GENERAL])


@cache
def means() -> Mapping[str, Means]:
    """The whole table, by framework id."""
    text = Path(__file__).with_name("plan_means.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Means]).validate_python(tomllib.loads(text))


def _filled(text: str, edge: Edge, times: int) -> str:
    for name, value in (
        ("{source}", edge.source),
        ("{target}", edge.target),
        ("{times}", str(times)),
        ("{attempts}", str(times + 1)),
    ):
        text = text.replace(name, value)
    return text
