"""A repository that is checked, edited and checked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recovery.edited import Repo
from wflint.recovery import evaluation
from wflint.recovery.records import Record
from wflint.recovery.units import Unit


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    made = Repo(tmp_path / "repo", tmp_path / "cache")
    original = evaluation.Evaluator.record

    def record(self: evaluation.Evaluator, unit: Unit) -> Record:
        made.evaluated.append(unit.members)
        return original(self, unit)

    monkeypatch.setattr(evaluation.Evaluator, "record", record)
    return made
