"""`try`: the body is certain, what the handlers do is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wflint.evaluate.contents import Content
from wflint.evaluate.dependencies import raised
from wflint.evaluate.events import Completion
from wflint.evaluate.expressions.iteration import bind_target
from wflint.evaluate.forking import rejoin
from wflint.evaluate.values import HeapObject
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_try(interp: Interpreter, node: code.Try, scope: Scope) -> Completion:
    """`try`: handlers start from before the body, from behind it, or from in between."""
    copes = any(_copes(handler) for handler in node.handlers)
    tried: dict[HeapObject, Content] = {}
    since, start, condition = interp.heap.clock, len(interp.heap.layers), interp.path_condition

    def body() -> Completion:
        depth, taken = len(interp.heap.layers), interp.path_condition
        interp.guards += copes
        try:
            with _watched(interp, caught=bool(handlers)):
                completion = interp.run(_meant(interp, node), scope)
        finally:
            interp.guards -= copes
        left = interp.join_early_exits(depth)
        if handlers:
            tried.update(interp.heap.written_in_branch())
        interp.leave(left, interp.path_condition[len(taken) :])
        return interp.run(node.orelse, scope) if completion is Completion.NORMAL else completion

    def handler(handler_: code.ExceptHandler) -> Completion:
        interp.heap.weak_update(tried, since)
        if handler_.name is not None:
            bind_target(interp, code.Name(handler_.at, handler_.name), raised(interp.location(handler_.at)), scope)
        return interp.run(handler_.body, scope)

    handlers = [h for h in node.handlers if not _stands_in(interp, node, h)]
    if handlers:
        arms: list[Callable[[], Completion]] = [lambda h=h: handler(h) for h in handlers]  # type: ignore[misc]
        completion = interp.fork(body, *arms, decided=True)
    else:
        completion = body()
    if not node.final:
        return completion
    rejoin(interp, start, condition)
    final = interp.run(node.final, scope)
    return final if final is not Completion.NORMAL else completion


@contextmanager
def _watched(interp: Interpreter, *, caught: bool) -> Iterator[None]:
    """Let whoever looks know that what is raised inside is caught."""
    interp.tries += caught
    try:
        yield
    finally:
        interp.tries -= caught


def _meant(interp: Interpreter, node: code.Try) -> tuple[code.StmtT, ...]:
    """Of imports that stand in for each other, the first from something that is there; else those that are tried."""
    ways = [node.body, *(h.body for h in node.handlers if _is_import_error(h))]
    if not all(map(_only_imports, ways)):
        return node.body
    return next((way for way in ways if any(_is_there(interp, statement) for statement in way)), node.body)


def _stands_in(interp: Interpreter, node: code.Try, handler: code.ExceptHandler) -> bool:
    """Whether a handler only serves those who lack what is imported.

    Its own code counts where a part of the repository is imported: that may be left out, or lack what it needs itself.
    """
    if not (_is_import_error(handler) and _only_imports(node.body)):
        return False
    return _only_imports(handler.body) or any(_is_known(interp, statement) for statement in node.body)


def _is_known(interp: Interpreter, statement: code.StmtT) -> bool:
    """Whether something is imported that a front end knows."""
    match statement:
        case code.ImportFrom(level=0, module=dotted) | code.Import(names=(code.Alias(name=dotted), *_)):
            return dotted.partition(".")[0] in interp.library_model.roots
        case _:
            return False


def _is_there(interp: Interpreter, statement: code.StmtT) -> bool:
    """Whether something is imported that the repository has, or that a front end knows."""
    match statement:
        case code.ImportFrom(level=0, module=dotted) | code.Import(names=(code.Alias(name=dotted), *_)):
            root = dotted.partition(".")[0]
            return root in interp.library_model.roots or interp.linker.absolute(interp.module, dotted) is not None
        case code.ImportFrom(level=level, module=dotted):
            return interp.linker.relative(interp.module, level, dotted) is not None
        case _:
            return False


COPING = frozenset({"KeyError", "LookupError", "Exception", "BaseException", "AttributeError", "IndexError"})
IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError"})


def _handled(handler: code.ExceptHandler) -> list[str]:
    match handler.kind:
        case code.Name(id=name) | code.Attribute(name=name):
            return [name]
        case code.Display(items=items):
            return [item.id for item in items if isinstance(item, code.Name)]
        case _:
            return []


def _copes(handler: code.ExceptHandler) -> bool:
    return handler.kind is None or any(name in COPING for name in _handled(handler))


def _is_import_error(handler: code.ExceptHandler) -> bool:
    return any(name in IMPORT_ERRORS for name in _handled(handler))


def _only_imports(body: tuple[code.StmtT, ...]) -> bool:
    return all(isinstance(statement, code.Import | code.ImportFrom | code.Assign) for statement in body)
