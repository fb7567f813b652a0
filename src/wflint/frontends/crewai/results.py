"""What code that runs a crew goes on to use of the object that the last task answers with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.effects import part_read
from wflint.assembly.contracts.shapes import shape_of
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, TrackedValue
from wflint.frontends.crewai.parts import given
from wflint.model.contract import Part
from wflint.model.workflow import Step

FORM = "pydantic"
"""The attribute of a crew's result that holds the object, and how the argument that asks for one ends."""


def with_result(interp: Interpreter, step: Step, task: Object) -> Step:
    """The last task's step with the form of the object that it answers with."""
    return replace(step, result=shape_of(given(task, f"output_{FORM}"), interp))


def with_uses(interp: Interpreter, step: Step, runs: Iterable[ApiCall]) -> Step:
    """The last task's step with the parts of its object that the code around runs uses."""
    return replace(step, taken=tuple(_used(interp, runs))) if step.result is not None else step


def _used(interp: Interpreter, runs: Iterable[ApiCall]) -> Iterator[Part]:
    answers = {id(run.result.root) for run in runs if isinstance(run.result, TrackedValue)}
    for access in interp.uses if answers else ():
        if id(access.symbol.root) in answers and access.symbol.access_path[:1] == (FORM,):
            part = part_read(access, 1)
            if part is not None:
                yield part
