"""Counts that a loop of plain code compares with a bound, kept by an object of the source that nothing changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from wflint.assembly.contracts.stuck_counts import begins_count, may_change
from wflint.evaluate.class_values import Class
from wflint.evaluate.modules import Module
from wflint.evaluate.statements.bindings import values_by_name
from wflint.evaluate.values import Const, Function
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import nodes_in

LOOKING: Final = frozenset({"print", "str", "repr", "len", "isinstance", "asdict", "vars", "debug", "info", "warning"})
"""Functions and methods that leave as it is what they are given."""

Asked = tuple[str, str, TextRange]
"""A name, the attribute of it that is compared, and where."""


def stuck_attributes(function: code.FunctionDef, module: Module, asked: Iterator[Asked]) -> Iterator[Asked]:
    """The attributes among those asked for that begin at a number and that no code which gets the object sets."""
    made: dict[str, code.Call] | None = None
    for owner, name, at in asked:
        made = _made(function) if made is None else made
        value = made.get(owner)
        if value is None or not isinstance(value.func, code.Name):
            continue
        cls = module.scope.content.get(value.func.id)
        if isinstance(cls, Class) and _begins(cls, value, name) and _stays(function, module, cls, owner, name):
            yield owner, name, at


def _made(function: code.FunctionDef) -> dict[str, code.Call]:
    """The calls that make what a name of the function holds: the only thing that it is set to, and no other name."""
    given = values_by_name(nodes_in(function.body))
    taken = Counter(id(value) for values in given.values() for value in values)
    parameters = {parameter.name for parameter in function.parameters}
    single = {name: values[0] for name, values in given.items() if len(values) == 1 and name not in parameters}
    return {name: value for name, value in single.items() if isinstance(value, code.Call) and taken[id(value)] == 1}


def _begins(cls: Class, making: code.Call, name: str) -> bool:
    """Whether a new object has a count there, which its class begins with and the call leaves as it is."""
    fields = list(cls.declared())
    if cls.libraries() and any(not path.startswith(("builtins.", "pydantic.")) for path in cls.libraries()):
        return False
    given = [each.value for each in making.keywords if each.name == name]
    given += making.args[fields.index(name) :][:1] if name in fields else ()
    spread = any(each.name is None for each in making.keywords) or any(isinstance(a, code.Starred) for a in making.args)
    default = cls.find(name)
    counts = isinstance(default, Const) and not isinstance(default.value, bool) and default.value in (0, 1)
    return name in fields and counts and not spread and all(map(begins_count, given))


def _stays(function: code.FunctionDef, module: Module, cls: Class, owner: str, name: str) -> bool:
    """Whether nobody who gets the object sets the attribute; who is not known may do so."""
    reached = {id(module): module, **{id(one.module): one.module for one in cls.lineage()}}
    nodes = list(nodes_in(function.body))
    looked: set[int] = set()
    for node in nodes:
        match node:
            case code.Attribute(value=code.Name() as inner) if inner.id == owner:
                looked.add(id(inner))
            case code.Return(value=code.Name() as inner):
                looked.add(id(inner))
            case code.Call(func=func, args=args, keywords=keywords):
                handed = [a for a in (*args, *(each.value for each in keywords)) if isinstance(a, code.Name)]
                taker = _taker(module, func)
                if taker is not None:
                    looked |= {id(each) for each in handed if each.id == owner}
                    reached |= {id(one): one for one in taker}
            case code.Assign(targets=targets):
                looked |= {id(target) for target in targets}
            case code.AnnAssign(target=target):
                looked.add(id(target))
            case _:
                pass
    known = all(id(node) in looked for node in nodes if isinstance(node, code.Name) and node.id == owner)
    return known and not any(may_change(one, name) for one in reached.values())


def _taker(module: Module, called: code.ExprT) -> tuple[Module, ...] | None:
    """Where the code is that a call runs; None where that is not known."""
    name = called.id if isinstance(called, code.Name) else called.name if isinstance(called, code.Attribute) else ""
    if name in LOOKING:
        return ()
    found = module.scope.content.get(name) if isinstance(called, code.Name) else None
    return (found.module,) if isinstance(found, Function) and not found.unmodelled_decorators else None
