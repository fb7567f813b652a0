"""Whether code that is run again with the same input makes a call again that it has made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wflint.assembly.contracts.retry_schemes import Level, levels_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import nodes_in, stands_in

PLAIN: Final = frozenset({"len", "bool", "str", "int", "isinstance", "any", "all"})
"""Functions that look at nothing but what they are given."""
LEAVING: Final = (code.Return, code.Raise, code.BreakOrContinue)


def is_repeated(summary: FunctionSummary, call: LibraryCall) -> bool:
    """Whether a call that was made is made each time that the step runs on the same input.

    Tests of that input come out as before; what looks at anything else may see that the work is done.
    """
    if call.certain and not call.path_condition:
        return True
    own, *inner = levels_of(summary.function, call)
    names = {summary.parameter} - {""}
    return _reached(own, names) and all(_reached(level, set()) for level in inner)


def _reached(level: Level, names: set[str]) -> bool:
    """Whether nothing but tests of some names decides if a function gets to a place."""
    function, place = level
    node = function.node
    here = isinstance(node, code.FunctionDef) and function.module is place.module
    return here and _in_statements(node.body if isinstance(node, code.FunctionDef) else (), place.at, names)


def _in_statements(body: Sequence[code.StmtT], place: TextRange, names: set[str]) -> bool:
    for statement in body:
        if stands_in((statement,), place):
            return _in_statement(statement, place, names)
        leaves = any(isinstance(node, LEAVING) for node in nodes_in((statement,)))
        if leaves and not (isinstance(statement, code.If) and _looks_at(statement.test, names)):
            return False
    return False


def _in_statement(statement: code.StmtT, place: TextRange, names: set[str]) -> bool:
    match statement:
        case code.If(test=test, body=body, orelse=orelse):
            arm = next((each for each in (body, orelse) if stands_in(each, place)), None)
            return arm is not None and _looks_at(test, names) and _in_statements(arm, place, names)
        case code.With(body=body) | code.Try(body=body) if stands_in(body, place):
            return _in_statements(body, place, names)
        case code.Assign() | code.ExprStmt() | code.Return() | code.AnnAssign():
            parts = nodes_in((statement,))
            decided = (node for node in parts if isinstance(node, code.IfExp | code.Boolean | code.Comprehension))
            return not any(stands_in((node,), place) for node in decided)
        case _:
            return False


def _looks_at(test: code.ExprT, names: set[str]) -> bool:
    """Whether a test looks at some names and at nothing else."""
    return all(node.id in names | PLAIN for node in nodes_in((test,)) if isinstance(node, code.Name))
