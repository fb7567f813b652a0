"""Steps whose code is in the source: what it was seen to read, to ask and to make of the answers."""

from __future__ import annotations

from msgspec.structs import replace

from wflint.assembly.contracts.bound_tools import idle_tools
from wflint.assembly.contracts.calls import calls_of
from wflint.assembly.contracts.conduct import conduct_of
from wflint.assembly.contracts.effects import needs_open, read_set
from wflint.assembly.contracts.models import agents_of, model_of
from wflint.assembly.contracts.prompts import formats_in, prompt_of
from wflint.assembly.contracts.side_effects import side_effects_of
from wflint.assembly.contracts.templates import template_gaps
from wflint.assembly.contracts.typed_inputs import answers
from wflint.assembly.contracts.unasked_keys import unasked_keys
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import annotation
from wflint.evaluate.values import Function, Value
from wflint.model.kept_value import KeptValue
from wflint.model.workflow import Step, StepKind
from wflint.source.code import Parameter


def unread(step: Step) -> Step:
    """The step where nobody sees what its code does."""
    return replace(step, offers_open=True, needs_open=True, kept_values=(KeptValue(None, step.span, is_set=True),))


def coded(step: Step, summary: FunctionSummary, interp: Interpreter) -> Step:
    """The step with what running its code has shown; what it offers is for its framework to say."""
    asked = model_of(summary.calls)
    return replace(
        step,
        kind=StepKind.AGENT if asked is not None else step.kind,
        definition=summary.location.span,
        needs=read_set(summary, interp),
        needs_open=needs_open(summary),
        offers_open=not summary.complete,
        model=asked.name if asked is not None else None,
        agents=agents_of(summary.calls),
        calls=calls_of(summary),
        description=getattr(summary.function.node, "doc", None) or "",
        prompt=prompt_of(summary),
        expectations=formats_in(summary),
        template_gaps=template_gaps(summary, interp),
        unasked_keys=unasked_keys(summary),
        idle_tools=idle_tools(summary, interp),
        side_effects=side_effects_of(summary),
        conduct=conduct_of(summary),
        typed_inputs=answers(interp, summary),
    )


def parameter_type(interp: Interpreter, function: Function, parameter: Parameter | None) -> Value | None:
    """What a parameter is declared to take."""
    return annotation(interp, parameter.annotation, function.scope, function.module) if parameter is not None else None


def returned_type(interp: Interpreter, function: Function) -> Value | None:
    """What a function is declared to return."""
    return annotation(interp, getattr(function.node, "returns", None), function.scope, function.module)
