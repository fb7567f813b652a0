"""Whether a step can take what the one before it sends: the framework refuses edges between types that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.class_values import Class
from wflint.evaluate.types import bare, name_of, show
from wflint.evaluate.values import Value, last_of
from wflint.frontends.agent_framework.building import Building
from wflint.model.contract import Certainty
from wflint.model.workflow import EdgeKind, Fault, FaultKind

PLAIN = {"str": "text", "int": "number", "float": "number", "bool": "number"}
"""Types of Python's own that are told apart."""


def unhandled(building: Building) -> Iterator[Fault]:
    """The edges along which nothing can come that the target has a handler for; joins hand on lists."""
    for (source, target), edge in building.draft.edges.items():
        sender, receiver = building.read.get(source), building.read.get(target)
        sure = edge.certainty is Certainty.CERTAIN and edge.kind is not EdgeKind.FAN_IN
        if not sure or sender is None or receiver is None or not sender.gives or not receiver.handles:
            continue
        if all(_never_fits(given, taken) for given in sender.gives for taken in receiver.handles):
            sent = " or ".join(dict.fromkeys(show(given) or "it" for given in sender.gives))
            detail = f'step "{source}" sends {sent}'
            part = f"a handler of {target} for {sent}"
            yield Fault(FaultKind.MISSING_PART, part, edge.span, receiver.step.definition, detail)


def _never_fits(given: Value, taken: Value) -> bool:
    """Whether two types are both known, and no value of the first one is of the second."""
    match _known(given), _known(taken):
        case (None, _) | (_, None):
            return False
        case Class() as one, Class() as other:
            return all(ancestor is not other for ancestor in one.lineage()) and "Protocol" not in _bases(other)
        case Class() as one, kind:
            return all(PLAIN.get(base) != kind for base in _bases(one))
        case one, other:
            return one != other


def _bases(cls: Class) -> frozenset[str]:
    """What a class inherits from libraries, by name."""
    return frozenset(last_of(path) for path in cls.libraries())


def _known(type_: Value) -> Class | str | None:
    """A class of the source, or a kind of plain value; None for all other types."""
    inner = bare(type_)
    if isinstance(inner, Class):
        return inner
    return PLAIN.get(name_of(type_))
