from __future__ import annotations

import pytest

from tools.scorer import pairs
from tools.scorer.evaluate import judge
from wflint.matching.encoders import load_encoder
from wflint.matching.meanings import Meanings

pytestmark = pytest.mark.slow


def test_fields_are_told_apart_in_domains_never_seen() -> None:
    quality = judge(pairs.fields(Meanings(load_encoder())))
    assert quality.area >= 0.93
    assert quality.firing <= 0.03
    assert quality.sure_precision >= 0.97
    assert quality.sure_firing <= 0.015
    assert quality.first >= 0.85


def test_steps_are_told_apart_in_domains_never_seen() -> None:
    quality = judge(pairs.steps(Meanings(load_encoder())))
    assert quality.area >= 0.93
    assert quality.firing <= 0.03
    assert quality.sure_precision >= 0.95
    assert quality.sure_firing <= 0.03
