"""Where code compares with a bound what a call has just given it: a count that is kept somewhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.contracts.stuck_tests import COMPARING, is_setting
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import called_name, holds, nodes_in

CONVERTING = frozenset({"int", "get"})


def comparison_of(body: Sequence[code.StmtT], asked: TextRange) -> TextRange | None:
    """Where a body compares what the call at a place gives, or one more than that, with a bound that stays the same."""
    names = _names(body, asked)
    for node in nodes_in(body):
        match node:
            case code.Compare(left=left, operators=(operator,), rights=(bound,), at=at):
                if operator in COMPARING and is_setting(bound) and _is_count(left, asked, names):
                    return at
            case _:
                pass
    return None


def _names(body: Sequence[code.StmtT], asked: TextRange) -> frozenset[str]:
    """The names of the count; none of one that is also set to something else."""
    assigned = sorted(_assigned(body), key=lambda pair: pair[1].at)
    found: set[str] = set()
    for name, value in assigned:
        if _is_count(value, asked, frozenset(found)):
            found.add(name)
    others = {name for name, value in assigned if not _is_count(value, asked, frozenset(found))}
    return frozenset(found - others)


def _assigned(body: Sequence[code.StmtT]) -> Iterator[tuple[str, code.ExprT]]:
    for node in nodes_in(body):
        match node:
            case code.Assign(targets=(code.Name(id=name),), value=value) | code.NamedExpr(name=name, value=value):
                yield name, value
            case code.AnnAssign(target=code.Name(id=name), value=value) if value is not None:
                yield name, value
            case _:
                pass


def _is_count(value: code.ExprT, asked: TextRange, names: frozenset[str]) -> bool:
    """Whether an expression is what the call gives, with a default, as a number, or with something added."""
    match value:
        case code.Name(id=name):
            return name in names
        case code.Call() if value.at == asked:
            return True
        case code.Await(value=inner) | code.NamedExpr(value=inner):
            return _is_count(inner, asked, names)
        case code.Binary(operator="+", left=left, right=right):
            return _is_count(left, asked, names) or _is_count(right, asked, names)
        case code.Boolean(operator="or", left=left):
            return _is_count(left, asked, names)
        case code.Call(args=(first,)) if called_name(value) in CONVERTING:
            return _is_count(first, asked, names)
        case _:
            return holds(value.at, asked) and isinstance(value, code.IfExp)
