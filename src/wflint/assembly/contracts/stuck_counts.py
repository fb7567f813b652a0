"""Counts that objects keep of their own runs, and that nothing ever changes: a bound that compares them never holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.modules import Module
from wflint.evaluate.values import Location
from wflint.model.conduct import StuckCount
from wflint.source import code
from wflint.source.walking import nodes_in

MAKING: Final = frozenset({"__init__", "__post_init__", "model_post_init"})
"""Methods that set what an object begins with."""
REFLECTIVE: Final = frozenset({"setattr", "__dict__", "__setattr__", "vars"})
"""What may change any attribute."""
BOUNDS: Final = (">", ">=", "==")


def stuck_counts_of(summary: FunctionSummary | None) -> tuple[StuckCount, ...]:
    """The attributes of its own object that a method compares with a bound, set to a number once and for all."""
    function = summary.function if summary is not None else None
    if function is None or not isinstance(function.owner, Class) or not isinstance(function.node, code.FunctionDef):
        return ()
    asked = dict(compared_counts(function.node))
    begun = _begun(function.owner) if asked else frozenset[str]()
    return tuple(
        StuckCount(name, Location(function.module, node.at).span) for name, node in asked.items() if name in begun
    )


def compared_counts(function: code.FunctionDef) -> Iterator[tuple[str, code.Compare]]:
    """The attributes of its own object that a method compares with a bound from above, each with the comparison."""
    first = next((parameter.name for parameter in function.parameters), "")
    return _compared(function.body, first)


def may_change(module: Module, name: str) -> bool:
    """Whether code of a module sets an attribute of this name, on whatever object, or may set any."""
    for node in nodes_in(module.body):
        reflective = isinstance(node, code.Name | code.Attribute) and _named(node) in REFLECTIVE
        if reflective or any(changed == name for changed, _ in _set(node) if not isinstance(node, code.AnnAssign)):
            return True
    return False


def _compared(body: Sequence[code.StmtT], first: str) -> Iterator[tuple[str, code.Compare]]:
    for node in nodes_in(body):
        match node:
            case code.Compare(
                left=code.Attribute(value=code.Name(id=owner), name=name), operators=(operator,), rights=(bound,)
            ):
                if owner == first and operator in BOUNDS and not begins_count(bound):
                    yield name, node
            case _:
                pass


def _begun(cls: Class) -> frozenset[str]:
    """The attributes that only the making of an object sets, to a number; none where any may be set elsewhere."""
    numbers: set[str] = set()
    changed: set[str] = set()
    for module in dict.fromkeys(ancestor.module for ancestor in cls.lineage()):
        made = {id(node) for method in _makers(module.body) for node in nodes_in(method.body)}
        for node in nodes_in(module.body):
            if isinstance(node, code.Name | code.Attribute) and _named(node) in REFLECTIVE:
                return frozenset()
            for name, value in _set(node):
                (numbers if id(node) in made and begins_count(value) else changed).add(name)
    return frozenset(numbers - changed)


def _makers(body: Sequence[code.StmtT]) -> Iterator[code.FunctionDef]:
    yield from (node for node in nodes_in(body) if isinstance(node, code.FunctionDef) and node.name in MAKING)


def _named(node: code.Name | code.Attribute) -> str:
    return node.id if isinstance(node, code.Name) else node.name


def _set(node: object) -> Iterator[tuple[str, code.ExprT | None]]:
    """The attributes that a statement sets, of whatever object, each with the value."""
    match node:
        case code.Assign(targets=targets, value=value):
            attributes = [target for target in nodes_in(targets) if isinstance(target, code.Attribute)]
            yield from ((target.name, value if len(targets) == 1 else None) for target in attributes)
        case code.AugAssign(target=code.Attribute(name=name)):
            yield name, None
        case code.AnnAssign(target=code.Attribute(name=name), value=value):
            yield name, value
        case _:
            pass


def begins_count(value: code.ExprT | None) -> bool:
    """Whether a value is one that counts begin with; other numbers are settings."""
    return isinstance(value, code.Constant) and not isinstance(value.value, bool) and value.value in (0, 1)
