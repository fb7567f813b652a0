"""What CrewAI refuses of a flow: when it is made, and when it calls its methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.sequences import is_unset
from wflint.assembly.signatures import parameters_of, required
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Bound, Function, Object, Value, last_of, text_of
from wflint.frontends.crewai.table import FEEDBACK, LISTEN, ROUTER, START
from wflint.frontends.crewai.triggers import DECORATORS, Method
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind

PAYLOAD = "crewai_trigger_payload"
"""A parameter of starts that the framework fills in by its name."""
MARKS = (START, LISTEN, ROUTER)
INITIAL = "initial_state"
"""How a flow is given its state; otherwise the class of the state is made of nothing."""


def refused_feedback(name: str, asked: Object, emitted: tuple[str, ...] | None) -> Iterator[Fault]:
    """A default outcome of human feedback that is none of those that it emits."""
    outcome = text_of(asked.arguments.get("default_outcome", 3))
    if outcome is None or asked.arguments.open:
        return
    if is_unset(asked.arguments.get("emit", 1)):
        yield _refused(f'the default outcome "{outcome}" of "{name}"', asked.site.span, "it needs `emit`")
    elif emitted is not None and outcome not in emitted:
        yield _refused(f'the default outcome "{outcome}" of "{name}"', asked.site.span, "it has to be one of `emit`")


def refused_methods(methods: Iterable[Method], flow: Object) -> Iterator[Fault]:
    """Methods that take more than they are given: a start nothing, a listener one result."""
    for method in methods:
        function = method.function
        bound = Bound(function, flow) if function is not None and function.binding == "plain" else None
        parameters = parameters_of(bound, {*DECORATORS, FEEDBACK})
        needed = [each.name for each in required(parameters or ()) if each.name != PAYLOAD]
        given = 0 if method.begins else 1
        if function is not None and len(needed) > given and (method.begins or not method.starts):
            what = "a start is given nothing" if method.begins else "a listener is given one result"
            names = " and ".join(f'"{name}"' for name in needed)
            why = f"{what}, and it takes {names}; the run fails"
            yield _refused(f'method "{method.name}"', function.location.span, why)


def refused_marks(cls: Class) -> Iterator[Fault]:
    """Decorators that are written without their brackets: what stands below them is no method of the flow."""
    for one in cls.lineage():
        for name, value in one.content.items():
            if isinstance(value, Object) and value.path in MARKS and value.location is not None:
                below = value.arguments.get("condition", 0)
                if isinstance(below, Function) and below.name == name:
                    mark = last_of(value.path)
                    why = f"write `@{mark}(...)`: as it is, it is never run"
                    yield _refused(f'`@{mark}` without brackets above "{name}"', below.location.span, why)


def refused_state(interp: Interpreter, cls: Class, type_: Value | None) -> Iterator[Fault]:
    """A class of the state that cannot be made of nothing, where no flow is given its state."""
    made = [each for each in interp.objects if each.cls is cls and not each.speculative]
    given = cls.find(INITIAL)
    named = schema_of(interp, given, cls.location) if isinstance(given, Class) else None
    if named is not None and named.closed and named.validates and "id" not in named.names:
        why = 'a class that is given so has a field "id"; write `Flow[...]`, or take `FlowState` as its base'
        yield from (_refused(f"`{INITIAL} = {named.name}`", flow.site.span, why) for flow in made[:1])
    own = any(INITIAL in each.content or "__init__" in each.content for each in cls.lineage())
    schema = schema_of(interp, type_, cls.location) if isinstance(type_, Class) else None
    told = own or any(each.arguments.open or each.arguments.get(INITIAL) is not None for each in made)
    if schema is None or not (schema.closed and schema.validates) or told:
        return
    for flow, lacking in product(made[:1], [entry for entry in schema.fields if not entry.preset][:1]):
        why = f'its state {schema.name} needs "{lacking.name}", and is made of nothing; give the field a default'
        yield _refused(f"{cls.name}()", flow.site.span, why, lacking.span)


def _refused(subject: str, span: Span, detail: str, other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, detail)
