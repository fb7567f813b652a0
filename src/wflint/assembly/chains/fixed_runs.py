"""Runs that a loop over data makes again in each round, although they are told the same each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.assembly.chains.code_loops import CodeLoop
from wflint.assembly.chains.runs import KEPT
from wflint.assembly.contracts.growth import CARRYING
from wflint.evaluate.values import Location
from wflint.model.code_runs import FixedRun
from wflint.source import code
from wflint.source.walking import called_name, nodes_in


def fixed_runs(loops: Iterable[CodeLoop]) -> tuple[FixedRun, ...]:
    """Every such run, beside one in the same loop that is told the item.

    A loop that only counts makes several attempts, which may well differ.
    """
    return tuple(dict.fromkeys(found for one in loops for found in _fixed(one)))


def _fixed(one: CodeLoop) -> Iterator[FixedRun]:
    loop = one.loop
    if not isinstance(loop, code.For) or _only_counts(loop.iterable):
        return
    calls = {node.at: node for node in nodes_in(loop.body) if isinstance(node, code.Call) and node.at in one.places}
    changed, items = _changed(loop), _made_of_items(loop)
    told = {at: set(_told(call)) for at, call in calls.items()}
    if not any(paths & items for paths in told.values()) or _carries_on(loop):
        return
    for at, call in calls.items():
        if told[at] and not any(_touches(path, changed) for path in told[at]) and not _remembers(call):
            yield FixedRun(one.places[at], Location(one.module, at).span, one.location.span)


def _made_of_items(loop: code.For) -> set[str]:
    """The names of a loop's items, and of what its body makes of them."""
    found = set(_paths([loop.target]))
    made = [node for node in nodes_in(loop.body) if isinstance(node, code.Assign)]
    known = -1
    while known < len(found):
        known = len(found)
        found.update(p for node in made if found & set(_paths([node.value])) for p in _paths(node.targets))
    return found


def _only_counts(iterable: code.ExprT) -> bool:
    return isinstance(iterable, code.Call) and called_name(iterable) == "range"


def _told(call: code.Call) -> Iterator[str]:
    """The names that the arguments of a call hold, those of what is run included."""
    return _paths([*call.args, *(keyword.value for keyword in call.keywords)])


def _paths(roots: Iterable[code.Node]) -> Iterator[str]:
    for node in nodes_in(roots):
        path = _path(node)
        if path:
            yield path


def _path(node: code.Node) -> str:
    """A name, or the attributes of one, with dots."""
    match node:
        case code.Name(id=name):
            return name
        case code.Attribute(value=value, name=name):
            owner = _path(value)
            return f"{owner}.{name}" if owner else ""
        case _:
            return ""


def _changed(loop: code.For) -> frozenset[str]:
    """What the loop sets, or calls a method of."""
    found = set(_paths([loop.target]))
    for node in nodes_in(loop.body):
        match node:
            case code.Assign(targets=targets):
                found.update(_paths(targets))
            case code.AugAssign(target=target) | code.AnnAssign(target=target) | code.For(target=target):
                found.update(_paths([target]))
            case code.NamedExpr(name=name):
                found.add(name)
            case code.With(items=items):
                found.update(_paths([item.target for item in items if item.target is not None]))
            case code.Call(func=code.Attribute(value=owner)) if not _is_class(owner):
                found.add(_path(owner))
            case code.Subscript(value=owner):
                found.add(_path(owner))
            case code.Comprehension(generators=generators):
                found.update(_paths([each.target for each in generators]))
            case _:
                pass
    return frozenset(found - {"", "self"})


def _is_class(node: code.ExprT) -> bool:
    """Whether something is written as classes are: to call one's method changes nothing in it."""
    return _path(node).rpartition(".")[2][:1].isupper()


def _touches(path: str, changed: frozenset[str]) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in changed)


def _remembers(call: code.Call) -> bool:
    """Whether a run is told more than its input says, or anything may be."""
    named = {keyword.name for keyword in call.keywords}
    calls = [node for node in nodes_in([*call.args]) if isinstance(node, code.Call)]
    return bool(named & KEPT) or None in named or bool(calls)


def _carries_on(loop: code.For) -> bool:
    """Whether the rounds are turns of one conversation."""
    return any(isinstance(node, code.Attribute) and node.name in CARRYING for node in nodes_in(loop.body))
