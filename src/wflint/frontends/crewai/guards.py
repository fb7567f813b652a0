"""What guardrails of tasks hand back: whether the result is accepted, and the result or what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from wflint.source import code
from wflint.source.walking import nodes_in


def replaces(returned: Sequence[code.ExprT], function: code.FunctionDef) -> bool:
    """Whether every result is accepted, and one of them is a message in which nothing of what was checked stands."""
    given = {parameter.name for parameter in function.parameters}
    results = [each.items[1] for each in returned if isinstance(each, code.Display) and _accepts(each)]
    return len(results) == len(returned) and any(_is_message(result, given) for result in results)


def _accepts(verdict: code.Display) -> bool:
    match verdict.items:
        case (code.Constant(value=True), _):
            return True
        case _:
            return False


def _is_message(result: code.ExprT, given: set[str]) -> bool:
    match result:
        case code.Constant(value=str()):
            return True
        case code.JoinedStr():
            return not any(isinstance(node, code.Name) and node.id in given for node in nodes_in((result,)))
        case _:
            return False
