"""Which structured answers are asked for again when they do not have their form."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from wflint.assembly.contracts.models import PIPE
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.types import name_of
from wflint.evaluate.values import Arguments, Object, Sequence, Value, alternatives, last_of
from wflint.model.contract import Offer
from wflint.model.workflow import Step

INVALID = frozenset({"Exception", "BaseException", "ValueError", "ValidationError", "OutputParserException"})
"""Errors that say, or are a kind of those that say, that an answer does not have its form."""
DEEPEST = 6


def with_retry(offer: Offer, asked: Iterable[LibraryCall]) -> Offer:
    """The offer, its answer asked for again where the call that made it was given `.with_retry(...)`."""
    if offer.check is None:
        return offer
    spans = {call.span for call in asked if call.receiver is not None and _is_retried(call.receiver)}
    return _again(offer) if offer.check.span in spans else offer


def with_policy(step: Step, options: Arguments) -> Step:
    """The step, its answers asked for again where the policy of `add_node` names their errors: its default does not."""
    given = options.get("retry_policy") or options.get("retry")
    policies = given.content if isinstance(given, Sequence) else alternatives(given)
    covers = any(_covers(policy) for policy in policies)
    return replace(step, offers=tuple(map(_again, step.offers))) if covers else step


def _again(offer: Offer) -> Offer:
    return replace(offer, check=replace(offer.check, retries=True)) if offer.check is not None else offer


def _covers(policy: Value) -> bool:
    if not isinstance(policy, Object) or not (policy.path or "").endswith("RetryPolicy"):
        return False
    errors = policy.arguments.get("retry_on")
    listed = errors.content if isinstance(errors, Sequence) else [errors]
    return any(error is not None and name_of(error) in INVALID for error in listed)


def _is_retried(runnable: Value, depth: int = DEEPEST) -> bool:
    """Whether a runnable, or the last piece of a chain, is told to try again; by default on any error."""
    for option in alternatives(runnable):
        if not isinstance(option, Object) or not depth:
            continue
        if last_of(option.path) == "with_retry":
            return _is_any(option.arguments.get("retry_if_exception_type"))
        inner = option.arguments.get("", 1) if option.path == PIPE else option.receiver
        if inner is not None and _is_retried(inner, depth - 1):
            return True
    return False


def _is_any(errors: Value | None) -> bool:
    if errors is None:
        return True
    return any(name_of(error) in INVALID for error in (errors.content if isinstance(errors, Sequence) else ()))
