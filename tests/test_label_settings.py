"""`[tool.wflint.labels]`: what labels are reckoned from, as people may set it."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from msgspec.structs import fields

from wflint.config import Config, LabelSettings, parse
from wflint.errors import ConfigError


def test_nothing_set_is_every_default() -> None:
    assert parse({}, "x").label_settings == LabelSettings()


def test_one_thing_set_leaves_the_rest() -> None:
    found = parse({"labels": {"plan-tokens": 80, "prior-bias": -0.5}}, "x").label_settings
    assert found == LabelSettings(plan_tokens=80.0, prior_bias=-0.5)


def test_where_decisions_are() -> None:
    root = Path("repository")
    assert Config().decisions_path(root) == root / "wflint.decisions.toml"
    assert parse({"decisions": "review/edges.toml"}, "x").decisions_path(root) == root / "review" / "edges.toml"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"runs": 0}, "key 'labels.runs': Input should be greater than 0"),
        ({"runs": True}, "key 'labels.runs': Input should be a valid number"),
        ({"setup": float("inf")}, "key 'labels.setup': Input should be a finite number"),
        ({"handled-judge": 1.5}, "key 'labels.handled-judge': Input should be less than or equal to 1"),
        ({"prior-strength": float("nan")}, "key 'labels.prior-strength': Input should be "),
        ({"prior_bias": 1}, "unknown key 'labels.prior_bias'; the nearest one is 'labels.prior-bias'"),
    ],
)
def test_what_makes_no_sense_is_refused(table: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse({"labels": table}, "wflint.toml")
    assert str(caught.value).startswith(f"wflint.toml: {message}")


def test_every_default_is_written_down_with_its_reason() -> None:
    source = inspect.getsource(LabelSettings)
    for name in (each.name for each in fields(LabelSettings)):
        line = next(line for line in source.splitlines() if line.strip().startswith(f"{name}:"))
        following = source.split(line, 1)[1].lstrip()
        assert following.startswith('"""'), name
