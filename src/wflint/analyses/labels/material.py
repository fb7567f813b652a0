"""What code makes something of: who wrote, further up, what it was made from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from wflint.analyses.labels.edge_context import EdgeContext
from wflint.model.contract import Offer, Origin
from wflint.model.workflow import Step

MOST_WRITES = 40
"""So many writes are looked at for one offer; what lies behind them has gone through many hands."""
OWN_WORK = frozenset({Origin.CODE, Origin.UNSEEN})
"""Kinds of work of which it is not said who else had a part in it."""


def material_of(step: Step, offer: Offer, around: EdgeContext) -> tuple[tuple[Step, frozenset[Origin]], ...]:
    """The steps whose work, done by others than code, is in what code writes, the nearest first."""
    if not {*offer.origins} <= {Origin.CODE} or not offer.derived_from:
        return ()
    known = around.material.get((step.id, offer.name))
    if known is None:
        known = around.material[step.id, offer.name] = _found(step, offer, around)
    return known


def _found(step: Step, offer: Offer, around: EdgeContext) -> tuple[tuple[Step, frozenset[Origin]], ...]:
    seen, pending = {(step.id, offer.name)}, deque([(step, offer)])
    found: list[tuple[Step, frozenset[Origin]]] = []
    while pending:
        for writer, made in _taken(*pending.popleft(), around):
            if (writer.id, made.name) in seen:
                continue
            if len(seen) >= MOST_WRITES:
                return tuple(found)
            seen.add((writer.id, made.name))
            others = frozenset(made.origins) - OWN_WORK
            if others:
                found.append((writer, others))
            else:
                pending.append((writer, made))
    return tuple(found)


def _taken(step: Step, offer: Offer, around: EdgeContext) -> Iterator[tuple[Step, Offer]]:
    """The writes that the step's code finds in the fields which it makes the offer of."""
    for read in around.reads_into(step.id):
        if read.need.name in offer.derived_from:
            yield from around.reaching(read)
