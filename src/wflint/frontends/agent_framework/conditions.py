"""Conditions on edges, tried on the messages that the step before is seen to send."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from msgspec import Struct
from msgspec.structs import replace as with_changes

from wflint.assembly.contracts.effects import certainty, read_set
from wflint.assembly.contracts.shapes import shape_of
from wflint.assembly.function_summary import summarize
from wflint.assembly.speculation import evaluate_isolated
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.python.models import replace
from wflint.evaluate.types import bare
from wflint.evaluate.values import NONE, Arguments, Const, EnumMember, Location, Object, Value, alternatives
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.listed_values import Listed, messages_of
from wflint.frontends.agent_framework.participants import Participant
from wflint.model.contract import Certainty, Need, Part, TypedInput
from wflint.model.workflow import Choice, MappedRoute, Route

MOST_MESSAGES = 24


class Branch(Struct, frozen=True):
    """A way with its condition; without one it is the default, and NONE stands for one that cannot be tried."""

    way: tuple[str, str]
    condition: Value | None
    location: Location


class Tried(Struct, frozen=True):
    """A message that is sent, as a label, and the targets it is let through to."""

    label: str
    location: Location
    certain: bool
    targets: tuple[str, ...]


def choice_of(building: Building, branches: list[Branch], *, exclusive: bool, others: bool) -> Choice:
    """The decision between some branches; `others` says that its messages also have other ways to go."""
    choice = _choice(building, branches, exclusive=exclusive, others=others)
    step = building.read.get(choice.source)
    needs = tuple(_reads(building.interp, step, branches)) if step is not None else ()
    return with_changes(choice, needs=needs)


def _reads(interp: Interpreter, step: Participant, branches: list[Branch]) -> Iterator[Need]:
    """The fields that conditions take of messages whose classes are declared in the source, methods left out."""
    kinds = [bare(type_) for type_ in step.gives]
    declared = [
        kind for kind in kinds if isinstance(kind, Class) and kind.declared() and PLAIN.issuperset(kind.libraries())
    ]
    if not declared or len(declared) != len(kinds):
        return
    for branch in branches:
        condition = branch.condition if branch.condition != NONE else None
        summary = summarize(interp, condition, declared[0], branch.location) if condition is not None else None
        for need in read_set(summary, interp) if summary is not None and len(declared) == 1 else ():
            if declared[0].find(need.name) is None:
                yield need


def misread(interp: Interpreter, step: Participant, branches: list[Branch]) -> TypedInput | None:
    """What conditions take of fields of the one message that a step sends, and those do not have, however deep."""
    kinds = [bare(type_) for type_ in step.gives]
    shape = shape_of(kinds[0], interp) if len(kinds) == 1 and isinstance(kinds[0], Class) else None
    conditions = [branch for branch in branches if branch.condition not in (None, NONE)]
    parts: list[Part] = []
    for branch in conditions if shape is not None else ():
        summary = summarize(interp, branch.condition or NONE, kinds[0], branch.location)
        for need in read_set(summary, interp) if summary is not None else ():
            parts += [with_changes(part, path=(need.name, *part.path)) for part in need.parts]
    lacking = tuple(part for part in dict.fromkeys(parts) if shape is not None and shape.lacks(part))
    return TypedInput("result", shape, lacking) if lacking else None


PLAIN = frozenset({"pydantic.BaseModel", "builtins.object", "object", "abc.ABC"})
"""Classes of libraries that give those that inherit from them no attributes that messages are asked for."""


def _choice(building: Building, branches: list[Branch], *, exclusive: bool, others: bool) -> Choice:
    source = branches[0].way[0]
    step = building.read.get(source)
    tried = _tried(building.interp, step, branches, exclusive=exclusive) if step is not None else None
    if tried is None and step is not None and not others:
        return _of_listed(building, step, branches, exclusive=exclusive)
    span = branches[0].location.span
    if tried is None or others or (step is not None and step.yields) or len(branches) < MANY:
        return Choice(source, source, span, exclusive=exclusive, is_goto=True)
    mapping = _mapping(tried, branches)
    routes = tuple(Route(item.label, item.location.span, certainty(item.certain)) for item in tried)
    decider = step.step.definition if step is not None else None
    return Choice(source, source, span, decider, routes, closed=True, mapping=mapping, exclusive=exclusive,
                  is_goto=True)  # fmt: skip


def _mapping(tried: tuple[Tried, ...], branches: list[Branch]) -> tuple[MappedRoute, ...]:
    return tuple(
        MappedRoute(item.label, target, branch.location.span)
        for item in tried
        for target in item.targets
        for branch in branches
        if branch.way[1] == target
    )


def _of_listed(building: Building, step: Participant, branches: list[Branch], *, exclusive: bool) -> Choice:
    """The decision where what is sent is not seen, but its class lists all that the conditions ask for."""
    source = branches[0].way[0]
    choice = Choice(source, source, branches[0].location.span, exclusive=exclusive, is_goto=True)
    conditions = [branch.condition for branch in branches]
    asked = messages_of(building.interp, step.gives, conditions)
    if asked is None or step.yields or len(branches) < MANY:
        return choice
    tried: list[Tried] = []
    holes: list[str] = []
    for message in asked.messages:
        label, targets = _label(message), _targets(building.interp, message, branches, exclusive=exclusive)
        if label is None or targets is None:
            return choice
        if not targets and asked.sampled:
            holes += [label] if asked.lies_between(building.interp, message, conditions) else []
            continue
        tried.append(Tried(label, branches[0].location, certain=False, targets=targets))
    taken = {target for item in tried for target in item.targets}
    dead = [branch for branch in branches if branch.condition is not None and branch.way[1] not in taken]
    mapping = (*_mapping(tuple(tried), branches), *(_dead(building.interp, asked, branch) for branch in dead))
    routes = tuple(Route(item.label, item.location.span, Certainty.POSSIBLE) for item in tried)
    if len(taken) == len(branches):  # what lies between two of them is hardly meant to go nowhere
        routes += tuple(Route(label, branches[0].location.span, Certainty.POSSIBLE) for label in holes[:1])
    closed = all(item.targets for item in tried) and not holes  # nobody says that what lies between ever comes
    return with_changes(choice, decider=step.step.definition, routes=routes, closed=closed, mapping=mapping)


def _dead(interp: Interpreter, asked: Listed, branch: Branch) -> MappedRoute:
    """A branch that no message takes, under what its condition asks for."""
    return MappedRoute(asked.wanted(interp, branch.condition), branch.way[1], branch.location.span)


MANY = 2
"""A single condition is a filter: what it does not let through is meant to go nowhere."""


def _tried(
    interp: Interpreter, step: Participant, branches: list[Branch], *, exclusive: bool
) -> tuple[Tried, ...] | None:
    """Every message with where it goes; None where a message or an outcome is not known."""
    if not step.closed or not step.sent:
        return None
    found: list[Tried] = []
    for sent in step.sent:
        options = [way for option in alternatives(sent.value) for way in _ways(interp, option, sent.location)]
        for option in options:
            label = _label(option)
            if label is None or len(found) >= MOST_MESSAGES:
                return None
            targets = _targets(interp, option, branches, exclusive=exclusive)
            if targets is None:
                return None
            found.append(Tried(label, sent.location, sent.certain and len(options) == 1, targets))
    return tuple(found)


def _ways(interp: Interpreter, message: Value, location: Location) -> Iterator[Value]:
    """A message for each value that a field of it may have, where a field is one of several known ones."""
    fields = message.content if isinstance(message, Object) and message.cls is not None else {}
    several = {name: alternatives(value) for name, value in fields.items() if isinstance(name, str) and _varies(value)}
    if not several or prod(map(len, several.values())) > MOST_MESSAGES:
        yield message
        return
    for values in product(*several.values()):
        yield replace(interp, Arguments((message,), tuple(zip(several, values, strict=True))), location)


def _varies(value: Value) -> bool:
    options = alternatives(value)
    return len(options) > 1 and all(_label(option) is not None for option in options)


def _label(value: Value) -> str | None:
    match value:
        case Object(cls=Class(name=kind), content=content):
            known = {name: label for name, field in content.items() if (label := _label(field)) is not None}
            shown = ", ".join(f"{name}={label}" for name, label in known.items())
            return f"{kind}({shown})" if known else None
        case Const(value=None):
            return None
        case Const(value=plain):
            return str(plain)
        case EnumMember(cls=cls, name=name):
            return f"{cls.name}.{name}"
        case _:
            return None


def _targets(interp: Interpreter, message: Value, branches: list[Branch], *, exclusive: bool) -> tuple[str, ...] | None:
    """Where a message goes: to all whose conditions hold, or where they exclude each other to the first of them."""
    taken: list[str] = []
    for branch in branches:
        if branch.condition is None:
            continue
        if branch.condition == NONE:
            return None
        outcome = evaluate_isolated(interp, branch.condition, Arguments((message,)), branch.location)
        if not isinstance(outcome, Const):
            return None
        if outcome.value:
            taken.append(branch.way[1])
    first = taken[:1] if exclusive else taken
    return tuple(first or (branch.way[1] for branch in branches if branch.condition is None))
