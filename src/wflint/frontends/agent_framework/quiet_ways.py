"""Joins that wait for a step whose code sends nothing in one case: then what waits never runs, and nothing is said."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.frontends.agent_framework.building import Building
from wflint.model.loss import Loss, LossKind


def waiting_for_silence(building: Building) -> Iterator[Loss]:
    """The joins whose sources may all run, and of which one may say nothing."""
    for join in building.draft.joins:
        speaking = [name for name in join.sources if name in building.read and building.read[name].quiet is None]
        for name in join.sources if speaking else ():
            read = building.read.get(name)
            if read is None or read.quiet is None or _may_say_more(building, name, join.target):
                continue
            others = " and ".join(f'"{other}"' for other in join.sources if other != name)
            yield Loss(
                LossKind.JOIN,
                f'step "{name}"',
                read.quiet.span,
                f'may end here without a message, and "{join.target}", which waits for it and for {others}, never runs',
                "send a message that says so in that case too",
                join.span,
                name,
                in_some=True,
            )


def _may_say_more(building: Building, name: str, target: str) -> bool:
    """Whether a step has another way on, or may be run again: what it does not say now may come later, or elsewhere."""
    edges = building.draft.edges.values()
    return any(
        (edge.source == name and edge.target != target) or (edge.target == name and edge.fan_out) for edge in edges
    ) or _returns(building, name)


def _returns(building: Building, name: str) -> bool:
    """Whether some way leads from a step back to it."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        source = waiting.pop()
        onwards = {edge.target for edge in building.draft.edges.values() if edge.source == source} - seen
        seen |= onwards
        waiting += onwards
    return name in seen
