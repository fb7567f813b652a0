"""Start values of joins that all runs share (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.types import name_of
from wflint.evaluate.values import Mapping, Object, Sequence
from wflint.model.loss import Loss, LossKind

CHANGING = frozenset({"reduce_list_append", "reduce_list_extend", "reduce_dict_update"})
"""Reducers of the library that change the start value itself."""


def shared_start(name: str, join: Object) -> Iterator[Loss]:
    """A list or dict that is given as `initial` to a reducer which changes it."""
    reducer, initial = join.arguments.get("reducer", 0), join.arguments.get("initial")
    if reducer is not None and name_of(reducer) in CHANGING and isinstance(initial, Sequence | Mapping):
        yield Loss(
            LossKind.REDUCER,
            f'the `initial` of join "{name}"',
            join.site.span,
            "is one value for all runs, and the reducer changes it: each run begins with what the last one left",
            "pass `initial_factory` in its place",
            step=name,
        )
