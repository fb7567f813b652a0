"""What Agent Framework 1.23 refuses while a workflow is built: too few ends, strange outputs, executors without use."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.assembly.sequences import elements, is_known, is_surely_set, is_unset
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.types import bare, show
from wflint.evaluate.values import Arguments, Function, Object, Unknown, Value, alternatives, last_of, text_of
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.executors import ANSWERING, code_of, marks_of, taken_by
from wflint.frontends.agent_framework.participants import identity
from wflint.frontends.agent_framework.table import MADE
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import FunctionDef, Return
from wflint.source.walking import nodes_in

OWN = frozenset({"Executor"})
"""The only class of a library that an executor without surprises has above it."""


class Ends(Struct, frozen=True):
    """How many ends a call of the builder needs: in which argument, and what they are."""

    name: str
    position: int
    what: str


OUTPUTS = {"output_from": ("all",), "intermediate_output_from": ("all", "all_other")}
"""Arguments that name the steps of outputs, and the words that stand for several of them."""
FEWEST = 2
ROWS = {
    "add_chain": Ends("executors", 0, "a chain"),
    "add_fan_out_edges": Ends("targets", 1, "a fan-out"),
    "add_multi_selection_edge_group": Ends("targets", 1, "a selection"),
    "add_fan_in_edges": Ends("sources", 0, "a join"),
}


def refused_calls(api_calls: list[ApiCall]) -> Iterator[Fault]:
    """Calls that name too few steps, and switches without exactly one default."""
    for api_call in api_calls:
        row = ROWS.get(api_call.method)
        if row is not None and (count := _count(api_call.get(row.name, row.position))) is not None and count < FEWEST:
            subject = f"{row.what} of {count or 'no'} step{'' if count == 1 else 's'}"
            yield _refused(subject, api_call.span, "it needs two")
        if api_call.method == "add_switch_case_edge_group":
            yield from _refused_switch(api_call)


def _count(value: Value | None) -> int | None:
    """How many entries a list has; None where that is not known."""
    if value is None or not is_known(value) or len(alternatives(value)) != 1:
        return None
    found = list(elements(value))
    return len(found) if all(entry.certain for entry in found) else None


def _refused_switch(api_call: ApiCall) -> Iterator[Fault]:
    given = api_call.get("cases", 1)
    count = _count(given)
    cases = [entry.value for entry in elements(given)] if count is not None else []
    if count is None or not all(isinstance(case, Object) for case in cases):
        return
    defaults = sum(isinstance(case, Object) and last_of(case.path) == "Default" for case in cases)
    if count < FEWEST:
        yield _refused("a switch of one case", api_call.span, "it needs two, one of them the default")
    elif defaults != 1:
        yield _refused(f"a switch with {defaults or 'no'} defaults", api_call.span, "it needs exactly one `Default`")


def refused_outputs(building: Building) -> Iterator[Fault]:
    """Outputs that are asked of steps which are not there, and of one step twice, as final or intermediate ones."""
    taken: set[str] = set()
    for argument, words in OUTPUTS.items():
        given = building.builder.arguments.get(argument)
        word = text_of(given) if given is not None else None
        if word is not None and word not in words:
            yield _refused(f'`{argument}="{word}"`', building.draft.span, "it takes a list of steps")
        if given is None or _count(given) is None or building.draft.unresolved:
            continue
        if not _count(given) and all(
            is_unset(building.builder.arguments.get(name)) for name in OUTPUTS if name != argument
        ):
            yield _refused(f"`{argument}` of no step", building.draft.span, "name one, or leave it out")
        for entry in elements(given):
            name = identity(entry.value)
            if name is None or text_of(entry.value) is not None:
                continue
            if name not in building.draft.steps:
                yield _refused(f'the output of "{name}"', building.draft.span, "it is no step of the workflow")
            if name in taken:
                yield _refused(
                    f'the output of "{name}"', building.draft.span, "name each step once, for one of the two"
                )
            taken.add(name)


def refused_handlers(building: Building) -> Iterator[Fault]:
    """Code that takes messages and does not say of which type, or has no parameter for its context."""
    for value in building.values.values():
        for function in code_of(value) if isinstance(value, Object) else ():
            if ANSWERING in marks_of(function):
                continue
            parameters = [each for each in function.node.parameters if each.name != "self"]
            typed = [mark for mark in function.unmodelled_decorators if isinstance(mark, Object)]
            said = isinstance(value, Object) and value.arguments.get("input") is not None
            said = said or any(mark.arguments.open or mark.arguments.get("input") is not None for mark in typed)
            what = f'the code "{function.name}" of an executor'
            if parameters and parameters[0].annotation is None and not said:
                yield _refused(what, function.location.span, "annotate its message, or say `input=` in the decorator")
            if function.owner is not None and len(parameters) == 1:
                yield _refused(what, function.location.span, "it takes a message and a context")
            if function.owner is not None and _gives_no_coroutine(function):
                yield _refused(what, function.location.span, "it is async")
            if function.binding == "static" and isinstance(value, Object) and value.path == MADE:
                yield _refused(what, function.location.span, "a static method is none: take a function of the module")
            if any(_names_output_only(mark.arguments) for mark in typed):
                yield _refused(what, function.location.span, "its decorator names what comes out, so `input=`, too")


def _gives_no_coroutine(function: Function) -> bool:
    """Whether a function is neither async nor returns what something else gives, which may be awaited."""
    node = function.node
    if not isinstance(node, FunctionDef) or node.is_async:
        return False
    return not any(isinstance(each, Return) and each.value is not None for each in nodes_in(node.body))


def _names_output_only(options: Arguments) -> bool:
    """Whether a decorator says what a handler gives and not what it takes; without either, the annotations do."""
    said = [options.get(name) for name in ("output", "workflow_output")]
    return not options.open and any(map(is_surely_set, said)) and is_unset(options.get("input"))


def refused_executors(building: Building) -> Iterator[Fault]:
    """Classes of executors that take nothing, or one type twice."""
    for name, value in building.values.items():
        if isinstance(value, Object) and isinstance(value.cls, Class) and is_plain(value.cls):
            span = building.draft.steps[name].span
            functions = code_of(value)
            if not functions and not value.arguments.open and value.arguments.get("defer_discovery") is None:
                yield _refused(f'executor "{name}" without handlers', span, "mark a method with `@handler`")
            taken: dict[object, Span] = {}
            pairs = list(taken_by(building.interp, functions))
            for function, type_ in pairs:
                if sum(other is function for other, _ in pairs) > 1:
                    continue  # several types together are one of their own
                key = bare(type_) if isinstance(bare(type_), Class) else show(type_)
                if key is None or isinstance(type_, Unknown):
                    continue
                first = taken.setdefault(key, function.location.span)
                if first != function.location.span:
                    subject = f'two handlers of executor "{name}" for {show(type_)}'
                    yield _refused(subject, function.location.span, "it has one for each type", first)


def lost_messages(building: Building) -> Iterator[Loss]:
    """Messages to one step that no edge leads to: nobody gets them, and nobody is told."""
    for name, read in building.read.items():
        for sent in read.sent if not building.draft.unresolved else ():
            known = sent.target is not None and sent.target in building.draft.steps
            if known and (name, sent.target) not in building.draft.edges:
                yield Loss(
                    LossKind.ROUTE,
                    f'the message of step "{name}" to "{sent.target}"',
                    sent.location.span,
                    "is dropped: no edge leads there",
                    f'add an edge from "{name}" to "{sent.target}"',
                    step=name,
                )


def hidden_handlers(building: Building) -> Iterator[Loss]:
    """Handlers of classes that one for a class above takes the messages of: methods are asked by their names."""
    for name, value in building.values.items():
        if not isinstance(value, Object) or not isinstance(value.cls, Class) or not is_plain(value.cls):
            continue
        taken = sorted(taken_by(building.interp, code_of(value)), key=lambda pair: pair[0].name)
        for number, (function, type_) in enumerate(taken):
            wider = next((other for other, above in taken[:number] if _is_above(above, type_)), None)
            if wider is not None:
                yield Loss(
                    LossKind.ROUTE,
                    f'handler "{function.name}" of executor "{name}"',
                    function.location.span,
                    f'never runs: "{wider.name}" takes a class above its own and comes first, as methods are asked in '
                    "the order of their names",
                    f'rename it to come before "{wider.name}", or tell the two apart in one handler',
                    wider.location.span,
                    name,
                )


def _is_above(wide: Value, narrow: Value) -> bool:
    first, second = bare(wide), bare(narrow)
    return isinstance(first, Class) and isinstance(second, Class) and first is not second and first in second.lineage()


def is_plain(cls: Class) -> bool:
    """Whether all that a class is made of is in the source, but for the framework's own base."""
    unknown = any(isinstance(base, Unknown) for ancestor in cls.lineage() for base in ancestor.bases)
    return not unknown and {last_of(path) for path in cls.libraries()} == OWN


def _refused(subject: str, span: Span, why: str, other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, why)
