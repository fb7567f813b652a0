"""What code that runs a crew goes on to use of the object that the last task answers with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from wflint.assembly.contracts.held_results import held_result
from wflint.assembly.contracts.parts import part_read
from wflint.assembly.contracts.shapes import shape_of
from wflint.assembly.sequences import is_unset
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, TrackedValue
from wflint.frontends.crewai.parts import given, is_open
from wflint.model.contract import Part, Shape
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import Step
from wflint.source import code

FORMS = {"pydantic": "pydantic", "json": "json_dict"}
"""How the arguments end that ask for an object, and the attributes of a crew's result that hold it then."""

FORMING = ("output_pydantic", "output_json", "response_model", "config")
"""Arguments of a task that may give its result a form."""
FORMLESS = ""
"""The attribute that holds the object of a result without one."""


def with_result(interp: Interpreter, step: Step, task: Object) -> Step:
    """The last task's step with the form of the object that it answers with."""
    forms = (shape_of(given(task, f"output_{form}"), interp) for form in FORMS)
    return replace(step, result=next((form for form in forms if form is not None), None))


def with_uses(interp: Interpreter, step: Step, runs: Iterable[ApiCall], task: Object) -> Step:
    """The last task's step with the parts of its object that the code around runs uses; without a form it has none."""
    if step.result is not None:
        return replace(step, taken=tuple(_used(interp, runs, _form(task))))
    formless = task.cls is None and not is_open(task) and all(is_unset(given(task, name)) for name in FORMING)
    taken = tuple(_used(interp, runs, FORMLESS)) if formless else ()
    nothing = Shape("the object of a result whose task declares no form", (), (), task.site.span)
    return replace(step, result=nothing, taken=taken) if taken else step


def _form(task: Object) -> str | None:
    """The attribute of the result that holds the object; None where that may be either."""
    forms = [held for form, held in FORMS.items() if not is_unset(given(task, f"output_{form}"))]
    return forms[0] if len(forms) == 1 else None


def _used(interp: Interpreter, runs: Iterable[ApiCall], form: str | None) -> Iterator[Part]:
    answers = {id(run.result.root) for run in runs if isinstance(run.result, TrackedValue)}
    for access in interp.uses if answers else ():
        path = access.symbol.access_path
        if id(access.symbol.root) not in answers or not path:
            continue
        held = path[0] in FORMS.values()
        if held or (access.mode == "index" and len(path) == 1):
            part = part_read(access, 1 if held else 0)
            if part is not None and held and form is not None and path[0] != form:  # the other one is None
                yield replace(part, name=path[0], path=(), by_key=False)
            elif part is not None:  # the result gives the fields of the object by their names, too
                yield part if path[0] == FORMS["pydantic"] else replace(part, by_key=False)


OUTPUTS = "tasks_output"
"""The attribute of a crew's result that holds one output a task, in the order of the tasks."""


def absent_outputs(runs: Iterable[ApiCall], tasks: Sequence[str]) -> Iterator[Loss]:
    """Outputs that code takes of a crew's result by their number, where the crew has fewer tasks."""
    for run in runs:
        held = held_result(run) if run.method in ONCE else None
        for node in held.nodes if held is not None else ():
            number = _number(node.index) if isinstance(node, code.Subscript) else None
            if number is None or not isinstance(node, code.Subscript) or held is None:
                continue
            whole = node.value
            taken = isinstance(whole, code.Attribute) and whole.name == OUTPUTS and held.holds(whole.value)
            if taken and not -len(tasks) <= number < len(tasks):
                count = "one task" if len(tasks) == 1 else f"{len(tasks)} tasks"
                yield Loss(
                    LossKind.ABSENT,
                    f"`{OUTPUTS}[{number}]`",
                    run.location.module.span(node.at),
                    f"is not there: the crew has {count}, and the first one is number 0",
                    f'number {len(tasks) - 1} is "{tasks[-1]}"',
                    run.span,
                )


ONCE = ("kickoff", "kickoff_async", "akickoff")
"""Runs that give one result."""


def _number(index: code.ExprT) -> int | None:
    match index:
        case code.Constant(value=int(number)):
            return number
        case code.Unary(operator="-", operand=code.Constant(value=int(number))):
            return -number
        case _:
            return None
