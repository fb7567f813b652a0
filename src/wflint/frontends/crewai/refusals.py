"""What CrewAI 1.15 refuses in a crew whose tasks are all known: the validators of `Crew` and `Task`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from msgspec.structs import replace

from wflint.assembly.function_summary import summarize
from wflint.assembly.sequences import elements, is_surely_set
from wflint.assembly.signatures import gives_only_truths
from wflint.evaluate.expressions.attributes import ANNOTATIONS
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.types import annotation, bare, name_of
from wflint.evaluate.values import NONE, Bound, Const, Function, Generic, Object, Sequence, Value, text_of
from wflint.frontends.crewai.parts import given, is_open, is_true
from wflint.frontends.crewai.table import CONDITIONAL_TASK
from wflint.model.contract import Certainty
from wflint.model.workflow import Fault, FaultKind
from wflint.source import code

FORMS = ("output_json", "output_pydantic")
PAIR = 2
"""What a guardrail gives has so many parts."""


def refused_crew(tasks: Mapping[str, Object]) -> Iterator[Fault]:
    """What a crew of these tasks, in order, is refused for."""
    names = list(tasks)
    last = list(takewhile(lambda name: _is_async(tasks[name]), reversed(names)))
    if len(last) > 1:
        yield _refused(f'the asynchronous task "{last[1]}"', tasks[last[1]], "only one may stand at the end of a crew")
    if names and _is_conditional(tasks[names[0]]):
        yield _refused(f'the first task "{names[0]}"', tasks[names[0]], "a conditional task needs one before it")
    for number, name in enumerate(names):
        task = tasks[name]
        if _is_async(task) and _is_conditional(task):
            yield _refused(f'the conditional task "{name}"', task, "it cannot be asynchronous")
        if _is_async(task):
            running = list(takewhile(lambda other: _is_async(tasks[other]), reversed(names[:number])))
            context = [entry.value for entry in elements(given(task, "context"))]
            awaited = next((other for other in running if tasks[other] in context), None)
            if awaited is not None:
                detail = f'it is asynchronous, and "{awaited}" in its context is still under way'
                yield _refused(f'the task "{name}"', task, detail)


def refused_manager(crew: Object) -> Iterator[Fault]:
    """A manager who is one of the agents that it manages, or has tools."""
    manager = crew.content.get("manager_agent")
    if not isinstance(manager, Object):
        return
    if any(entry.value is manager and entry.certain for entry in elements(crew.content.get("agents"))):
        yield _refused("the manager among the agents of its crew", crew, "leave it out of `agents`")
    if any(entry.certain for entry in elements(given(manager, "tools"))):
        yield _refused("a manager with tools", manager, "the agents that it manages may have some")


def refused_task(interp: Interpreter, name: str, task: Object) -> Iterator[Fault]:
    """Two forms of one result, and guardrails that cannot be called."""
    if task.cls is not None or is_open(task):
        return
    if all(is_surely_set(given(task, form)) for form in FORMS):
        yield _refused(f'two output types of task "{name}"', task, "set either `output_pydantic` or `output_json`")
    if _is_conditional(task) and given(task, "condition") in (None, NONE) and not task.arguments.positional:
        yield _refused(f'the conditional task "{name}"', task, "its run fails without a `condition`")
    path = text_of(given(task, "output_file"))
    if path is not None and (why := _refused_path(path)) is not None:
        yield _refused(f'the output file "{path}" of task "{name}"', task, why)
    guard = given(task, "guardrail")
    if text_of(guard) is not None and given(task, "agent") in (None, NONE):
        yield _refused(f'the guardrail of task "{name}"', task, "one in words needs the task to have an agent")
    detail = _refused_guard(interp, guard) if isinstance(guard, Function) else None
    if detail is not None:
        yield _refused(f'the guardrail of task "{name}"', task, detail)
    elif (function := _plain(guard)) is not None and gives_only_truths(function):
        text = f'the guardrail of task "{name}", which returns true or false'
        why = "it gives a pair, `(False, reason)` or `(True, result)`: the run fails"
        yield Fault(FaultKind.REFUSED, text, function.location.span, task.site.span, why)
    elif isinstance(guard, Function | Bound) and _may_give_nothing(interp, guard, task):
        text = f'the guardrail of task "{name}", which may return nothing'
        yield replace(_refused(text, task, "it gives a pair, or the run fails"), may_be=True)
    elif isinstance(guard, Function | Bound) and (kept := _keeps_nothing(interp, guard, task)):
        text = f'the guardrail of task "{name}", which accepts with None'
        why = "it gives the answer back as the second part of its pair: the run fails"
        yield replace(_refused(text, task, why), may_be=kept is Certainty.POSSIBLE)


def _plain(guard: Value | None) -> Function | None:
    """The function of the source that checks, as it is written: no decorator changes what it gives."""
    function = function_of(guard) if guard is not None else None
    return function if function is not None and not function.unmodelled_decorators else None


def _may_give_nothing(interp: Interpreter, guard: Value, task: Object) -> bool:
    """Whether a guardrail that returns something may also end without."""
    summary = summarize(interp, guard, None, task.site)
    return summary is not None and summary.complete and summary.falls_through and bool(summary.returns)


def _keeps_nothing(interp: Interpreter, guard: Value, task: Object) -> Certainty | None:
    """How sure it is that a guardrail which is content gives None in the place of the answer."""
    summary = summarize(interp, guard, None, task.site)
    given = [each.value for each in summary.returns] if summary is not None and summary.complete else []
    pairs = [each.content for each in given if isinstance(each, Sequence) and each.closed and len(each.content) == PAIR]
    accepting = [second for first, second in pairs if not _rejects(first)]
    if not any(second == NONE for second in accepting):
        return None
    sure = len(pairs) == len(given) and all(second == NONE for second in accepting)
    return Certainty.CERTAIN if sure else Certainty.POSSIBLE


def _rejects(verdict: Value) -> bool:
    return verdict == Const(value=False)


def _refused_path(path: str) -> str | None:
    if ".." in path:
        return "it may not lead to a folder above"
    names = [part.partition("}")[0] for part in path.split("{")[1:]]
    wrong = next((name for name in names if not name.isidentifier()), None)
    if wrong is not None:
        return f'what stands in braces is an identifier, and not "{wrong}"'
    shell = path.startswith(("~", "$")) or any(sign in path for sign in "|><&;")
    return "it may not have signs of a shell" if shell else None


def _refused_guard(interp: Interpreter, guard: Function) -> str | None:
    parameters = guard.node.parameters
    if any(parameter.kind not in ("positional", "either") for parameter in parameters):
        return None
    if len([p for p in parameters if p.name not in guard.defaults]) != 1:
        return "it has to take the result, and nothing else"
    if guard.attributes is not None and ANNOTATIONS in guard.attributes.content:
        return None  # code that asks for them may have set others
    declared = getattr(guard.node, "returns", None)
    if declared is not None and _postpones(guard.module):
        return "`from __future__ import annotations` makes its return annotation a text, which the check does not read"
    type_ = bare(annotation(interp, declared, guard.scope, guard.module)) if declared is not None else None
    known = type_ if isinstance(type_, Generic) and name_of(type_.base).lower() == "tuple" else None
    parts = [name_of(part) for part in known.arguments] if known is not None else []
    fits = parts[:1] == ["bool"] and len(parts) == PAIR and parts[1] not in PLAIN
    wrong = not fits if known is not None else name_of(type_) in {*PLAIN, "bool", "str"}
    return "its return annotation has to be `tuple[bool, Any]`" if wrong else None


def _postpones(module: Module) -> bool:
    """Whether annotations of a module are texts at run time."""
    imports = (item for item in module.body if isinstance(item, code.ImportFrom) and item.module == "__future__")
    return any(alias.name == "annotations" for item in imports for alias in item.names)


PLAIN = frozenset({"bool", "int", "float", "dict", "list"})
"""Types that the second part of what a guardrail gives may not be declared as."""


def _is_async(task: Object) -> bool:
    return is_true(given(task, "async_execution"))


def _is_conditional(task: Object) -> bool:
    return task.path == CONDITIONAL_TASK


def _refused(subject: str, made: Object, detail: str) -> Fault:
    assert made.location is not None
    return Fault(FaultKind.REFUSED, subject, made.location.span, detail=detail)
