"""Counts that messages carry from step to step: those that no step ever adds to, and those that end a loop."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.stuck_counts import may_change
from wflint.evaluate.class_values import Class
from wflint.evaluate.types import bare
from wflint.evaluate.values import OTHER_KEYS, Const, Function, Mapping, Object, TrackedValue, Value, alternatives
from wflint.frontends.agent_framework.building import Building
from wflint.model.conduct import OwnRounds, StuckCount, Threshold
from wflint.model.workflow import StepKind
from wflint.source.code import Attribute, Name
from wflint.source.walking import body_of, nodes_in

OWN = "agent_framework"
"""Where messages come from that are none of the source's classes, and carry no field of theirs."""


def with_carried_counts(building: Building) -> None:
    """Tell the steps of the fields of messages that they compare with a bound, and that are the same in every round."""
    if not _is_seen(building):
        return
    for name, read in building.read.items():
        found = tuple(dict.fromkeys(_stuck(building, read.step.conduct.thresholds)))
        rounds = tuple(dict.fromkeys(_rounds(building, read.step.conduct.thresholds)))
        step = building.draft.steps[name]
        conduct = replace(
            step.conduct,
            stuck_counts=(*step.conduct.stuck_counts, *found),
            own_rounds=(*step.conduct.own_rounds, *rounds),
        )
        building.draft.steps[name] = replace(step, conduct=conduct) if found or rounds else step


def _is_seen(building: Building) -> bool:
    """Whether all messages are seen that code of the source sends; what somebody answers may be anything."""
    for name, read in building.read.items():
        code = building.code(name)
        if read.step.kind is StepKind.HUMAN or (code and not read.closed) or not all(map(_keeps_context, code)):
            return False
    return True


def _keeps_context(function: Function) -> bool:
    """Whether a handler uses its context for nothing but calls of its own."""
    context = next((parameter.name for parameter in reversed(function.node.parameters)), "")
    named, used = 0, 0
    for node in nodes_in(body_of(function.node)):
        named += isinstance(node, Name) and node.id == context
        used += isinstance(node, Attribute) and isinstance(node.value, Name) and node.value.id == context
    return named == used


def _stuck(building: Building, thresholds: tuple[Threshold, ...]) -> Iterator[StuckCount]:
    for threshold in thresholds:
        if threshold.at is None or threshold.operator not in (">", ">=", "=="):
            continue
        (name,) = threshold.fields
        sent = [option for read in building.read.values() for one in read.sent for option in alternatives(one.value)]
        handed = [stays for value in sent if (stays := _stays(value, name)) is not None]
        if handed and all(handed) and not _is_set(building, name):
            yield StuckCount(name, threshold.span, handed_on=True)


def _rounds(building: Building, thresholds: tuple[Threshold, ...]) -> Iterator[OwnRounds]:
    """The bounds of counts that one step adds one to, in the one message it sends with it; all others hand it on."""
    for threshold in thresholds:
        if threshold.at is None or threshold.operator not in (">", ">=", "=="):
            continue
        (name,) = threshold.fields
        counting = [step for step, read in building.read.items() if name in read.step.conduct.counted]
        if len(counting) != 1:
            continue
        each = ((step, one.value) for step, read in building.read.items() for one in read.sent)
        sent = [(step, option) for step, value in each for option in alternatives(value)]
        carrying = [(step, value, stays) for step, value in sent if (stays := _stays(value, name)) is not None]
        adding = [step for step, _, stays in carrying if not stays]
        begun = max((_first(value, name) for _, value, stays in carrying if stays), default=0)
        if adding == counting and not _is_set(building, name):
            yield OwnRounds(name, int(threshold.at) - begun, threshold.span)


def _first(value: Value, name: str) -> int:
    """The number that a message begins to count with; 0 where it hands on what it was given."""
    cls = value.cls if isinstance(value, Object) else None
    held = value.content.get(name) if isinstance(value, Object) else None
    default = cls.declared()[name].default if isinstance(cls, Class) and name in cls.declared() else None
    begun = held if held is not None else default
    return begun.value if isinstance(begun, Const) and isinstance(begun.value, int) else 0


def _stays(value: Value, name: str) -> bool | None:
    """Whether a message has the field as it begins, or as it was handed over; None where it has no such field."""
    match value:
        case Object(cls=Class() as cls) if name in cls.declared():
            given = value.arguments.get(name, list(cls.declared()).index(name))
            held = value.content.get(name, given)
            begun = held if held is not None else cls.declared()[name].default
            return not value.arguments.open and _is_beginning(begun, name)
        case Object(cls=cls, path=path):
            return None if cls is not None or (path or "").startswith(OWN) else False
        case Mapping(content=content) if OTHER_KEYS in content:
            rest = content[OTHER_KEYS]
            return _is_beginning(content[name], name) if name in content else _holds(rest, name)
        case TrackedValue():
            return _holds(value, name)
        case Const():
            return None
        case _:
            return False


def _holds(value: Value, name: str) -> bool | None:
    """Whether a value is a message that was handed over, with such a field."""
    if not isinstance(value, TrackedValue) or value.access_path:
        return False
    cls = bare(value.root.type)
    return (True if name in cls.declared() else None) if isinstance(cls, Class) else False


def _is_beginning(value: Value | None, name: str) -> bool:
    """Whether a field has a number that counts begin with, or what it was handed over with."""
    match value:
        case Const(value=bool()):
            return False
        case Const(value=number):
            return number in (0, 1)
        case TrackedValue(access_path=(field,)):
            return field == name
        case _:
            return False


def _is_set(building: Building, name: str) -> bool:
    """Whether code sets an attribute of this name on whatever object."""
    modules = dict.fromkeys(function.module for step in building.values for function in building.code(step))
    return any(may_change(module, name) for module in modules)
