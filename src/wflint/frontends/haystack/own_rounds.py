"""How often components run before a count that they keep of their own runs tells them to stop."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.fixed_numbers import whole_number
from wflint.assembly.contracts.stuck_counts import compared_counts
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Function, Location, Object, Value, alternatives
from wflint.model.conduct import OwnRounds
from wflint.source.code import Attribute, AugAssign, Constant, ExprT, FunctionDef, Name
from wflint.source.walking import nodes_in


def own_rounds_of(interp: Interpreter, made: Object, run: Function) -> tuple[OwnRounds, ...]:
    """The counts that a component raises by one in each run and compares with a number that is known."""
    return tuple(_rounds(interp, made, run)) if isinstance(run.node, FunctionDef) else ()


def _rounds(interp: Interpreter, made: Object, run: Function) -> Iterator[OwnRounds]:
    assert isinstance(run.node, FunctionDef)
    first = next((parameter.name for parameter in run.node.parameters), "")
    raised = [node for node in nodes_in(run.node.body) if isinstance(node, AugAssign)]
    for name, test in compared_counts(run.node):
        adding = [node for node in raised if _own(node.target, first) == name]
        most, begun = _number(interp, made, run, test.rights[0]), _first(made.content.get(name))
        one_a_run = len(adding) == 1 and adding[0].operator == "+" and _is_one(adding[0].value)
        if one_a_run and most is not None and begun is not None and test.operators[0] in (">", ">="):
            later = adding[0].at > test.at
            runs = most - begun + (test.operators[0] == ">") + later
            yield OwnRounds(name, runs, Location(run.module, test.at).span)


def _own(target: ExprT, first: str) -> str | None:
    match target:
        case Attribute(value=Name(id=owner), name=name) if owner == first:
            return name
        case _:
            return None


def _number(interp: Interpreter, made: Object, run: Function, bound: ExprT) -> int | None:
    """What a count is compared with: a number, an attribute of the component that holds one, or a constant."""
    name = _own(bound, next((parameter.name for parameter in run.node.parameters), ""))
    if isinstance(bound, Name):
        return whole_number(interp.settled(interp.lookup(bound.id, run.scope, bound.at)))
    if name is not None:
        return whole_number(made.content.get(name))
    return bound.value if isinstance(bound, Constant) and type(bound.value) is int else None


def _first(value: Value | None) -> int | None:
    """The least number among the values that an attribute has over time: what a count that grows begins with."""
    numbers = [number for one in alternatives(value or NONE) if (number := whole_number(one)) is not None]
    return min(numbers, default=None)


def _is_one(value: ExprT) -> bool:
    return isinstance(value, Constant) and value.value == 1
