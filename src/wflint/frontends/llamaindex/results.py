"""What a workflow answers with, where its form is known, and what the code around its runs reads of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from wflint.assembly.contracts.parts import part_read
from wflint.assembly.contracts.shapes import shape_of, shape_of_any
from wflint.assembly.draft import Draft
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import part_type
from wflint.evaluate.values import Object, TrackedValue, Unknown, last_of
from wflint.frontends.llamaindex.events import OWN_FIELDS, STOP_EVENT
from wflint.frontends.llamaindex.steps import FlowStep, Given, gives_all_shown
from wflint.model.contract import Certainty, Part, Shape
from wflint.model.loss import Loss, LossKind


def read_results(interp: Interpreter, draft: Draft, steps: Sequence[FlowStep], instances: Iterable[Object]) -> None:
    """Give the step that ends the runs the form of what it answers, and the parts of it that callers read."""
    parts = tuple(_read(interp, list(instances)))
    draft.losses += _unresulted(steps, parts)
    ending = [step for step in steps if any(_ends(given) for given in step.given)]
    shape = _answered(interp, steps, ending) if parts else None
    if shape is not None and ending:
        last = max(ending, key=lambda step: step.span)
        step = draft.steps[last.name]
        draft.steps[last.name] = replace(step, result=shape, taken=(*step.taken, *parts))


def _unresulted(steps: Sequence[FlowStep], parts: Sequence[Part]) -> Iterator[Loss]:
    """Parts that are read of what a run gives, where all of its ends have other fields in the place of the result."""
    given = [one for step in steps for one in step.given if _ends(one)]
    made = [one.made for one in given if one.made is not None and one.event.cls is None]
    empty = all(not one.arguments.open and not one.arguments.positional and _has_others(one) for one in made)
    sure = [part for part in parts if part.certainty is Certainty.CERTAIN]
    if not sure or not made or len(made) < len(given) or not empty or any(_hides_ends(step) for step in steps):
        return
    part = min(sure, key=lambda one: one.span)
    name = (part.path or (part.name,))[0]
    yield Loss(
        LossKind.ABSENT,
        f'"{name}" of what a run gives',
        part.span,
        "is read of nothing: the run gives the `result` of its StopEvent, which has none, whatever else is in it",
        f'return `StopEvent(result={{"{name}": ...}})`, or a class of your own made from StopEvent',
        made[0].site.span,
    )


def _has_others(made: Object) -> bool:
    names = {name for name, _ in made.arguments.keywords}
    return OWN_FIELDS[STOP_EVENT] not in names


def _hides_ends(step: FlowStep) -> bool:
    return _may_end(step) and not gives_all_shown(step)


def _ends(given: Given) -> bool:
    return STOP_EVENT in given.event.kinds()


def _answered(interp: Interpreter, steps: Sequence[FlowStep], ending: Sequence[FlowStep]) -> Shape | None:
    """What any answer has, where all events that end a run are seen: dicts that are written out, or objects of a class.

    An event of a class of its own is the answer itself; it may have more fields than it declares, but not those that
    it does in another form.
    """
    if not all(map(gives_all_shown, ending)) or any(_may_end(step) for step in steps if step not in ending):
        return None
    given = [one for step in ending for one in step.given if _ends(one)]
    own = {one.event.cls for one in given}
    cls = own.pop() if len(own) == 1 else None
    if isinstance(cls, Class):
        inner = ((name, shape_of(part_type(interp, cls, name), interp)) for name in cls.declared())
        known = tuple((name, shape) for name, shape in inner if shape is not None)
        return _of_class(cls, [one.made for one in given], known)
    made = [one.made for one in given if one.event.cls is None]
    values = [one.arguments.get(OWN_FIELDS[STOP_EVENT]) for one in made if one is not None and not one.arguments.open]
    known_values = [value for value in values if value is not None]
    if len(known_values) < len(given):
        return None
    classes = {value.cls if isinstance(value, Object) else None for value in known_values}
    only = classes.pop() if len(classes) == 1 else None
    return shape_of(only, interp) if only is not None else shape_of_any(known_values)


def _of_class(cls: Class, made: Sequence[Object | None], inner: tuple[tuple[str, Shape], ...]) -> Shape:
    """An event that ends a run: what its class declares, what it is made with beside, and what all such events have."""
    all_seen = all(one is not None and not one.arguments.open for one in made)
    given = [name for one in made if one is not None for name, _ in one.arguments.keywords]
    plain = all(last_of(path) in PLAIN for path in cls.libraries())
    bases = [base for each in cls.lineage() for base in each.bases]
    closed = all_seen and plain and not any(isinstance(base, Unknown) for base in bases)
    parts = tuple(dict.fromkeys((*cls.declared(), *given)))
    own = (str(name) for each in cls.lineage() for name in each.content if name not in parts)
    return Shape(cls.name, parts, (*own, *MEMBERS), cls.location.span, closed=closed, indexable=True, inner=inner)


PLAIN = frozenset({STOP_EVENT, "Event", "BaseModel", "object"})
"""Classes of libraries that give an event no more than the members below."""
MEMBERS = (
    "result", "get", "items", "keys", "values", "to_dict", "dict", "json", "copy", "construct", "schema",
    "model_copy", "model_dump", "model_dump_json", "model_extra", "model_fields", "model_fields_set",
)  # fmt: skip
"""What every event that ends a run has."""


def _may_end(step: FlowStep) -> bool:
    """Whether a step may end the run although no event that does is seen."""
    return step.returns.open or any(STOP_EVENT in event.kinds() for event in step.returns.events)


def _read(interp: Interpreter, instances: Sequence[Object]) -> Iterator[Part]:
    """What code reads of the answers of runs; a run that nobody has waited for yet has attributes of its own."""
    runs = (call for call in interp.api_calls if any(call.subject is made for made in instances))
    answers = {id(root) for call in runs if (root := _answer(call)) is not None}
    for access in interp.uses if answers else ():
        if id(access.symbol.root) in answers and access.mode in ("index", "attribute"):
            part = part_read(access, 0)
            if part is not None and (part.path or (part.name,))[0] not in HANDLER:
                yield part


HANDLER = frozenset(
    {
        "add_done_callback", "cancel", "cancel_run", "cancelled", "ctx", "done", "exception", "get_coro", "get_loop",
        "get_name", "is_done", "remove_done_callback", "result", "run_id", "run_step", "send_event", "set_exception",
        "set_result", "status", "stop_event_result", "stream_events", "get_result_event", "get_stop_event",
    }
)  # fmt: skip
"""Attributes of a run under way."""


def _answer(call: ApiCall) -> object | None:
    return call.result.root if call.method == "run" and isinstance(call.result, TrackedValue) else None
