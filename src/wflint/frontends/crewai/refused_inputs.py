"""What runs of crews refuse among their inputs (crewai 1.15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Mapping, Object, RepeatedElement, Sequence, TrackedValue, Value
from wflint.frontends.crewai.project import PROJECT
from wflint.frontends.crewai.table import ANSWERING, CREW
from wflint.model.workflow import Fault, FaultKind

RUNS: Final = frozenset(f"{CREW}.{method}" for method in ANSWERING)
HOOKS: Final = "before_kickoff_callbacks"
FOREIGN: Final = {
    **dict.fromkeys(("datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow"), "a datetime"),
    **dict.fromkeys(("datetime.date.today", "datetime.date", "datetime.datetime.now.date"), "a date"),
    **dict.fromkeys(("datetime.datetime", "datetime.timedelta"), "a datetime"),
    **dict.fromkeys(("pathlib.Path", "uuid.uuid4", "decimal.Decimal"), "an object"),
}
"""What calls of Python's own library give that is no plain value."""
MODELS: Final = frozenset({"pydantic.BaseModel"})
KINDS: Final = {"tuple": "a tuple", "set": "a set"}
DEEPEST: Final = 4
"""So far into lists and dicts is looked."""


def refused_inputs(interp: Interpreter) -> Iterator[Fault]:
    """Inputs of crews that are neither texts, numbers, truths, nor dicts and lists of such; hooks may make them so."""
    runs = [call for call in interp.api_calls if call.path in RUNS]
    answers = {id(call.result.root) for call in runs if isinstance(call.result, TrackedValue)}
    for call in runs:
        if not isinstance(call.subject, Object) or _is_hooked(call.subject):
            continue
        for name, value in _given(call):
            what = _foreign(value, answers, DEEPEST)
            if what is not None:
                text = f'{what} as input "{name}" of a crew'
                why = "inputs are texts, numbers, dicts and lists: the run fails; hand it over as a text"
                yield Fault(FaultKind.REFUSED, text, call.span, detail=why)


def _is_hooked(crew: Object) -> bool:
    return HOOKS in crew.content or PROJECT in crew.content or crew.arguments.open


def _given(call: ApiCall) -> Iterator[tuple[str, Value]]:
    inputs = call.get("inputs", 0)
    for one in inputs.content if isinstance(inputs, Sequence) else (inputs,):
        held = one.value if isinstance(one, RepeatedElement) else one
        yield from ((str(name), value) for name, value in held.known()) if isinstance(held, Mapping) else ()


def _foreign(value: Value, answers: set[int], depth: int) -> str | None:
    """What a value is that no input may be, in words for people."""
    match value:
        case Sequence(kind=kind) if kind in KINDS:
            return KINDS[kind]
        case Sequence(content=items) if depth:
            return next((what for item in items if (what := _foreign(item, answers, depth - 1)) is not None), None)
        case Mapping() if depth:
            inner = (_foreign(held, answers, depth - 1) for _, held in value.known())
            return next((what for what in inner if what is not None), None)
        case Object(cls=Class() as cls) if value.constructed and MODELS.issuperset(cls.libraries()) and cls.libraries():
            return f"an object of {cls.name}"
        case Object(cls=None, path=path):
            return FOREIGN.get(path or "")
        case TrackedValue(root=root, access_path=()) if id(root) in answers:
            return "the result of a crew"
        case _:
            return None
