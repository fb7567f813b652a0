"""Calls that run a workflow, with what they hand over."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import NONE, Mapping, Value, possibly_unbound
from wflint.model.workflow import Invocation


def passing(api_call: ApiCall, given: Value, limit: int | None = None) -> Invocation:
    """A call that hands over a dict, or nothing; what else it hands over may have any fields."""
    span = api_call.span
    if not isinstance(given, Mapping):
        return Invocation((), span, closed=given == NONE, recursion_limit=limit)
    keys = sorted(key for key, value in given.known() if isinstance(key, str) and not possibly_unbound(value))
    whole = given.closed and not any(possibly_unbound(value) for value in given.content.values())
    return Invocation(tuple(keys), span, whole and api_call.shows(given), limit)


def distinct(invocations: Iterable[Invocation]) -> tuple[Invocation, ...]:
    """The first call of each place that hands over the same."""
    found: dict[object, Invocation] = {}
    for invocation in invocations:
        found.setdefault((invocation.span, invocation.keys), invocation)
    return tuple(found.values())
