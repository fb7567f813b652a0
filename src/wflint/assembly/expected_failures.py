"""Faults that a test is about: it builds what the framework refuses, and expects that it does."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Unresolved, Workflow
from wflint.source.code import Call, FunctionDef, TextRange, With
from wflint.source.walking import called_name, nodes_in

EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex"})
"""How contexts are called that fail where nothing does."""


def without_expected(interp: Interpreter, workflow: Workflow) -> Workflow:
    """The workflow without the faults in functions that expect something to fail.

    Of one that is built in such a function nobody says that it is whole.
    """
    left = tuple(fault for fault in workflow.faults if not is_expected(interp, fault.span))
    found = workflow if len(left) == len(workflow.faults) else replace(workflow, faults=left)
    if not found.must_connect or not is_expected(interp, found.span):
        return found
    refused = Unresolved("a test expects that this is refused", found.span, Aspect.EDGES)
    return replace(found, must_connect=False, compiled=False, unresolved=(*found.unresolved, refused))


def is_expected(interp: Interpreter, span: Span) -> bool:
    """Whether a place is in a function that expects something to fail."""
    module = interp.linker.modules.get(span.path)
    return module is not None and any(_expects(function) for function in _around(module, span))


def _around(module: Module, span: Span) -> Iterator[FunctionDef]:
    for node in nodes_in(module.body if module.lowered is not None else ()):
        if isinstance(node, FunctionDef) and module.span(_stretch(node)).covers(span.line):
            yield node


def _stretch(function: FunctionDef) -> TextRange:
    """From the name of a function to the end of its body."""
    return function.at[0], max(node.at[1] for node in (function, *nodes_in(function.body)))


def _expects(function: FunctionDef) -> bool:
    contexts = (item.context for node in nodes_in(function.body) if isinstance(node, With) for item in node.items)
    return any(isinstance(context, Call) and called_name(context) in EXPECTING for context in contexts)
