"""Effective tokens and money of each row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from wflint.config import CostSettings, ModelCost
from wflint.traces.analysis.source_index import bare_model
from wflint.traces.analysis.spans import Mask, Spans

Floats = npt.NDArray[np.float64]
_MILLION = 1e6


class Weighed(Struct, frozen=True):
    """Effective tokens of each row: all, and the part that is read; money, NaN where no price is known."""

    total: Floats
    read: Floats
    money: Floats

    def money_of(self, rows: Mask) -> float | None:
        """The money of some rows, None where one of them has no price."""
        values = self.money[rows]
        return round(float(values.sum()), 6) if len(values) and not np.isnan(values).any() else None


class Costs:
    """Weights and prices."""

    def __init__(self, settings: CostSettings) -> None:
        self._settings = settings

    def weighed(self, spans: Spans) -> Weighed:
        """What each row costs; counts that nobody wrote are left out."""
        rows, settings = spans.rows, self._settings
        models = [self._model(identity.model) for identity in spans.identities]
        inside = np.maximum(rows["input"], 0).astype(float)
        again = np.minimum(np.maximum(rows["cached"], 0), inside)
        written = np.maximum(rows["output"], 0)
        factor = _column(spans, [model.factor for model in models])
        read = (inside - again + settings.cached * again) * factor
        money = (
            (inside - again) * _column(spans, [_price(model.input) for model in models])
            + again * _column(spans, [_price(model.cached, model.input) for model in models])
            + written * _column(spans, [_price(model.output) for model in models])
        )
        return Weighed(read + settings.output * written * factor, read, money / _MILLION)

    def _model(self, name: str) -> ModelCost:
        known = self._settings.models
        return known.get(name) or known.get(bare_model(name)) or ModelCost()


def _price(*prices: float | None) -> float:
    return next((price for price in prices if price is not None), np.nan)


def _column(spans: Spans, values: list[float]) -> Floats:
    found: Floats = np.array(values or [0.0], float)[spans.rows["identity"]]
    return found
