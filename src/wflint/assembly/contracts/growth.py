"""What code passes on whole to models, and what it makes longer: fields of a state, and names around a loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from wflint.model.patterns import pattern
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import called_name, nodes_in

KEEPING: Final = frozenset(
    {
        "join", "format", "str", "repr", "list", "tuple", "enumerate", "reversed", "map", "dumps", "strip", "lstrip",
        "rstrip", "dedent", "from_template", "get",
    }
)  # fmt: skip
"""Calls whose result is as long as what goes into them."""
CARRYING: Final = frozenset({"to_input_list", "all_messages"})
"""Methods of a run's result that give the whole conversation, with what the run was told in it."""
ADDING: Final = frozenset({"append", "extend", "insert"})
SHORTENING: Final = frozenset({"pop", "popleft", "clear", "remove"})
TRIMMING: Final = pattern(
    r"(?i).*(?:trim|summar|compress|truncat|shorten|recent|last|tail|window|compact|prune|clip).*"
)
"""Names of functions that make what they are given shorter."""
NOTHING: Final[Mapping[str, code.FunctionDef]] = MappingProxyType({})
Names = Callable[[code.ExprT], str | None]
"""What an expression stands for, if it is one of those that are followed."""


def told_whole(
    body: Sequence[code.StmtT],
    asking: Iterable[TextRange],
    names: Names,
    defined: Mapping[str, code.FunctionDef] = NOTHING,
) -> Iterator[tuple[str, TextRange]]:
    """What goes whole into the calls at some places, with the place of each call.

    `defined` are the functions that the code may call to put together what it tells, by name.
    """
    places = frozenset(asking)
    holding = _Holding(body, names, defined)
    for node in nodes_in(body):
        if isinstance(node, code.Call) and node.at in places and not TRIMMING.match(called_name(node)):
            for part in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from ((name, node.at) for name in sorted(holding.in_(part)))


def extended(body: Sequence[code.StmtT], names: Names) -> frozenset[str]:
    """What statements add to and never make shorter."""
    added: set[str | None] = set()
    cut: set[str | None] = set()
    for node in nodes_in(body):
        match node:
            case code.AugAssign(target=target, value=value) if not _is_number(value):
                added.add(names(target))
            case code.Assign(targets=targets, value=value):
                for target in targets:
                    name = names(target)
                    (added if _adds_to(value, name, names) or _carries(value) else cut).add(name)
            case code.Call(func=code.Attribute(value=owner, name=method)) if method in ADDING:
                added.add(names(owner))
            case code.Call(func=code.Attribute(value=owner, name=method)) if method in SHORTENING:
                cut.add(names(owner))
            case code.Delete(targets=targets):
                cut |= {names(target.value) for target in targets if isinstance(target, code.Subscript)}
            case _:
                pass
    return frozenset(name for name in added - cut if name is not None)


def handed_back_longer(body: Sequence[code.StmtT], names: Names) -> frozenset[str]:
    """The keys of dicts whose values are the field of that name with something added."""
    pairs = (pair for node in nodes_in(body) if isinstance(node, code.DictDisplay) for pair in node.pairs)
    keyed = ((pair.key.value, pair.value) for pair in pairs if isinstance(pair.key, code.Constant))
    return frozenset(key for key, value in keyed if isinstance(key, str) and _adds_to(value, key, names))


def counted(body: Sequence[code.StmtT], names: Names) -> frozenset[str]:
    """What statements add one to."""
    found: set[str | None] = set()
    for node in nodes_in(body):
        match node:
            case code.AugAssign(target=left, operator="+", value=code.Constant(value=1)):
                found.add(names(left))
            case code.Binary(operator="+", left=left, right=code.Constant(value=1)):
                found.add(names(left.left) if isinstance(left, code.Boolean) else names(left))
            case _:
                pass
    return frozenset(name for name in found if name is not None)


class _Holding:
    """What expressions hold whole, names that were set to such expressions included."""

    def __init__(
        self, body: Sequence[code.StmtT], names: Names, defined: Mapping[str, code.FunctionDef] = NOTHING
    ) -> None:
        self._names = names
        self._defined = defined
        self._held: dict[str, frozenset[str]] = {}
        assigned = sorted((node for node in nodes_in(body) if isinstance(node, code.Assign)), key=lambda node: node.at)
        for node in assigned:
            for target in node.targets:
                if isinstance(target, code.Name):
                    self._held[target.id] = self._held.get(target.id, frozenset()) | self.in_(node.value)

    def in_(self, value: code.ExprT) -> frozenset[str]:
        """What an expression holds from end to end."""
        name = self._names(value)
        held = self._held.get(value.id, frozenset[str]()) if isinstance(value, code.Name) else frozenset[str]()
        if name is not None:
            return held | {name}
        if isinstance(value, code.Name):
            return held
        helper = self._defined.get(called_name(value)) if isinstance(value, code.Call) else None
        if isinstance(value, code.Call) and helper is not None and not TRIMMING.match(helper.name):
            return self._from(helper, value)
        return frozenset().union(*(self.in_(part) for part in _kept(value)))

    def _from(self, helper: code.FunctionDef, call: code.Call) -> frozenset[str]:
        """What a function gives back whole of what it is given: of the state, or of a list that is handed to it."""
        taken = [each.name for each in helper.parameters if each.name not in RECEIVERS]
        found: set[str] = set()
        for parameter, given in zip(taken, call.args, strict=False):
            if _is_whole(given, {STATE}):
                inner = fields_of(helper.body, parameter)
            elif held := self.in_(given):
                inner = partial(_parameter, parameter, held)
            else:
                continue
            holding = _Holding(helper.body, inner)
            returned = (each.value for each in nodes_in(helper.body) if isinstance(each, code.Return))
            found.update(*(holding.in_(value) for value in returned if value is not None))
        return frozenset(found)


RECEIVERS: Final = frozenset({"self", "cls"})


def _parameter(name: str, held: frozenset[str], value: code.ExprT) -> str | None:
    """The one thing that a parameter holds, where an expression is that parameter."""
    return next(iter(held)) if len(held) == 1 and isinstance(value, code.Name) and value.id == name else None


def _kept(value: code.ExprT) -> Iterator[code.ExprT]:
    """The parts of an expression that its value is as long as."""
    match value:
        case code.JoinedStr(parts=parts) | code.Display(items=parts):
            yield from parts
        case code.Binary(operator="+" | "%", left=left, right=right) | code.Boolean(left=left, right=right):
            yield from (left, right)
        case code.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case code.DictDisplay(pairs=pairs):
            yield from (pair.value for pair in pairs)
        case code.Comprehension(generators=generators):
            yield from (one.iterable for one in generators if not one.conditions)
        case code.Starred(value=inner) | code.Await(value=inner):
            yield inner
        case code.Call(func=func, args=args, keywords=keywords) if _is_keeping(called_name(value)):
            yield from (*args, *(keyword.value for keyword in keywords))
            if isinstance(func, code.Attribute):
                yield func.value
        case _:
            pass


def _is_keeping(name: str) -> bool:
    """Whether a call keeps what it is given: a conversion of texts, or a class, which holds it."""
    return name in KEEPING or name[:1].isupper()


def _carries(value: code.ExprT) -> bool:
    """Whether an expression is all that was said in a run, which begins with what the run was told."""
    match value:
        case code.Binary(operator="+", left=left, right=right):
            return _carries(left) or _carries(right)
        case code.Call(func=code.Attribute(name=name)):
            return name in CARRYING
        case _:
            return False


def _adds_to(value: code.ExprT, name: str | None, names: Names) -> bool:
    """Whether an expression is something and more."""
    if name is None:
        return False
    match value:
        case code.Binary(operator="+", left=left, right=right):
            parts = [left, right]
        case code.JoinedStr(parts=inner):
            parts = [part for part in inner if not isinstance(part, code.Constant)]
        case code.Display(items=items):
            parts = [item.value for item in items if isinstance(item, code.Starred)]
            return any(names(part) == name for part in parts) and len(items) > 1
        case _:
            return False
    return any(_within(part, name, names) for part in parts) and not any(map(_is_number, parts))


def _within(part: code.ExprT, name: str, names: Names) -> bool:
    return names(part) == name or _adds_to(part, name, names)


def _is_number(value: code.ExprT) -> bool:
    return isinstance(value, code.Constant) and isinstance(value.value, int | float)


def fields_of(body: Sequence[code.StmtT], parameter: str) -> Names:
    """Which field of the state an expression reads, where a parameter takes the state.

    `state["log"]`, `ctx.state.log`; a local name may stand for the state, as after `talk = ctx.state`.
    """
    wholes = {STATE, parameter}
    for node in sorted((each for each in nodes_in(body) if isinstance(each, code.Assign)), key=lambda each: each.at):
        if _is_whole(node.value, wholes):
            wholes |= {target.id for target in node.targets if isinstance(target, code.Name)}
    return lambda value: _field(value, wholes)


STATE: Final = "state"
"""What the state is called, and the part of a context that holds it."""


def _is_whole(value: code.ExprT, wholes: set[str]) -> bool:
    match value:
        case code.Name(id=name):
            return name in wholes
        case code.Attribute(name=name):
            return name == STATE
        case _:
            return False


def _field(value: code.ExprT, wholes: set[str]) -> str | None:
    match value:
        case code.Subscript(value=whole, index=code.Constant(value=str(name))) if _is_whole(whole, wholes):
            return name
        case code.Attribute(value=whole, name=name) if _is_whole(whole, wholes) and name not in ("get", STATE):
            return name
        case code.Call(func=code.Attribute(value=whole, name="get"), args=(code.Constant(value=str(name)), *_)):
            return name if _is_whole(whole, wholes) else None
        case _:
            return None


def local_name(value: code.ExprT) -> str | None:
    """The name that an expression is."""
    return value.id if isinstance(value, code.Name) else None
