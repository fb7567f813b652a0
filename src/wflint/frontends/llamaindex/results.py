"""What a workflow answers with, where it is a dict, and what the code around its runs reads of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from wflint.assembly.contracts.parts import part_read
from wflint.assembly.contracts.shapes import shape_of_any
from wflint.assembly.draft import Draft
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, TrackedValue
from wflint.frontends.llamaindex.events import OWN_FIELDS, STOP_EVENT
from wflint.frontends.llamaindex.steps import FlowStep, Given, gives_all_shown
from wflint.model.contract import Part, Shape


def read_results(interp: Interpreter, draft: Draft, steps: Sequence[FlowStep], instances: Iterable[Object]) -> None:
    """Give the step that ends the runs the form of what it answers, and the parts of it that callers read."""
    parts = tuple(_read(interp, list(instances)))
    ending = [step for step in steps if any(_ends(given) for given in step.given)]
    shape = _answered(steps, ending) if parts else None
    if shape is not None and ending:
        last = max(ending, key=lambda step: step.span)
        step = draft.steps[last.name]
        draft.steps[last.name] = replace(step, result=shape, taken=(*step.taken, *parts))


def _ends(given: Given) -> bool:
    """Whether an event ends the run; an event of a class of its own is the answer itself."""
    return given.event.cls is None and STOP_EVENT in given.event.kinds()


def _answered(steps: Sequence[FlowStep], ending: Sequence[FlowStep]) -> Shape | None:
    """The keys that any answer has, where all events that end a run are seen, each with a dict that is written out."""
    if not all(map(gives_all_shown, ending)) or any(_may_end(step) for step in steps if step not in ending):
        return None
    made = [given.made for step in ending for given in step.given if _ends(given)]
    values = [one.arguments.get(OWN_FIELDS[STOP_EVENT]) for one in made if one is not None and not one.arguments.open]
    known = [value for value in values if value is not None]
    return shape_of_any(known) if len(known) == len(made) else None


def _may_end(step: FlowStep) -> bool:
    """Whether a step may end the run although no event that does is seen."""
    return step.returns.open or any(STOP_EVENT in event.kinds() for event in step.returns.events)


def _read(interp: Interpreter, instances: Sequence[Object]) -> Iterator[Part]:
    """What code reads by key of the answers of runs."""
    runs = (call for call in interp.api_calls if any(call.subject is made for made in instances))
    answers = {id(root) for call in runs if (root := _answer(call)) is not None}
    for access in interp.uses if answers else ():
        if id(access.symbol.root) in answers and access.mode == "index":
            part = part_read(access, 0)
            if part is not None:
                yield part


def _answer(call: ApiCall) -> object | None:
    return call.result.root if call.method == "run" and isinstance(call.result, TrackedValue) else None
