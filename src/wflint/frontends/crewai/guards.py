"""Guardrails of tasks: what they hand back (whether the result is accepted, and why not), and what they read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wflint.assembly.contracts.typed_inputs import typed_input
from wflint.assembly.function_summary import summarize
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Value
from wflint.frontends.crewai.releases import UNMADE
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind
from wflint.model.releases import Standing
from wflint.source import code
from wflint.source.walking import nodes_in

MADE_LATER = ("pydantic", "json_dict")
"""Parts of a task's output that are None when its guardrails look at it for the first time."""


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


def read_too_early(interp: Interpreter, task: str, guardrails: Iterable[Value]) -> Iterator[Loss]:
    """What guardrails read of a result's object, which is only made once all of them have let the result through."""
    for guard in guardrails:
        function = function_of(guard)
        if function is None or not function.node.parameters:
            continue
        standing = UNMADE.standing(interp, function.location.span.path)
        summary = summarize(interp, guard, None, function.location)
        if standing is Standing.NONE or summary is None or not summary.complete:
            continue
        for part in typed_input(interp, summary, summary.root).parts:
            whole = next(iter((*part.path, part.name)))
            if whole in MADE_LATER and part.path and part.certainty is Certainty.CERTAIN:
                reason = f"is given a result whose `{whole}` is None until all guardrails have passed: it fails"
                yield Loss(
                    LossKind.EARLY,
                    f'guardrail "{function.name}" of step "{task}" reads "{part.name}", but',
                    part.span,
                    reason,
                    "read `raw` and parse it",
                    step=task,
                    in_some=standing is Standing.SOME,
                )
                break
