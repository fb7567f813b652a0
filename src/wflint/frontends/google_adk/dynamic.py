"""Nodes that code runs itself and waits for: `await ctx.run_node(node, ...)`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.sequences import is_unset
from wflint.evaluate.values import (
    NONE,
    ExternalAttribute,
    Function,
    Location,
    Object,
    TrackedValue,
    Value,
    alternatives,
)
from wflint.frontends.google_adk.session import Use, lenient
from wflint.frontends.google_adk.table import MADE, RUN_NODE
from wflint.model.contract import Certainty
from wflint.model.workflow import Step

LABEL = "call"


class DynamicRun(Struct, frozen=True):
    """A node that a piece of code runs, or one of those of which it runs one."""

    node: Value
    location: Location
    certain: bool


def dynamic_runs(use: Use) -> Iterator[DynamicRun]:
    """What a piece of code has its context run."""
    for call in use.summary.calls if use.summary is not None else ():
        if call.path == RUN_NODE and _is_context(call.receiver, use):
            options = alternatives(call.arguments.get("node", 0) or NONE)
            for option in options:
                yield DynamicRun(option, call.location, call.certain and len(options) == 1)


def _is_context(value: Value | None, use: Use) -> bool:
    """Whether a value is what the framework hands the code, or a part of it."""
    match value:
        case ExternalAttribute(receiver=receiver):
            return _is_context(receiver, use)
        case TrackedValue(root=root):
            return use.summary is not None and root is use.summary.root
        case _:
            return False


def with_runs(steps: Mapping[str, Step], runs: Mapping[str, Mapping[str, bool]]) -> dict[str, Step]:
    """Steps with what those that they run write into the state: it is there when they go on.

    `runs` are the steps that each one runs, and whether it always does.
    """
    return {name: _caller(name, steps, runs, frozenset()) if name in runs else step for name, step in steps.items()}


def _caller(
    name: str, steps: Mapping[str, Step], runs: Mapping[str, Mapping[str, bool]], above: frozenset[str]
) -> Step:
    step = steps[name]
    use = Use({need.name: need for need in step.needs}, {offer.name: offer for offer in step.offers}, step.offers_open)
    for child, sure in runs.get(name, {}).items():
        if child not in steps or child in above or child == name:
            continue
        inner = _caller(child, steps, runs, above | {name})
        for offer in inner.offers:
            use.offer(offer if sure else replace(offer, certainty=Certainty.POSSIBLE))
        use.open = use.open or inner.offers_open
        written = {offer.name for offer in inner.offers}
        for need in lenient(use):
            if inner.offers_open or need.name in written:
                use.needs[need.name] = need
    return replace(step, needs=tuple(use.needs.values()), offers=tuple(use.offers.values()), offers_open=use.open)


def is_run_once(node: Value) -> bool:
    """Whether a function of the source is a node that does not say that it may be run again."""
    if isinstance(node, Function):
        return not node.unmodelled_decorators and not node.module.stub
    made = node if isinstance(node, Object) and node.path == MADE else None
    return made is not None and not made.arguments.open and is_unset(made.arguments.get("rerun_on_resume"))
