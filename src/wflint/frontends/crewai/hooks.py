"""Code that a crew calls before and after its run: what it returns takes the place of the inputs, or of the result."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from wflint.assembly.sequences import elements
from wflint.assembly.signatures import gives_nothing
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, ExternalName, Function, Object, last_of
from wflint.frontends.crewai.project import methods
from wflint.model.loss import Loss, LossKind
from wflint.source.code import Attribute, ExprT, Name
from wflint.source.walking import nodes_in

HOOKS = {"before_kickoff": "the inputs of the run", "after_kickoff": "the result of the run"}
"""The decorators of such methods, and what is given to them and taken from them."""


def silent_hooks(crew: Object, project: Class | None) -> Iterator[Loss]:
    """Hooks that return nothing: nothing is what the run goes on with."""
    for name, of in HOOKS.items():
        given = elements(crew.content.get(f"{name}_callbacks") or crew.arguments.get(f"{name}_callbacks") or NONE)
        hooks = [function_of(entry.value) for entry in given if entry.certain and entry.value != NONE]
        hooks += list(methods(project, name)) if project is not None else []
        for hook in hooks:
            if isinstance(hook, Function) and gives_nothing(hook):
                why = "returns nothing, and that takes its place"
                subject = f'{of}, which "{hook.name}" is given, is lost: it'
                yield Loss(LossKind.ROUTE, subject, hook.location.span, why, "return it")


POINTS, EARLY = "InterceptionPoint", frozenset({"INPUT", "EXECUTION_START"})
"""Where hooks for all runs of a program may look in, and the points at which they are given the inputs."""


def gives_inputs(interp: Interpreter) -> bool:
    """Whether some hook for all runs may add to what they are given."""
    for module in interp.linker.modules.values():
        held = module.scope.content.items()
        names = {name for name, value in held if isinstance(value, ExternalName) and last_of(value.path) == POINTS}
        nodes = nodes_in(module.body) if names else ()
        if any(isinstance(n, Attribute) and n.name in EARLY and _is_one(n.value, names) for n in nodes):
            return True
    return False


def _is_one(value: ExprT, names: set[Hashable]) -> bool:
    return isinstance(value, Name) and value.id in names
