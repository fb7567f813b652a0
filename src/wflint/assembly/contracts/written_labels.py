"""Labels that the code of a router writes and never returns here: what it is built with decides otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wflint.assembly.function_summary import FunctionSummary
from wflint.source import code
from wflint.source.walking import nodes_in


def unreturned_labels(summary: FunctionSummary | None, returned: Collection[str]) -> tuple[str, ...]:
    """Those that it would return if it were built with something else; none where a test of its own settles it."""
    if summary is None or not isinstance(summary.function.node, code.FunctionDef):
        return ()
    inside = list(nodes_in(summary.function.node.body))
    if any(_is_settled(node.test) for node in inside if isinstance(node, code.If | code.IfExp)):
        return ()
    written = [label for node in inside if isinstance(node, code.Return) for label in _labels(node.value)]
    return tuple(label for label in dict.fromkeys(written) if label not in returned)


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
