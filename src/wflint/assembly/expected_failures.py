"""Faults that code expects or that do not come up.

A test builds what the framework refuses, or replaces a part of it, a call is tried one way after the other, or a lesson
shows what fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.swallowed_pauses import ALL
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Unresolved, Workflow
from wflint.source.code import Attribute, Call, ExprStmt, ExprT, FunctionDef, Name, Node, StmtT, TextRange, Try, With
from wflint.source.walking import called_name, glimpsed_in

EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex"})
"""How contexts are called that fail where nothing does."""
REPLACING = "patch"
"""How contexts and decorators begin that put something else in the place of a part: `patch`, `mock.patch.object`."""


class ExpectedFailures(Struct):
    """Where the modules of a unit expect something to fail, or to be replaced; each module is looked through once.

    What is asked about is in functions that were run, so that nobody has to note that they are looked into here.
    """

    interp: Interpreter
    places: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def without(self, workflow: Workflow) -> Workflow:
        """The workflow without the faults in functions that expect something to fail, or replace something.

        Of one that is built in such a function nobody says that it is whole, and what is wrong with it is a note; so it
        is with one that a test only builds.
        """
        left = tuple(fault for fault in workflow.faults if not self.cover(fault.span))
        named = tuple(name for name in workflow.unresolved_names if not self.cover(name.span))
        same = len(left) == len(workflow.faults) and len(named) == len(workflow.unresolved_names)
        found = workflow if same else replace(workflow, faults=left, unresolved_names=named)
        if not self.cover(found.span):
            return replace(found, only_built=True) if self._is_only_built(found) else found
        refused = Unresolved(
            "a test expects that this fails, or has something else happen", found.span, Aspect.EDGES, is_meant=True
        )
        return replace(found, must_connect=False, compiled=False, unresolved=(*found.unresolved, refused))

    def _is_only_built(self, workflow: Workflow) -> bool:
        """Whether a test makes a workflow that the framework takes, and nobody is seen to run it."""
        module = self.interp.linker.modules.get(workflow.span.path)
        taken = not workflow.must_connect and all(name.is_accepted for name in workflow.unresolved_names)
        idle = taken and not (workflow.faults or workflow.invocations or workflow.is_imperative)
        return idle and module is not None and module.is_test

    def cover(self, span: Span) -> bool:
        """Whether a place is in a function that expects something to fail, or in one of several ways to make a call."""
        if span.path not in self.places:
            module = self.interp.linker.modules.get(span.path)
            self.places[span.path] = tuple(_places(module)) if module is not None else ()
        return any(place.covers(span.line) for place in self.places[span.path])


def _places(module: Module) -> Iterator[Span]:
    """Functions that expect something to fail, and calls that are made in several ways; the last way counts as well."""
    for node in glimpsed_in(module.body):
        if isinstance(node, FunctionDef) and _expects(node):
            yield module.span(_stretch(node))
        elif isinstance(node, Try) and (_tries_again(node) or _shows_failure(node)):
            yield module.span(_whole(node))


def _whole(node: Try) -> TextRange:
    """From the start of a `try` to the end of its handlers."""
    return node.at[0], _end(node.handlers)


def _tries_again(node: Try) -> bool:
    """Whether a handler calls what the body calls, by the same name on the same object."""
    tried = {_callee(inner) for inner in glimpsed_in(node.body)} - {None}
    return any(_callee(inner) in tried for handler in node.handlers for inner in glimpsed_in(handler.body))


def _shows_failure(node: Try) -> bool:
    """Whether a `try` is there to show one kind of failure: a single statement, and what it raises is printed."""
    if len(node.body) != 1 or not node.handlers or node.orelse or node.final:
        return False
    handlers = [handler for handler in node.handlers if handler.kind is not None]
    named = [name for handler in handlers if (name := _name_of(handler.kind)) not in ("", *ALL)]
    return len(named) == len(node.handlers) and all(_prints(each) for handler in handlers for each in handler.body)


def _name_of(kind: ExprT | None) -> str:
    return kind.id if isinstance(kind, Name) else kind.name if isinstance(kind, Attribute) else ""


def _prints(statement: StmtT) -> bool:
    return (
        isinstance(statement, ExprStmt)
        and isinstance(statement.value, Call)
        and called_name(statement.value) == "print"
    )


def _callee(node: Struct) -> tuple[str, str] | None:
    """The object and the method of a call; None for any other node."""
    match node:
        case Call(func=Attribute(value=Name(id=owner), name=method)):
            return owner, method
        case _:
            return None


def _stretch(function: FunctionDef) -> TextRange:
    """From the name of a function to the end of its body."""
    return function.at[0], _end((function,))


def _end(pieces: tuple[Struct, ...]) -> int:
    return max(inner.at[1] for inner in glimpsed_in(pieces) if isinstance(inner, Node))


def _expects(function: FunctionDef) -> bool:
    contexts = [item.context for node in glimpsed_in(function.inner) if isinstance(node, With) for item in node.items]
    return any(isinstance(context, Call) and called_name(context) in EXPECTING for context in contexts) or any(
        isinstance(each, Call) and _replaces(each.func) for each in (*contexts, *function.decorators)
    )


def _replaces(func: ExprT) -> bool:
    match func:
        case Attribute(value=Name(id=owner) | Attribute(name=owner), name=name):
            return name == REPLACING or (owner == REPLACING and name == "object")
        case Name(id=name):
            return name == REPLACING
        case _:
            return False
