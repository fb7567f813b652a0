"""Calls that run a workflow, with what they hand over."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.assembly.contracts.retry_schemes import levels_around, retry_schemes
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import NONE, Mapping, Value, possibly_unbound
from wflint.model.conduct import RetryScheme
from wflint.model.workflow import Invocation


def passing(api_call: ApiCall, given: Value, limit: int | None = None) -> Invocation:
    """A call that hands over a dict, or nothing; what else it hands over may have any fields."""
    span, again = api_call.span, tried_again(api_call)
    if not isinstance(given, Mapping):
        return Invocation((), span, closed=given == NONE, recursion_limit=limit, retry_schemes=again)
    keys = sorted(key for key, value in given.known() if isinstance(key, str) and not possibly_unbound(value))
    whole = given.closed and not any(possibly_unbound(value) for value in given.content.values())
    return Invocation(tuple(keys), span, whole and api_call.shows(given), limit, retry_schemes=again)


def tried_again(api_call: ApiCall) -> tuple[RetryScheme, ...]:
    """How the code around a run starts it again where it fails."""
    return tuple(dict.fromkeys(retry_schemes(levels_around(api_call))))


def distinct(invocations: Iterable[Invocation]) -> tuple[Invocation, ...]:
    """The first call of each place that hands over the same."""
    found: dict[object, Invocation] = {}
    for invocation in invocations:
        found.setdefault((invocation.span, invocation.keys), invocation)
    return tuple(found.values())
