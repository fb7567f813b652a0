"""Conditions of tasks: each is given the result of the task right before its own (crewAI 1.15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.assembly.function_summary import summarize
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Access
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Object
from wflint.frontends.crewai.parts import given
from wflint.frontends.crewai.table import CONDITIONAL_TASK
from wflint.model.loss import Loss, LossKind

FORMS = ("pydantic", "json_dict")
"""Where a result keeps the fields of its declared form."""


def misled(interp: Interpreter, tasks: Mapping[str, Object], forms: Mapping[str, Class | None]) -> Iterator[Loss]:
    """The conditions that read a field which the result they are given lacks, and an earlier one has.

    `tasks` stand in the order in which they run, one after the other; `forms` are the declared forms of their results.
    """
    names = list(tasks)
    if any(given(task, "async_execution") not in (None, NONE, Const(value=False)) for task in tasks.values()):
        return
    for number, (name, task) in enumerate(tasks.items()):
        if task.path != CONDITIONAL_TASK or number < len(("the one meant", "the one before")):
            continue
        before = names[number - 1]
        for read in _fields_read(interp, task):
            field = read.symbol.access_path[1]
            owner = next((each for each in reversed(names[: number - 1]) if _has(forms[each], field)), None)
            if owner is not None and not _has(forms[before], field):
                yield Loss(
                    LossKind.CONDITION,
                    f'the condition of "{name}"',
                    read.location.span,
                    f'reads "{field}" of the result of "{owner}", but is given that of "{before}", the task right '
                    "before it",
                    f'put "{name}" right after "{owner}", or test the result of "{before}"',
                    task.site.span,
                    name,
                )
                break


def _fields_read(interp: Interpreter, task: Object) -> Iterator[Access]:
    condition = given(task, "condition")
    summary = summarize(interp, condition, None, task.site) if condition is not None else None
    for access in summary.accesses if summary is not None and summary.complete else ():
        path = access.symbol.access_path
        own = summary is not None and access.symbol.root is summary.root
        if own and len(path) == len((FORMS, "field")) and path[0] in FORMS and access.certain and not access.guarded:
            yield access


def _has(form: Class | None, field: str) -> bool:
    return form is not None and field in form.declared()
