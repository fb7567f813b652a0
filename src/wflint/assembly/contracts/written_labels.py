"""Labels that the code of a router writes and never returns here: what it is built with decides otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.scope import Scope
from wflint.evaluate.values import Function
from wflint.source import code
from wflint.source.walking import nodes_in


def unreturned_labels(summary: FunctionSummary | None, returned: Collection[str]) -> tuple[str, ...]:
    """Those that it would return if it were built with something else; none where no test asks what that is.

    Nor are there any where a test of its own settles it.
    """
    if summary is None or not isinstance(summary.function.node, code.FunctionDef):
        return ()
    inside = list(nodes_in(summary.function.node.body))
    tests = [node.test for node in inside if isinstance(node, code.If | code.IfExp)]
    if not any(_asks_around(summary.function, test) for test in tests) or any(map(_is_settled, tests)):
        return ()
    written = [label for node in inside if isinstance(node, code.Return) for label in _labels(node.value)]
    return tuple(label for label in dict.fromkeys(written) if label not in returned)


def _asks_around(function: Function, test: code.ExprT) -> bool:
    """Whether a test looks at what the code around a function, or the object whose method it is, was given."""
    scopes = takewhile(lambda scope: scope.kind != "module", _outwards(function.scope))
    if any(scope.kind == "function" and node.id in scope.content for scope in scopes for node in _names_in(test)):
        return True
    own = function.node.parameters[0].name if function.owner is not None and function.node.parameters else None
    return own is not None and any(node.id == own for node in _names_in(test))


def _outwards(scope: Scope | None) -> Iterator[Scope]:
    while scope is not None:
        yield scope
        scope = scope.parent


def _names_in(test: code.ExprT) -> Iterator[code.Name]:
    return (node for node in nodes_in((test,)) if isinstance(node, code.Name))


def _labels(value: code.ExprT | None) -> Iterator[str]:
    match value:
        case code.Constant(value=str(label)):
            yield label
        case code.IfExp(body=body, orelse=orelse):
            yield from _labels(body)
            yield from _labels(orelse)
        case _:
            return


def _is_settled(test: code.ExprT) -> bool:
    """Whether a test comes out alike whatever happens: `x == "a" or "b"`."""
    sides = (side for node in nodes_in((test,)) if isinstance(node, code.Boolean) for side in (node.left, node.right))
    return any(isinstance(each, code.Constant) for each in (test, *sides))
