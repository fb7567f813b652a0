"""`def` and `class`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.events import Completion
from wflint.evaluate.expressions.iteration import bind_target
from wflint.evaluate.values import Function, Value
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def define_function(interp: Interpreter, node: code.FunctionDef, scope: Scope) -> Completion:
    """`def`: the function, its defaults evaluated and its decorators applied."""
    from wflint.evaluate.classes import decorated, is_modelled

    defaults = {p.name: interp.evaluate(p.default, scope) for p in node.parameters if p.default is not None}
    bare = Function(node, interp.module, scope, node.name, defaults)
    decorators = [(interp.evaluate(decorator, scope), interp.location(decorator.at)) for decorator in node.decorators]
    function: Value = bare
    for decorator, location in reversed(decorators):
        function = decorated(interp, decorator, function, location)
    if scope.kind == "function" and interp.recorder is None:
        interp.inner_functions[id(node)] = bare
    registered = scope is interp.module.scope and bool(decorators)
    if registered and not any(is_modelled(interp, decorator) for decorator, _ in decorators):
        interp.module.wrapped.append(bare)
    bind_target(interp, code.Name(node.name_at, node.name), function, scope)
    return Completion.NORMAL


def define_class(interp: Interpreter, node: code.ClassDef, scope: Scope) -> Completion:
    """`class`: the class, its body run and its decorators applied."""
    from wflint.evaluate.classes import build_class

    made = build_class(interp, node, scope)
    bind_target(interp, code.Name(node.name_at, node.name), made, scope)
    return Completion.NORMAL
