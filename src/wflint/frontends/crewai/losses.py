"""What a flow of CrewAI 1.15 leaves out: chains behind all but the last of several routers, and races that are lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.evaluate.class_values import Class
from wflint.evaluate.values import Object, text_of
from wflint.frontends.crewai.methods import ReadMethod
from wflint.frontends.crewai.parts import given, place_of
from wflint.frontends.crewai.triggers import Condition, hidden_steps
from wflint.model.contract import Certainty, Schema
from wflint.model.loss import Loss, LossKind
from wflint.model.patterns import pattern
from wflint.model.workflow import Invocation
from wflint.source.code import FunctionDef, Return
from wflint.source.walking import body_of, nodes_in

ON_PURPOSE = pattern(r"race|racing|first|fastest|quickest|whichever|winner", re.IGNORECASE)
"""How people call a race that is meant."""


def losses_of(read: Mapping[str, ReadMethod], *, cancels: bool) -> Iterator[Loss]:
    """All of them; none where some trigger is not known. `cancels`: whether the release ends who loses a race."""
    if any(
        trigger.name is None for method in read.values() for c in method.method.conditions for trigger in c.triggers
    ):
        return
    yield from _hidden_routers(read)
    yield from _lost_races(read) if cancels else ()


def overridden(cls: Class) -> Iterator[Loss]:
    """Methods that take the place of a step, and are none."""
    for function, step in hidden_steps(cls):
        yield Loss(
            LossKind.ROUTE,
            f'method "{function.name}" of {cls.name}',
            function.location.span,
            "is no step any more: it overrides one and lacks the decorator, so nothing starts it",
            "decorate it like the one that it overrides",
            step.location.span,
        )


def dropped_inputs(state: Schema | None, runs: Iterable[Invocation]) -> Iterator[Loss]:
    """Inputs of runs that the class of the state does not declare: a flow takes the others, and says nothing."""
    for run in runs:
        for name in run.keys if state is not None and state.closed and run.closed else ():
            if state is not None and name not in state.names:
                yield Loss(
                    LossKind.OUTPUT,
                    f'the run is given "{name}", which',
                    run.span,
                    f"the state of the flow, {state.name}, does not declare: it is dropped",
                    "pass it under the name of a field, or declare it",
                    state.span,
                    in_some=True,
                )


def _alternatives(method: ReadMethod) -> frozenset[str]:
    """What sets a method off by itself."""
    alone = (c for c in method.method.conditions if not c.labels_only and (not c.together or len(c.triggers) == 1))
    return frozenset(trigger.name for condition in alone for trigger in condition.triggers if trigger.name is not None)


def _hidden_routers(read: Mapping[str, ReadMethod]) -> Iterator[Loss]:
    """Routers that wait for what an earlier one of several routers returns: only the last one's label leads to more."""
    routers = {name: each for name, each in read.items() if each.labels is not None and each.method.feedback is None}
    waiting = {name: _alternatives(each) for name, each in routers.items()}
    for trigger in dict.fromkeys(name for names in waiting.values() for name in sorted(names)):
        *earlier, last = [name for name in routers if trigger in waiting[name]]
        final = routers[last].labels
        if not earlier or final is None or not final.closed:
            continue
        for name in earlier:
            labels = routers[name].labels
            lost = [label for label in (labels.known if labels is not None else ()) if label not in final.known]
            for other, hidden in routers.items():
                for label in sorted(waiting[other] & set(lost)):
                    yield Loss(
                        LossKind.ROUTE,
                        f'router "{other}"',
                        hidden.step.span,
                        f'never runs after "{name}" returns "{label}": of several routers after "{trigger}", only '
                        f'the label of the last one, "{last}", leads to further routers',
                        "make it a listener, or chain the routers",
                        routers[last].step.span,
                        name,
                    )


def _lost_races(read: Mapping[str, ReadMethod]) -> Iterator[Loss]:
    """Methods that run side by side and lead to one that waits for any of them, and to nothing else.

    The first that is done, with all that follows it, cancels the others; plain functions run on in their threads.
    """
    listeners = {name: each for name, each in read.items() if not each.method.is_router}
    heard_by = [(name, trigger.name) for name, each in listeners.items() for c in each.method.conditions
                for trigger in c.triggers]  # fmt: skip
    for name, listener in listeners.items():
        for condition in listener.method.conditions:
            alone = [trigger.name for trigger in condition.triggers if _feeds_only(heard_by, trigger.name, name)]
            racing = [each for each in alone if each is not None and each in listeners]
            if not condition.together and len(racing) > 1 and not _is_meant(listener, condition):
                losers = list(_losers(listeners, name, racing))
                yield from losers or _cut_short(listeners, heard_by, name, racing)


def _feeds_only(heard_by: list[tuple[str, str | None]], event: str | None, listener: str) -> bool:
    return {name for name, heard in heard_by if heard == event} == {listener}


def _is_meant(listener: ReadMethod, condition: Condition) -> bool:
    doc = getattr(listener.method.code.node, "doc", None) or ""
    names = (listener.method.name, *(trigger.name or "" for trigger in condition.triggers), doc)
    return any(ON_PURPOSE.search(name) for name in names)


def _is_async(listener: ReadMethod) -> bool:
    node = listener.method.code.node
    return isinstance(node, FunctionDef) and node.is_async


def _cut_short(
    listeners: Mapping[str, ReadMethod], heard_by: list[tuple[str, str | None]], name: str, racing: list[str]
) -> Iterator[Loss]:
    """The one that waits for any of several: it is part of what the first one does, which the second one cancels."""
    pair = next(_side_by_side(listeners, racing), None)
    taker = listeners[name]
    followed = any(heard == name for _, heard in heard_by) if pair is not None else False
    if pair is not None and (followed or _is_async(taker) or any(_given(taker))):
        lost = "nothing behind it is run" if not _is_async(taker) else "it is cancelled, and nothing behind it is run"
        yield Loss(
            LossKind.BRANCH,
            f'step "{name}"',
            taker.step.span,
            f'is begun by the first of "{pair[0]}" and "{pair[1]}", and when the second one is done meanwhile, {lost}: '
            "the run has no result of it",
            "wait for both with `and_`",
            listeners[pair[1]].step.span,
            name,
        )


def _side_by_side(listeners: Mapping[str, ReadMethod], racing: list[str]) -> Iterator[tuple[str, str]]:
    """Methods that one event sets off, each with the first of those."""
    firsts: dict[str, str] = {}
    for each in racing:
        for event in sorted(_alternatives(listeners[each])):
            if firsts.setdefault(event, each) != each:
                yield firsts[event], each


def _given(listener: ReadMethod) -> Iterator[Return]:
    """Where a method returns something."""
    for node in nodes_in(body_of(listener.method.code.node)):
        if isinstance(node, Return) and node.value is not None:
            yield node


def _losers(listeners: Mapping[str, ReadMethod], name: str, racing: list[str]) -> Iterator[Loss]:
    for each in racing:
        beside = [
            other
            for other in racing
            if other != each and _alternatives(listeners[other]) & _alternatives(listeners[each])
        ]
        if beside and getattr(listeners[each].method.code.node, "is_async", False) and listeners[each].step.offers:
            yield Loss(
                LossKind.BRANCH,
                f'step "{each}"',
                listeners[each].step.span,
                f'is cancelled when "{beside[0]}" is done first, and what it writes never comes: "{name}" waits for '
                "any of them",
                "wait for all of them with `and_`, or move the work before the race",
                listeners[name].step.span,
                each,
            )


def overwritten_files(source: ArgumentLocator, tasks: Mapping[str, Object]) -> Iterator[Loss]:
    """Files that one task after the other writes: what is left is the last one's result."""
    written: dict[str, str] = {}
    for name, task in tasks.items():
        path = text_of(given(task, "output_file"))
        if path is None:
            continue
        first = written.setdefault(path, name)
        if first != name:
            yield Loss(
                LossKind.UPDATE,
                f'the file "{path}" of task "{first}"',
                place_of(source, task, "output_file"),
                f'is overwritten: task "{name}" writes its own result there',
                "give each task a file of its own",
                place_of(source, tasks[first], "output_file"),
                certainty=Certainty.POSSIBLE,
            )
