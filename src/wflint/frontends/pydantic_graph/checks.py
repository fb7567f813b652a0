"""What the answers of an agent have to pass: its output type, and the validators that are hung on it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.checks import form, name_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.types import bare
from wflint.evaluate.values import Arguments, Const, Object, Sequence
from wflint.frontends.pydantic_graph.table import AGENT, ASKING, VALIDATORS, answer_type
from wflint.model.contract import Check, CheckKind

RETRIES = ("output_retries", "result_retries", "retries")
"""How often an answer that does not pass is asked for again: the first that is given says."""


def checks_in(summary: FunctionSummary) -> Iterator[Check]:
    """The checks of the agents that the code asks, if it asks nobody else; what fails goes back to the model."""
    asked = [call for call in summary.calls if call.path.startswith(f"{AGENT}.") and call.method in ASKING]
    forms = [answer_type(call.receiver, call.arguments) for call in asked]
    for call, type_ in zip(asked, forms, strict=True):
        again = _again(call)
        if isinstance(bare(type_), Class) and all(isinstance(bare(other), Class) for other in forms):
            yield form(type_, call.location, retries=again)
        held = call.receiver.content.get(VALIDATORS) if isinstance(call.receiver, Object) else None
        for code in held.content if isinstance(held, Sequence) else ():
            yield Check(CheckKind.CODE, name_of(code) or "output_validator", call.span, retries=again)


def _again(call: LibraryCall) -> bool:
    made = call.receiver.arguments if isinstance(call.receiver, Object) else Arguments()
    limit = next((found for name in RETRIES if (found := made.get(name)) is not None), None)
    return not (isinstance(limit, Const) and limit.value == 0)
