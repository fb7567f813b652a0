"""Workflows that are a function: `@workflow`, which calls `@step`s."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.coded_step import coded, unread
from wflint.assembly.draft import Draft
from wflint.assembly.function_summary import summarize
from wflint.assembly.functional import TaskRead, Tasks, fold_function
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import folding
from wflint.evaluate.types import annotation, name_of
from wflint.evaluate.values import Arguments, Function, Location, Object, Value, text_of
from wflint.frontends.agent_framework.releases import BUILT as MUST_BUILD
from wflint.frontends.agent_framework.table import FUNCTIONS, RUNNING, STEPS
from wflint.model.workflow import Exchange, Fault, FaultKind, Step, StepKind, Workflow
from wflint.source import code
from wflint.source.code import Parameter
from wflint.source.walking import body_of, nodes_in

CONTEXT = "ctx"
CONTEXT_TYPE = "RunContext"
PAUSES = frozenset({"request_info"})


def functional_workflows(interp: Interpreter, framework: str) -> Iterator[tuple[Workflow, Object]]:
    """Every function that is a workflow and calls steps, with what the decorator made."""
    for made in list(interp.objects):
        function = made.content.get("function") if made.path == FUNCTIONS.path else None
        if isinstance(function, Function):
            with folding(interp, function.location):
                draft = _folded(interp, made, function, framework)
                draft.faults += _unbuilt(interp, made, function)
                if draft.steps:
                    flow = draft.finish(None, None, None, (), Exchange.MESSAGES)
                    yield replace(flow, is_imperative=True), made


def _folded(interp: Interpreter, made: Object, function: Function, framework: str) -> Draft:
    draft = Draft(text_of(made.content.get("name")) or function.name, framework, function.location.span)
    fold_function(
        interp, function, draft, Tasks(STEPS.path, frozenset({"self", CONTEXT}), PAUSES, _read, _refused_step)
    )
    given = [parameter for parameter in function.node.parameters if _is_given(interp, function, parameter)]
    if len(given) > 1:
        why = "it is given one message; all that it needs has to be in it"
        text = f'workflow "{function.name}", which has {len(given)} parameters'
        draft.faults.append(Fault(FaultKind.REFUSED, text, function.location.span, detail=why))
    if not given:
        why = "a run is given a message, and this function has no parameter for one: every run fails"
        text = f'workflow "{function.name}", which takes no message'
        draft.faults.append(Fault(FaultKind.REFUSED, text, function.location.span, detail=why))
    draft.faults += _own_keys(function)
    return draft


def _unbuilt(interp: Interpreter, made: Object, function: Function) -> Iterator[Fault]:
    """Runs of what the decorator gives, which is to be built first."""
    runs = (call for call in interp.api_calls if call.subject is made and call.method in RUNNING)
    for call in runs:
        text = f'a run of workflow "{function.name}" before it is built'
        why = f"call `{function.name}.build().{call.method}(...)`"
        yield from MUST_BUILD.fault(interp, Fault(FaultKind.REFUSED, text, call.span, detail=why))


def _own_keys(function: Function) -> Iterator[Fault]:
    """Keys of the state that begin with an underscore, which the framework keeps for itself."""
    calls = [node for node in nodes_in(body_of(function.node)) if isinstance(node, code.Call)]
    for call in calls:
        named = isinstance(call.func, code.Attribute) and call.func.name == "set_state"
        on_context = named and isinstance(call.func, code.Attribute) and isinstance(call.func.value, code.Name)
        key = call.args[0].value if on_context and call.args and isinstance(call.args[0], code.Constant) else None
        if isinstance(key, str) and key.startswith("_"):
            span = function.module.span(call.at)
            yield Fault(
                FaultKind.REFUSED, f'the key "{key}" of the state', span, detail="such keys are the framework's own"
            )


def _is_given(interp: Interpreter, function: Function, parameter: Parameter) -> bool:
    """Whether a parameter is for the message of the run."""
    if parameter.name == CONTEXT or parameter.kind in ("args", "kwargs"):
        return False
    type_ = annotation(interp, parameter.annotation, function.scope, function.module)
    return type_ is None or name_of(type_) != CONTEXT_TYPE


def _refused_step(_interp: Interpreter, name: str, made: Object) -> Iterator[Fault]:
    """A step that is not async."""
    function = made.content.get("function")
    if isinstance(function, Function) and not getattr(function.node, "is_async", True):
        text = f'step "{name}", which is not async'
        yield Fault(FaultKind.REFUSED, text, function.location.span)


def _read(interp: Interpreter, name: str, task: Value, location: Location, _options: Arguments) -> TaskRead:
    base = Step(name, StepKind.FUNCTION, location.span)
    summary = summarize(interp, task, None, location)
    if summary is None:
        return TaskRead(unread(base))
    return TaskRead(coded(base, summary, interp), summary)
