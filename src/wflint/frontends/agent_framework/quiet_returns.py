"""Handlers that send a message in some cases and return without one in another."""

from __future__ import annotations

from collections.abc import Sequence

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.values import Location
from wflint.source.code import FunctionDef, If, Name, Raise, Return, StmtT
from wflint.source.walking import nodes_in


def quiet_return(summary: FunctionSummary) -> Location | None:
    """Where a handler returns although it used its context for nothing yet, and sends something otherwise.

    What depends on the object of the handler may wait for more, so a test that asks it is passed over.
    """
    node = summary.function.node
    if not isinstance(node, FunctionDef):
        return None
    names = [parameter.name for parameter in node.parameters]
    if not any(call.method == "send_message" for call in summary.calls) or len(names) < 2:  # noqa: PLR2004 - message, context
        return None
    keeping = frozenset({names[0], names[-1]}) if summary.function.owner is not None else frozenset({names[-1]})
    found = _quiet(node.body, keeping, names[-1]) or _one_armed(node.body, keeping, names[-1])
    return Location(summary.function.module, found.at) if found is not None else None


def _quiet(body: Sequence[StmtT], keeping: frozenset[str], context: str) -> Return | None:
    """The first return that nothing of the context was used before."""
    for statement in body:
        match statement:
            case Return() if not _names(statement, frozenset({context})):
                return statement
            case If(test=test, body=then, orelse=otherwise) if not _names(test, keeping):
                found = _quiet(then, keeping, context) or _quiet(otherwise, keeping, context)
                if found is not None:
                    return found
            case _:
                pass
        if isinstance(statement, Return | Raise) or _names(statement, frozenset({context})):
            return None
    return None


def _one_armed(body: Sequence[StmtT], keeping: frozenset[str], context: str) -> If | None:
    """The test at the end of a handler of which one arm uses the context, and the other one neither does nor fails."""
    used = [statement for statement in body if _names(statement, frozenset({context}))]
    match used:
        case [If(test=test, body=then, orelse=otherwise) as only] if not _names(test, keeping):
            without = [arm for arm in (then, otherwise) if not _names_in(arm, frozenset({context}))]
            raising = any(isinstance(node, Raise) for node in nodes_in([*without, *body[body.index(only) :]]))
            return only if without and not raising else None
        case _:
            return None


def _names_in(arm: Sequence[StmtT], names: frozenset[str]) -> bool:
    return any(_names(statement, names) for statement in arm)


def _names(node: object, names: frozenset[str]) -> bool:
    return any(isinstance(item, Name) and item.id in names for item in nodes_in([node]))
