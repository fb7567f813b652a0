"""Faults that code expects: a test builds what the framework refuses, or a call is tried one way after the other."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Unresolved, Workflow
from wflint.source.code import Attribute, Call, FunctionDef, Name, Node, TextRange, Try, With
from wflint.source.walking import called_name, nodes_in

EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex"})
"""How contexts are called that fail where nothing does."""


def without_expected(interp: Interpreter, workflow: Workflow) -> Workflow:
    """The workflow without the faults in functions that expect something to fail.

    Of one that is built in such a function nobody says that it is whole.
    """
    left = tuple(fault for fault in workflow.faults if not is_expected(interp, fault.span))
    named = tuple(name for name in workflow.unresolved_names if not is_expected(interp, name.span))
    same = len(left) == len(workflow.faults) and len(named) == len(workflow.unresolved_names)
    found = workflow if same else replace(workflow, faults=left, unresolved_names=named)
    if not found.must_connect or not is_expected(interp, found.span):
        return found
    refused = Unresolved("a test expects that this is refused", found.span, Aspect.EDGES, is_meant=True)
    return replace(found, must_connect=False, compiled=False, unresolved=(*found.unresolved, refused))


def is_expected(interp: Interpreter, span: Span) -> bool:
    """Whether a place is in a function that expects something to fail, or in one of several ways to make a call."""
    module = interp.linker.modules.get(span.path)
    return module is not None and (
        any(_expects(function) for function in _around(module, span)) or _is_one_way_of_several(module, span)
    )


def _is_one_way_of_several(module: Module, span: Span) -> bool:
    """Whether a call is tried, and where it fails made again with something else; the last way counts as well."""
    return any(
        module.span(_whole(node)).covers(span.line) and _tries_again(node)
        for node in nodes_in(module.body if module.lowered is not None else ())
        if isinstance(node, Try)
    )


def _whole(node: Try) -> TextRange:
    """From the start of a `try` to the end of its handlers."""
    return node.at[0], max(inner.at[1] for inner in (node, *nodes_in(node.handlers)))


def _tries_again(node: Try) -> bool:
    """Whether a handler calls what the body calls, by the same name on the same object."""
    tried = {_callee(inner) for inner in nodes_in(node.body)} - {None}
    return any(_callee(inner) in tried for handler in node.handlers for inner in nodes_in(handler.body))


def _callee(node: Node) -> tuple[str, str] | None:
    """The object and the method of a call; None for any other node."""
    match node:
        case Call(func=Attribute(value=Name(id=owner), name=method)):
            return owner, method
        case _:
            return None


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
