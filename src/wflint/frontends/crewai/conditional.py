"""Functions that are given results of tasks: conditions that of the task right before, callbacks that of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.assembly.contracts.typed_inputs import typed_input
from wflint.assembly.function_summary import summarize
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Access
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Object
from wflint.frontends.crewai.parts import given
from wflint.frontends.crewai.table import CONDITIONAL_TASK
from wflint.model.contract import Certainty
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


def misread(interp: Interpreter, tasks: Mapping[str, Object], forms: Mapping[str, Class | None]) -> Iterator[Loss]:
    """What the callbacks of tasks read of the form of a result that has no such field."""
    for name, task in tasks.items():
        form, callback = forms[name], given(task, "callback")
        plain = form is not None and _is_plain(form)
        summary = summarize(interp, callback, None, task.site) if plain and callback is not None else None
        parts = typed_input(interp, summary, summary.root).parts if summary is not None and summary.complete else ()
        read = (part for part in parts if part.path in WAYS and part.certainty is Certainty.CERTAIN)
        part = next((each for each in read if form is not None and not _offers(form, each.name)), None)
        if part is not None and form is not None:
            known = ", ".join(f'"{each}"' for each in form.declared())
            yield Loss(
                LossKind.ABSENT,
                f'the callback of "{name}"',
                part.span,
                f'reads "{part.name}" of its result, whose form has {known} only',
                f"read a field of `{form.name}`, or declare it there",
                form.location.span,
                name,
            )


WAYS = tuple((form,) for form in FORMS)
"""The ways to what is of a declared form."""
OWN = frozenset(
    {"model_dump", "model_dump_json", "model_copy", "model_fields", "model_fields_set", "dict", "json", "copy"}
)
"""What every model has."""


def _offers(form: Class, name: str) -> bool:
    return name in form.declared() or form.find(name) is not None or name in OWN


def _is_plain(form: Class) -> bool:
    """Whether objects of a class have what it declares and nothing else."""
    mine = (form.find("model_config"), form.find("__getattr__"), form.find("Config"))
    return mine == (None, None, None) and set(form.libraries()) <= {"pydantic.BaseModel", "pydantic.main.BaseModel"}


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
