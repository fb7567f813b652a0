"""Dicts with thousands of entries under known and unknown keys: what an unknown key may have hit is joined once."""

from __future__ import annotations

import pytest

from tests.evaluate.programs import ran
from tests.evaluate.showing import show
from wflint.evaluate import values
from wflint.evaluate.budget import Budget
from wflint.evaluate.python import entries
from wflint.evaluate.values import Value

ENTRIES = 2_000


def test_known_and_unknown_keys_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    joins: list[int] = []
    plain = values.join

    def counted(*joined: Value) -> Value:
        joins.append(1)
        return plain(*joined)

    monkeypatch.setattr(entries, "join", counted)
    pairs = ", ".join(f'"k{number}": 1, unknown{number}(): 2' for number in range(ENTRIES))
    found = ran(f"d = {{{pairs}}}", Budget(steps=100_000))
    assert show(found.value('d["k0"]')) == "1 | 2"
    assert len(joins) < 4 * ENTRIES


def test_an_unknown_key_reaches_what_stands_before_it_only() -> None:
    found = ran('d = {"a": 1, unknown(): 2, "b": 3, other(): 4, "c": 5}')
    assert [show(found.value(f'd["{name}"]')) for name in "abc"] == ["1 | 2 | 4", "3 | 4", "5"]
