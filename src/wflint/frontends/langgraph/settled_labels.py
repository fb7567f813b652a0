"""What a router returns after a step that always sets the one field that decides to one of some labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wflint.assembly.recording import once
from wflint.assembly.routes import label_of
from wflint.assembly.speculation import evaluate_isolated
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Arguments, Const, Location, Value, alternatives
from wflint.model.contract import Certainty, Need
from wflint.model.workflow import Step

MOST_LABELS: Final = 8
"""A router is tried with so many labels."""


def settled_labels(
    interp: Interpreter, router: Value | None, needs: Sequence[Need], before: Step | None, location: Location
) -> tuple[str, ...] | None:
    """All that it may return then; None where that is not known, as where it looks at more than the field."""
    fields = {need.name for need in needs}
    if router is None or before is None or before.offers_open or len(fields) != 1:
        return None
    (field,) = fields
    offers = [offer for offer in before.offers if offer.name == field]
    if len(offers) != 1 or offers[0].certainty is not Certainty.CERTAIN or not 0 < len(offers[0].labels) <= MOST_LABELS:
        return None
    labels = offers[0].labels
    return once(interp, ("settled", router, field, labels), lambda: _tried(interp, router, field, labels, location))


def _tried(
    interp: Interpreter, router: Value, field: str, labels: tuple[str, ...], location: Location
) -> tuple[str, ...] | None:
    found: dict[str, None] = {}
    for label in labels:
        state = interp.dict_of(location)
        state.content[field] = Const(label)
        for option in alternatives(evaluate_isolated(interp, router, Arguments((state,)), location)):
            returned = label_of(option)
            if returned is None and option != NONE:
                return None
            found |= {returned: None} if returned is not None else {}
    return tuple(found)
