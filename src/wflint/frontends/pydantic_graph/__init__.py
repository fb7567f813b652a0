"""pydantic-graph: graphs of node classes, and graphs of the builder; pydantic-ai agents as what their steps ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wflint.assembly.draft import Draft
from wflint.assembly.listing import entries, is_known
from wflint.assembly.taking import Callers
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import Table
from wflint.evaluate.types import bare
from wflint.evaluate.values import NONE, Function, Object, Place, Value
from wflint.frontends.pydantic_graph.agents import agent_steps
from wflint.frontends.pydantic_graph.builder import Building, fold
from wflint.frontends.pydantic_graph.classes import fold_nodes
from wflint.frontends.pydantic_graph.invocations import Runs
from wflint.frontends.pydantic_graph.nodes import id_of, is_node, state_schema, state_type
from wflint.frontends.pydantic_graph.table import BUILDER, BUILT, GRAPH, RUNNING, last_of, table
from wflint.model.contract import Schema
from wflint.model.workflow import Aspect, Exchange, Step, Workflow


class PydanticGraph:
    """The front end of pydantic-graph."""

    name = "pydantic-graph"
    modules = ("pydantic_graph", "pydantic_ai")
    asked_alone = ()
    brings_others = False

    @cached_property
    def table(self) -> Table:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """Every graph that was made of node classes, then every one that was built; each place once."""
        found: dict[Place, Workflow] = {}
        graphs = [made for made in interpreter.objects if made.path in (GRAPH, BUILT) and made.place is not None]
        for made in sorted(graphs, key=lambda made: made.synthetic):
            if made.place is None or made.place.module.stub or made.place in found:
                continue
            of = _of_classes if made.path == GRAPH else _of_builder
            workflow = of(interpreter, made, made.place, self.name)
            if workflow is not None:
                found[made.place] = workflow
        yield from found.values()

    def agents(self, interpreter: Interpreter, made: Object) -> tuple[Step, ...]:
        """An agent of pydantic-ai."""
        del interpreter
        return agent_steps(made)


def _of_classes(interp: Interpreter, made: Object, place: Place, framework: str) -> Workflow | None:
    draft = Draft(made.name or made.maker or "graph", framework, place.span)
    listed = made.arguments.get("nodes", 0)
    if not is_known(listed) or listed is None:
        draft.open("the nodes are only partly known", place.span, Aspect.STEPS)
    classes: list[Class] = []
    for entry in entries(listed):
        if isinstance(entry.value, Class) and is_node(entry.value):
            classes.append(entry.value)
        else:
            draft.open("a node is not known statically", place.span, Aspect.STEPS)
    fold_nodes(interp, draft, classes, place)
    if not draft.steps:
        return None
    type_ = _given_type(made) or _first_state(interp, classes)
    return _finished(interp, draft, made, _state(interp, type_, place), classes)


def _of_builder(interp: Interpreter, made: Object, place: Place, framework: str) -> Workflow | None:
    builder = made.receiver
    if not isinstance(builder, Object) or builder.path != BUILDER:
        return None
    draft = Draft(made.name or made.maker or builder.name or "graph", framework, place.span)
    schema = _state(interp, _given_type(builder), place)
    building = Building(interp, draft, stateful=schema is not None)
    fold(building, [event for event in interp.events if event.subject is builder])
    return _finished(interp, draft, made, schema, []) if draft.steps else None


def _given_type(made: Object) -> Value | None:
    type_ = bare(made.arguments.get("state_type"))
    return None if type_ == NONE else type_


def _first_state(interp: Interpreter, classes: list[Class]) -> Value | None:
    """The state that the nodes say they take."""
    for cls in classes:
        run = cls.find("run")
        type_ = state_type(interp, run) if isinstance(run, Function) else None
        if isinstance(type_, Class):
            return type_
    return None


def _state(interp: Interpreter, type_: Value | None, place: Place) -> Schema | None:
    return state_schema(interp, type_, place) if type_ is not None else None


def _finished(interp: Interpreter, draft: Draft, made: Object, state: Schema | None, classes: list[Class]) -> Workflow:
    runs = [event for event in interp.events if event.subject is made and last_of(event.path) in RUNNING]
    invocations = Runs(Callers(), state).invocations(runs)
    exchange = Exchange.STATE if state is not None else Exchange.MESSAGES
    workflow = draft.finish(state, None, None, invocations, exchange)
    begun = _begun(interp, runs, classes)
    return replace(workflow, exported=not invocations, entries=begun if made.path == GRAPH else ())


def _begun(interp: Interpreter, runs: list[Event], classes: list[Class]) -> tuple[str, ...]:
    """The nodes that runs begin with; any of them where not all runs show theirs."""
    starts = [event.arguments.get("start_node", 0) for event in runs]
    given = [start.cls for start in starts if isinstance(start, Object)]
    shown = [cls for cls in given if cls is not None and cls in classes]
    wanted = shown if runs and len(shown) == len(starts) else classes
    return tuple(dict.fromkeys(id_of(interp, cls) for cls in wanted))
