"""How long a run of a workflow may take, and what its steps wait for within it (llama-index-workflows 2.26)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wflint.evaluate.class_values import Class
from wflint.evaluate.values import Const, Function, Object, Value, last_of
from wflint.frontends.llamaindex.steps import FlowStep, argument
from wflint.model.conduct import Wait
from wflint.model.limits import TimeLimit

TIMEOUT: Final = "timeout"
BY_DEFAULT: Final = 45.0
"""Seconds that a run takes at most where nobody says otherwise."""
WAIT: Final = "wait_for_event"
POLICIES: Final = {"ConstantDelayRetryPolicy": (("maximum_attempts", 0, 3.0), ("delay", 1, 5.0))}
"""Policies that wait as long each time: how often they try and how long they wait, and that by default."""


def time_limit(cls: Class, instances: Sequence[Object]) -> TimeLimit | None:
    """How long the runs of a class may take, of several that it is made for the longest; None where that is open."""
    made = [each for each in instances if not (each.speculative and each.arguments.open)]
    limits = [_limit(cls, each) for each in made]
    known = [limit for limit in limits if limit is not None]
    return max(known, key=lambda limit: limit.seconds) if known and len(known) == len(limits) else None


def _limit(cls: Class, made: Object) -> TimeLimit | None:
    own = isinstance(cls.find("__init__"), Function)
    given = made.arguments.get(TIMEOUT) if own else made.arguments.get(TIMEOUT, 0)
    if made.arguments.open or (own and given is None):
        return None
    seconds = BY_DEFAULT if given is None else number(given)
    return TimeLimit(seconds, made.site.span) if seconds is not None else None


def number(value: Value | None) -> float | None:
    """A number of seconds, or of tries."""
    given = value.value if isinstance(value, Const) else None
    return float(given) if isinstance(given, int | float) and not isinstance(given, bool) else None


def waits_of(step: FlowStep) -> Iterator[Wait]:
    """What a step is certain to let itself wait for, with the time that the source allows for it."""
    for call in step.summary.calls if step.summary is not None else ():
        seconds = number(call.get(TIMEOUT, 4)) if call.method == WAIT and call.certain else None
        if seconds is not None:
            yield Wait(f"an answer that may take {seconds:g} seconds", seconds, call.span)
    policy = argument(step, "retry_policy")
    row = POLICIES.get(last_of(policy.path or "")) if isinstance(policy, Object) and policy.cls is None else None
    if row is None or not isinstance(policy, Object) or policy.arguments.open:
        return
    tries, pause = (number(policy.arguments.get(name, at) or Const(unset)) for name, at, unset in row)
    if tries is not None and pause is not None and tries > 1:
        told = f"up to {tries - 1:g} more tries, {pause:g} seconds apart"
        yield Wait(told, (tries - 1) * pause, step.span)
