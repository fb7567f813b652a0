"""Code that a crew calls before and after its run: what it returns takes the place of the inputs, or of the result."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.sequences import elements
from wflint.assembly.signatures import gives_nothing
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import NONE, Function, Object
from wflint.frontends.crewai.project import methods
from wflint.model.loss import Loss, LossKind

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
